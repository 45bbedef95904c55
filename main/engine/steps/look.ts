/** Owns the steps that only look: reach-host, collect-facts, check-host, probe-flow. */
import { checkHost as judgeHost } from '../../../domain/checks/check.ts'
import type { Facts } from '../../../domain/remote/facts.ts'
import { failed } from '../../../domain/base/failure.ts'
import { worst } from '../../../domain/base/finding.ts'
import { observeProduct } from './product.ts'
import { nothingToApply, seen, type Observation, type StepContext, type StepHandler } from './handler.ts'

export const reachHost: StepHandler<'reach-host'> = {
  async observe({ session, signal }) {
    const { bootId, bootTime } = await session.run('Get-BootId', {}, { signal })
    return { ...seen('satisfied', `The host answers; it was started at ${bootTime}.`), learned: { bootId } }
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
    ...findings.filter((f) => f.severity === 'warn').map((f) => `Warning: ${f.message}`),
    `${findings.length} checks, none blocks.`,
  )
}

/** The facts of the step before; fresh ones when this is a second look, because somebody may have put the host right meanwhile. */
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
  // For the record: what is there now is judged by what the plan wanted, in the loop below.
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
        `${host.name} is not as planned: ${component} is ${state}.`,
        `Look at ${component} on ${host.name}; put it right and retry, or skip with a reason.`,
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
    const path = `${host.name} to ${flow.toAddress}:${flow.port}`
    const evidence = [
      `Tested from ${host.name}: ${outcome} after ${Math.round(elapsedMs)} ms`,
      ...(addresses.length > 0 ? [`${flow.toAddress} is ${addresses.join(', ')}`] : []),
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
          `${path} is open, but nothing answers on the port.`,
          `Start what should answer there. The path is needed because: ${flow.why}.`,
          'backoff',
          evidence,
        )
      case 'filtered':
      case 'unreachable':
        throw failed(
          'finding',
          `flow-${outcome}`,
          `${path} does not get through.`,
          `Ask for the firewall to let TCP ${flow.port} pass from ${host.name} to ${flow.toAddress}, then retry. The path is needed because: ${flow.why}.`,
          'never',
          evidence,
        )
      case 'unresolved':
        throw failed(
          'finding',
          'flow-unresolved',
          `${host.name} cannot resolve ${flow.toAddress}.`,
          'Add the name to DNS, or plan with an address that the host can resolve, then retry.',
          'never',
          evidence,
        )
    }
  },
  apply: nothingToApply,
}
