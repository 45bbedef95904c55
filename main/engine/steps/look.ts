/** Steps that change nothing: reach-host, collect-facts, check-host, probe-flow. */
import { checkHost as judgeHost } from '../../../domain/checks/check.ts'
import type { Facts } from '../../../domain/remote/facts.ts'
import { failed } from '../../../domain/base/failure.ts'
import { worst } from '../../../domain/base/finding.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { observeProduct } from './product.ts'
import { checkText, probeText } from './text.ts'
import { nothingToApply, seen, type Observation, type StepContext, type StepHandler } from './handler.ts'

export const reachHost: StepHandler<'reach-host'> = {
  async observe({ session, signal }) {
    const { bootId, bootTime } = await session.run('Get-BootId', {}, { signal })
    return { ...seen('satisfied', checkText.answers(bootTime)), learned: { bootId } }
  },
  apply: nothingToApply,
}

export const collectFacts: StepHandler<'collect-facts'> = {
  async observe({ session, signal, recordFacts }) {
    const facts = await session.run('Get-HostFacts', {}, { signal, timeoutMs: 120_000 })
    recordFacts(facts)
    return {
      ...seen('satisfied', `${facts.os.caption}, ${facts.os.version}`, `PowerShell ${facts.powershell.version}`),
      learned: { bootId: facts.bootId },
    }
  },
  apply: nothingToApply,
}

export const checkHost: StepHandler<'check-host'> = {
  observe(context) {
    return context.work.purpose === 'before' ? checkBefore(context) : checkAsBuilt(context)
  },
  apply: nothingToApply,
}

async function checkBefore(context: StepContext<'check-host'>): Promise<Observation> {
  const { plan, catalogue, host, recordFindings } = context
  const { facts, at } = await factsOf(context)
  const findings = judgeHost({ plan, catalogue, now: at }, host.name, facts)
  recordFindings(findings)
  const blocks = findings.filter((finding) => finding.severity === 'block')
  if (worst(findings) === 'block') {
    throw failed(
      'finding',
      blocks[0]?.check ?? 'finding',
      blocks.map((finding) => finding.message).join(' '),
      blocks.map((finding) => finding.remedy).join(' '),
      'never',
      blocks.map((finding) => `${finding.check}: ${finding.message} (${finding.source})`),
    )
  }
  return seen(
    'satisfied',
    ...findings.filter((f) => f.severity === 'warn').map((f) => checkText.warning(f.message)),
    checkText.noneBlocks(findings.length),
  )
}

/** The facts of the step before; fresh ones after a failure, because somebody may have corrected the host. */
async function factsOf({
  facts,
  failures,
  session,
  signal,
  clock,
  recordFacts,
}: StepContext<'check-host'>): Promise<{ facts: Facts; at: number }> {
  if (facts && failures === 0) return facts
  const fresh = await session.run('Get-HostFacts', {}, { signal, timeoutMs: 120_000 })
  recordFacts(fresh)
  return { facts: fresh, at: clock.now() }
}

async function checkAsBuilt(context: StepContext<'check-host'>): Promise<Observation> {
  const { plan, catalogue, host, recordFindings } = context
  const { facts, at } = await factsOf(context)
  // For the record only: the loop below compares the host with the plan.
  recordFindings(judgeHost({ plan, catalogue, now: at, built: true }, host.name, facts))
  const evidence: string[] = []
  for (const { component, provision } of plan.placements.filter((placement) => placement.host === host.name)) {
    const installer = plan.installers[component]
    if (provision !== 'install' || !installer) continue
    const { state, evidence: lines } = await observeProduct(context, installer.detect)
    if (state !== 'satisfied')
      throw failed(
        'finding',
        'not-as-planned',
        checkText.notAsPlanned(componentTitles[component], host.name, state),
        checkText.notAsPlannedHint(componentTitles[component], host.name),
        'never',
        [...lines],
      )
    evidence.push(...lines)
  }
  return seen('satisfied', ...evidence)
}

export const probeFlow: StepHandler<'probe-flow'> = {
  async observe({ session, signal, work, host }) {
    const { flow } = work
    const { outcome, addresses, elapsedMs, detail } = await session.run(
      'Test-NetworkPath',
      { Address: flow.toAddress, Port: flow.port, TimeoutMs: 10_000 },
      { signal, timeoutMs: 40_000 },
    )
    const path = probeText.path(host.name, flow.toAddress, flow.port)
    const evidence = [
      probeText.tested(host.name, outcome, Math.round(elapsedMs)),
      ...(addresses.length > 0 ? [probeText.resolved(flow.toAddress, addresses)] : []),
      ...(detail === null ? [] : [detail]),
    ]
    switch (outcome) {
      case 'open':
        return seen('satisfied', ...evidence)
      case 'refused':
        // A refusal proves that the path is open; only the listener is missing.
        if (!flow.listening) return seen('satisfied', ...evidence)
        throw failed(
          'host',
          'flow-refused',
          probeText.refused(path),
          probeText.refusedHint(flow.why),
          'backoff',
          evidence,
        )
      case 'filtered':
      case 'unreachable':
        throw failed(
          'finding',
          `flow-${outcome}`,
          probeText.blocked(path),
          probeText.blockedHint(flow.port, host.name, flow.toAddress, flow.why),
          'never',
          evidence,
        )
      case 'unresolved':
        throw failed(
          'finding',
          'flow-unresolved',
          probeText.unresolved(host.name, flow.toAddress),
          probeText.unresolvedHint,
          'never',
          evidence,
        )
    }
  },
  apply: nothingToApply,
}
