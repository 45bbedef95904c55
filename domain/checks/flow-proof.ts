/** What a survey has proven of each path of the firewall matrix: how and when it was tested, or why it was not. */
import type { Cause } from '../doctor/cause.ts'
import type { Severity } from '../base/finding.ts'
import { doorsOf, type Host, isManaged } from '../plan/host.ts'
import { proofText } from './text/paths.ts'
import type { Plan } from '../plan/plan.ts'
import { probeJudge, type Probe, type SurveyAnswer } from './survey.ts'
import { anywhere, type Flow, workstation } from '../network/topology.ts'

/** What is known of a path, the worst first. */
export const proofStates = [
  'no-way',
  'no-answer',
  'name-unknown',
  'not-yet',
  'not-tested',
  'not-from-here',
  'planned',
  'refused',
  'open',
] as const
export type ProofState = (typeof proofStates)[number]

export const proofTitles: Readonly<Record<ProofState, string>> = proofText.states

export interface FlowProof {
  readonly state: ProofState
  /** How the path is judged; null where nothing was tried. */
  readonly severity: Severity | null
  /** When it was tried, milliseconds since 1970; null where it was not. */
  readonly at: number | null
  /** How it was tried, or why it was not, in sentences. */
  readonly how: string
}

export interface ProvenFlow {
  readonly flow: Flow
  readonly proof: FlowProof
}

/** An answer with when it was given, milliseconds since 1970. */
export type DatedAnswer = SurveyAnswer & { readonly seenAt: number }

/**
 * Every flow with its proof, in the order of `flows`. `answers` are those of the newest survey, by name of the host.
 */
export function proveFlows(
  plan: Plan,
  flows: readonly Flow[],
  answers: ReadonlyMap<string, DatedAnswer>,
): ProvenFlow[] {
  const hosts = new Map(plan.hosts.map((host) => [host.name, host]))
  const judge = probeJudge(plan)
  return flows.map((flow) => {
    if (answers.size === 0) return { flow, proof: notTried('planned', proofText.noSurvey) }
    if (flow.kind === 'management')
      return { flow, proof: proveManagement(flow, hosts.get(flow.to), answers.get(flow.to)) }
    return { flow, proof: proveProduct(flow, hosts.get(flow.from), answers.get(flow.from), judge) }
  })
}

function proveProduct(
  flow: Flow,
  source: Host | undefined,
  answer: DatedAnswer | undefined,
  judge: ReturnType<typeof probeJudge>,
): FlowProof {
  const { from, toAddress } = flow
  if (from === anywhere) return notTried('not-from-here', proofText.fromAnywhere)
  if (!source || !isManaged(source)) return notTried('not-from-here', proofText.unmanaged(flow))
  if (!answer) return notTried('not-tested', proofText.notVisited(from))
  const probe = answer.probes.find((candidate) => candidate.flow.id === flow.id)
  if (!probe) return notTried('not-tested', answer.unreached ? proofText.noAnswer(from) : proofText.newPath)
  if (probe.flow.toAddress !== toAddress) return notTried('not-tested', proofText.otherAddress(probe.flow.toAddress))
  const { severity } = judge(from, probe)
  return { state: stateOf(probe.outcome, severity), severity, at: answer.seenAt, how: howOf(probe, severity) }
}

// The survey's own conversation with a host is the proof of the way there.
function proveManagement(
  { from, to, toAddress, port }: Flow,
  host: Host | undefined,
  answer: DatedAnswer | undefined,
): FlowProof {
  if (from !== workstation) return notTried('not-tested', proofText.fetching)
  if (!answer) return notTried('not-tested', proofText.notVisited(to))
  const { door, seenAt: at, unreached, diagnosis } = answer
  if (door) {
    if (door.address === toAddress && door.port === port)
      return { state: 'open', severity: 'pass', at, how: proofText.signedIn(to, toAddress, port) }
    return notTried('not-tested', proofText.otherDoor(to, door.address, door.port))
  }
  const doors = host ? doorsOf(host.reach) : []
  const met = diagnosis && metBy(diagnosis.cause)
  // Of several doors the cause does not say which it is about.
  if (!met || doors.length !== 1 || doors[0]?.port !== port)
    return notTried('not-tested', unreached ? proofText.unreached(to, unreached.message) : proofText.unused(to, port))
  const severity = met === 'open' || met === 'refused' ? 'pass' : 'block'
  return {
    state: stateOf(met, severity),
    severity,
    at,
    how: proofText.fromHere(diagnosis.sentence),
  }
}

function stateOf(outcome: Probe['outcome'], severity: Severity): ProofState {
  switch (outcome) {
    case 'open':
    case 'refused':
      return outcome
    case 'filtered':
      // No fault of the plan: the rollout opens this port itself.
      return severity === 'warn' ? 'not-yet' : 'no-answer'
    case 'unreachable':
      return 'no-way'
    case 'unresolved':
      return 'name-unknown'
  }
}

function howOf({ flow, outcome, detail }: Probe, severity: Severity): string {
  switch (outcome) {
    case 'open':
      return proofText.connected(flow)
    case 'refused':
      return proofText.refused(flow)
    case 'filtered':
      return proofText.silent(flow, severity === 'warn' ? proofText.openedLater(flow) : detail)
    case 'unreachable':
      return proofText.noWay(flow, detail)
    case 'unresolved':
      return proofText.unresolved(flow, detail)
  }
}

/** What the cause of a failed sign-in says about the path alone; undefined where it says nothing. */
function metBy(cause: Cause): Probe['outcome'] | undefined {
  switch (cause) {
    case 'name-unresolved':
      return 'unresolved'
    case 'no-route':
      return 'unreachable'
    case 'port-filtered':
      return 'filtered'
    case 'port-closed':
      return 'refused'
    // A proxy answers in the place of the host, and these two fail before anything is sent.
    case 'proxy':
    case 'credential-unusable':
    case 'other':
      return undefined
    default:
      return 'open'
  }
}

function notTried(state: ProofState, how: string): FlowProof {
  return { state, severity: null, at: null, how }
}
