/** Owns what a survey has proven of each path of the firewall matrix: what was tried, from where, when and how; and why where nothing was. */
import type { Cause } from '../doctor/cause.ts'
import type { Severity } from '../base/finding.ts'
import { doorsOf, type Host, isManaged } from '../plan/host.ts'
import type { Plan } from '../plan/plan.ts'
import { probeJudge, type Probe, type SurveyAnswer } from './survey.ts'
import { anywhere, type Flow, workstation } from '../network/topology.ts'

/** What is known of a path, the loudest first. */
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

export const proofTitles: Readonly<Record<ProofState, string>> = {
  'no-way': 'No way there',
  'no-answer': 'No answer',
  'name-unknown': 'Name not known',
  'not-yet': 'No answer yet',
  'not-tested': 'Not tested',
  'not-from-here': 'Not testable from here',
  planned: 'Planned',
  refused: 'Gets through',
  open: 'Open',
}

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

/** Every flow with its proof, in the order of `flows`. `answers` are those of the newest survey, by name of the host. */
export function proveFlows(
  plan: Plan,
  flows: readonly Flow[],
  answers: ReadonlyMap<string, DatedAnswer>,
): ProvenFlow[] {
  const hosts = new Map(plan.hosts.map((host) => [host.name, host]))
  const judge = probeJudge(plan)
  return flows.map((flow) => {
    if (answers.size === 0)
      return { flow, proof: notTried('planned', 'No survey of this revision has said anything yet.') }
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
  const { from, toAddress, port } = flow
  if (from === anywhere)
    return notTried(
      'not-from-here',
      'That a port is closed to everybody cannot be shown from single hosts. Ask whoever keeps the firewall.',
    )
  if (!source || !isManaged(source))
    return notTried(
      'not-from-here',
      `Rollout does not visit ${from}, so nothing can be tried from there. On it: Test-NetConnection ${toAddress} -Port ${port}`,
    )
  if (!answer) return notTried('not-tested', `The survey has not visited ${from}.`)
  const probe = answer.probes.find((one) => one.flow.id === flow.id)
  if (!probe)
    return notTried(
      'not-tested',
      answer.unreached
        ? `${from} gave no answer to the survey, so nothing could be tried from there.`
        : 'The plan had no such path when the survey was made.',
    )
  if (probe.flow.toAddress !== toAddress)
    return notTried('not-tested', `The survey tried ${probe.flow.toAddress}; the plan has another address since.`)
  const { severity } = judge(from, probe)
  return { state: stateOf(probe.outcome, severity), severity, at: answer.seenAt, how: howOf(probe, severity) }
}

// The survey's own conversation with a host is the proof of the way there.
function proveManagement(
  { from, to, toAddress, port }: Flow,
  host: Host | undefined,
  answer: DatedAnswer | undefined,
): FlowProof {
  if (from !== workstation)
    return notTried('not-tested', 'The port listens only while a host fetches a large file: it is tried then.')
  if (!answer) return notTried('not-tested', `The survey has not visited ${to}.`)
  const { door, seenAt: at, unreached, diagnosis } = answer
  if (door) {
    if (door.address === toAddress && door.port === port)
      return { state: 'open', severity: 'pass', at, how: `The survey signed in to ${to} at ${toAddress}, TCP ${port}.` }
    return notTried(
      'not-tested',
      `The survey reached ${to} at ${door.address}, TCP ${door.port}, and tried no other way.`,
    )
  }
  const doors = host ? doorsOf(host.reach) : []
  const met = diagnosis && metBy(diagnosis.cause)
  // Of several doors the cause does not say which it is about.
  if (!met || doors.length !== 1 || doors[0]?.port !== port)
    return notTried(
      'not-tested',
      unreached
        ? `${to} was not reached by the survey: ${unreached.message}`
        : `The survey had no use for TCP ${port} on ${to}.`,
    )
  const severity = met === 'open' || met === 'refused' ? 'pass' : 'block'
  return {
    state: stateOf(met, severity),
    severity,
    at,
    how: `The survey knocked from this computer. ${diagnosis.sentence}`,
  }
}

function stateOf(outcome: Probe['outcome'], severity: Severity): ProofState {
  switch (outcome) {
    case 'open':
    case 'refused':
      return outcome
    case 'filtered':
      // Not held against the plan: the port is one that the rollout opens itself.
      return severity === 'warn' ? 'not-yet' : 'no-answer'
    case 'unreachable':
      return 'no-way'
    case 'unresolved':
      return 'name-unknown'
  }
}

function howOf({ flow: { from, to, toAddress, port }, outcome, detail }: Probe, severity: Severity): string {
  const target = `${toAddress}, TCP ${port}`
  switch (outcome) {
    case 'open':
      return `${from} connected to ${target}.`
    case 'refused':
      return `${from} was refused by ${target}: the way there is open and nothing listens yet. A firewall that answers with refusals of its own would look the same.`
    case 'filtered':
      return `${from} got no answer from ${target}. ${severity === 'warn' ? `The host's own firewall is closed until the rollout opens that port on ${to}; whether another firewall stands between is seen then.` : detail}`.trim()
    case 'unreachable':
      return `${from} found no way to ${target}. ${detail}`.trim()
    case 'unresolved':
      return `${from} does not know the name ${toAddress}. ${detail}`.trim()
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
