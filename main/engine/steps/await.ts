/** Owns the steps that wait for something to become true: await-service, await-endpoint, reboot-host. */
import { FailureError, failed } from '../../../domain/base/failure.ts'
import type { CertificateExpectation } from '../../../domain/graph/step.ts'
import { pause, seen, type Observation, type StepContext, type StepHandler } from './handler.ts'

const pollMs = 3_000

export const awaitService: StepHandler<'await-service'> = {
  async observe({ session, signal, work }) {
    const { services } = await session.run('Get-ServiceState', { Name: [work.service] }, { signal })
    const service = services[0]
    if (!service?.exists) return seen('absent', `There is no service ${work.service}`)
    return seen(
      service.status === 'running' ? 'satisfied' : 'partial',
      `Service ${work.service} is ${service.status ?? 'in an unknown state'}, start type ${service.startType ?? 'unknown'}`,
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
        `Service ${work.service} did not come to run on ${host.name} within ${work.timeoutSeconds} s.`,
        "Look at the service's own log and the event log of the host, then retry.",
        'never',
        [...last.evidence],
      )
    return undefined
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
    const place = `https://${work.address}:${work.port}`
    const { certificate } = answer
    if (!answer.connected || certificate === null)
      return seen('absent', `${place} does not answer from ${host.name}: ${answer.detail ?? 'no reason given'}`)
    const evidence = [
      `${place} answers from ${host.name}${answer.httpStatus === null ? '' : ` with HTTP ${answer.httpStatus}`}`,
      `Certificate ${certificate.subject}, SHA-256 ${certificate.sha256}, until ${certificate.notAfter}`,
    ]
    const wanted = expectedHash(work.expect, context)
    if (wanted !== undefined && wanted !== certificate.sha256) {
      throw failed(
        'trust',
        'wrong-certificate',
        `${place} shows another certificate than expected, seen from ${host.name}.`,
        'Find out what answers there: a proxy that opens TLS, another server, or a certificate that was changed. Then retry.',
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
        `https://${work.address}:${work.port} did not answer from ${host.name} within ${work.timeoutSeconds} s.`,
        "Look at the Hub's logs and at the firewall between the two, then retry.",
        'never',
        [...last.evidence],
      )
    return undefined
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
        ...seen('satisfied', `${host.name} was started anew at ${now.bootTime}`),
        learned: { bootId: now.bootId },
      }
    return { ...seen('absent', `${host.name} still runs since ${now.bootTime}`), learned: { bootId: now.bootId } }
  },
  async apply(context) {
    const { session, signal, work, host, clock } = context
    const before = context.bootId ?? (await session.run('Get-BootId', {}, { signal })).bootId
    const deadline = clock.now() + work.timeoutSeconds * 1000
    await tolerateLink(() =>
      session.run(
        'Restart-Host',
        { BootId: before, Reason: 'Exekra Rollout: the installer asked for a restart' },
        { signal },
      ),
    )
    while (clock.now() < deadline) {
      await pause(context, pollMs)
      const now = await tolerateLink(async () => (await context.reopen()).run('Get-BootId', {}, { signal }))
      if (now && now.bootId !== before) return { learned: { bootId: now.bootId } }
    }
    throw failed(
      'host',
      'restart-not-seen',
      `${host.name} was not seen to restart within ${Math.round(work.timeoutSeconds / 60)} min.`,
      "Look at the host's console: it may wait for a person or for updates. Retry when it runs.",
    )
  },
}

/** While a host restarts, a broken or refused conversation is what is expected. */
async function tolerateLink<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'link') return undefined
    throw error
  }
}
