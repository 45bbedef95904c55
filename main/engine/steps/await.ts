/** Steps that wait: await-service, await-endpoint, reboot-host. */
import { FailureError, failed } from '../../../domain/base/failure.ts'
import type { CertificateExpectation } from '../../../domain/graph/step.ts'
import { pause, seen, type Observation, type StepContext, type StepHandler } from './handler.ts'
import { awaitText } from './text.ts'

const pollMs = 3_000

export const awaitService: StepHandler<'await-service'> = {
  async observe({ session, signal, work }) {
    const { services } = await session.run('Get-ServiceState', { Name: [work.service] }, { signal })
    const service = services[0]
    if (!service?.exists) return seen('absent', awaitText.noService(work.service))
    return seen(
      service.status === 'running' ? 'satisfied' : 'partial',
      awaitText.service(work.service, service.status, service.startType),
    )
  },
  async apply(context) {
    const { work, host, session, signal, clock } = context
    const deadline = clock.now() + work.timeoutSeconds * 1000
    let last: Observation = await awaitService.observe(context)
    while (last.state !== 'satisfied' && clock.now() < deadline) {
      if (last.state === 'partial')
        await session.run('Start-HostService', { Name: work.service, TimeoutMs: 30_000 }, { signal, timeoutMs: 60_000 })
      last = await awaitService.observe(context)
      if (last.state !== 'satisfied') await pause(context, pollMs)
    }
    if (last.state !== 'satisfied')
      throw failed(
        'host',
        'service-not-running',
        awaitText.notRunning(work.service, host.name, work.timeoutSeconds),
        awaitText.notRunningHint,
        'never',
        [...last.evidence],
      )
  },
}

export const awaitEndpoint: StepHandler<'await-endpoint'> = {
  async observe(context) {
    const { session, signal, work, host } = context
    const answer = await session.run(
      'Test-Endpoint',
      { Address: work.address, Port: work.port, TimeoutMs: 10_000 },
      { signal, timeoutMs: 40_000 },
    )
    const url = `https://${work.address}:${work.port}`
    const { certificate } = answer
    if (!answer.connected || certificate === null)
      return seen('absent', awaitText.silent(url, host.name, answer.detail))
    const evidence = [
      awaitText.answers(url, host.name, answer.httpStatus),
      awaitText.certificate(certificate.subject, certificate.sha256, certificate.notAfter),
    ]
    const wanted = expectedHash(work.expect, context)
    if (wanted !== undefined && wanted !== certificate.sha256) {
      throw failed(
        'trust',
        'wrong-certificate',
        awaitText.otherCertificate(url, host.name),
        awaitText.otherCertificateHint,
        'never',
        [`expected ${wanted}`, ...evidence],
      )
    }
    return {
      ...seen('satisfied', ...evidence),
      learned: { hubCertificate: { sha256: certificate.sha256, der: certificate.der } },
    }
  },
  async apply(context) {
    const { work, host, clock } = context
    const deadline = clock.now() + work.timeoutSeconds * 1000
    let last: Observation = await awaitEndpoint.observe(context)
    while (last.state !== 'satisfied' && clock.now() < deadline) {
      await pause(context, pollMs)
      last = await awaitEndpoint.observe(context)
    }
    if (last.state !== 'satisfied')
      throw failed(
        'host',
        'endpoint-silent',
        awaitText.noAnswer(`https://${work.address}:${work.port}`, host.name, work.timeoutSeconds),
        awaitText.noAnswerHint,
        'never',
        [...last.evidence],
      )
  },
}

function expectedHash(expect: CertificateExpectation, context: StepContext<'await-endpoint'>): string | undefined {
  switch (expect.from) {
    case 'plan':
      return expect.sha256
    case 'learned':
      return context.hubCertificate?.sha256
    case 'first-sight':
      return undefined
  }
}

export const rebootHost: StepHandler<'reboot-host'> = {
  async observe({ session, signal, bootId, host }) {
    const now = await session.run('Get-BootId', {}, { signal })
    if (bootId !== null && now.bootId !== bootId)
      return {
        ...seen('satisfied', awaitText.restarted(host.name, now.bootTime)),
        learned: { bootId: now.bootId },
      }
    return { ...seen('absent', awaitText.notRestarted(host.name, now.bootTime)), learned: { bootId: now.bootId } }
  },
  async apply(context) {
    const { session, signal, work, host, clock } = context
    const before = context.bootId ?? (await session.run('Get-BootId', {}, { signal })).bootId
    const deadline = clock.now() + work.timeoutSeconds * 1000
    await tolerateLink(() =>
      session.run('Restart-Host', { BootId: before, Reason: awaitText.restartReason }, { signal }),
    )
    while (clock.now() < deadline) {
      await pause(context, pollMs)
      const now = await tolerateLink(async () => (await context.reopen()).run('Get-BootId', {}, { signal }))
      if (now && now.bootId !== before) return
    }
    throw failed(
      'host',
      'restart-not-seen',
      awaitText.noRestart(host.name, Math.round(work.timeoutSeconds / 60)),
      awaitText.noRestartHint,
    )
  },
}

/** Runs work; a failed connection gives undefined, as is expected while a host restarts. Throws other failures. */
async function tolerateLink<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'link') return undefined
    throw error
  }
}
