/** One attempt: observe, apply, observe. Logs each part as it goes and ends with exactly one outcome. */
import { reachDelay } from '../../domain/base/backoff.ts'
import type { NewEvent } from '../../domain/run/event.ts'
import { type FailureError, failed, toFailure, type Failure } from '../../domain/base/failure.ts'
import { reachInWords, type Host } from '../../domain/plan/host.ts'
import type { Lane } from '../../domain/run/lane.ts'
import { convergentKinds, type Step, type StepKind } from '../../domain/graph/step.ts'
import type { Session } from './ports.ts'
import type { Sessions } from './sessions.ts'
import { InstallerFailed, type Observation, type StepContext, type StepHandler } from './steps/handler.ts'
import { stepHandlers } from './steps/index.ts'
import { attemptText } from './text.ts'

/** What an attempt needs beside its session; the engine supplies it. */
export type AttemptOptions = Omit<
  StepContext<StepKind>,
  | 'work'
  | 'session'
  | 'reopen'
  | 'host'
  | 'signal'
  | 'ticket'
  | 'earlierTickets'
  | 'failures'
  | 'bootId'
  | 'facts'
  | 'output'
  | 'recordFacts'
  | 'recordFindings'
>

export interface Attempt {
  readonly runId: string
  readonly step: Step
  readonly number: number
  readonly mode: 'normal' | 'prove'
  readonly lane: Lane
  /** Place of the step in its lane. */
  readonly stepIndex: number
  readonly host: Host
  readonly signal: AbortSignal
  readonly options: AttemptOptions
  readonly sessions: Sessions
  /** Commits events; returns when they are on disk. */
  readonly record: (events: readonly NewEvent[]) => void
  readonly output: StepContext<StepKind>['output']
}

/** Makes the attempt. Never throws: whatever happens becomes the outcome in the log, recorded last. */
export async function makeAttempt(attempt: Attempt): Promise<void> {
  const { step, number, record } = attempt
  const at = { step: step.id, attempt: number }
  try {
    const { seen, changed, rebootWanted, learned, facts } = await observeApplyObserve(attempt)
    // The last observation and the outcome go to disk together: one commit instead of two.
    record([seen, { type: 'step.succeeded', ...at, changed, rebootWanted, learned: learned ?? null, ...facts }])
  } catch (error) {
    if (attempt.signal.aborted) {
      record([{ type: 'step.interrupted', ...at, reason: attemptText.stoppedWatching }])
      return
    }
    const failure = toFailure(error)
    // Drop the session: after a credential or host-key failure it must be opened again.
    if (failure.kind === 'credential' || failure.kind === 'trust') await attempt.sessions.drop(attempt.host.name)
    if (failure.kind === 'link') await recordUnreachable(attempt, failure)
    else
      record([
        {
          type: 'step.failed',
          ...at,
          failure,
          ...(error instanceof InstallerFailed && { exitCode: error.exitCode }),
        },
      ])
  }
}

interface Achieved {
  /** The observation that made it so. */
  readonly seen: NewEvent
  readonly changed: boolean
  readonly rebootWanted: boolean
  readonly learned: Observation['learned'] | undefined
  readonly facts: Pick<Observation, 'exitCode' | 'sha256'>
}

async function observeApplyObserve(begun: Attempt): Promise<Achieved> {
  const { step, number, record, sessions, signal, lane } = begun
  const at = { step: step.id, attempt: number }
  const handler = stepHandlers[step.work.kind] as StepHandler<StepKind>
  const planned = reachedAs(begun)
  let session = await sessions.get(planned, signal)
  const { chosen } = session
  const news: NewEvent[] = [
    ...(lane.unreachable ? [{ type: 'host.reached' as const, host: planned.name }] : []),
    // In the log before the first observation: a run continued later reaches the host the same way.
    ...(lane.reach === null && chosen ? [{ type: 'reach.chosen' as const, host: planned.name, ...chosen }] : []),
  ]
  if (news.length > 0) record(news)
  const host = chosen ? { ...planned, reach: chosen.reach } : planned
  const attempt = { ...begun, host }
  const context = contextOf(
    attempt,
    () => session,
    async () => {
      await sessions.drop(host.name)
      session = await sessions.get(host, signal)
      return session
    },
  )
  const observed = (phase: 'before' | 'after', { state, evidence }: Observation): NewEvent => ({
    type: 'step.observed',
    ...at,
    phase,
    observation: state,
    evidence: [...evidence],
  })
  const before = await handler.observe(context)
  if (before.state === 'satisfied')
    return {
      seen: observed('before', before),
      changed: false,
      rebootWanted: before.rebootWanted ?? false,
      learned: before.learned,
      facts: factsOf(before),
    }
  if (attempt.mode === 'prove' || !mayApply(step, before)) {
    record([observed('before', before)])
    throw attempt.mode === 'prove' ? notProved(step, before) : uncertain(step, before)
  }
  record([
    observed('before', before),
    { type: 'step.applying', ...at, ticket: step.work.kind === 'run-installer' ? context.ticket : null },
  ])
  await handler.apply(context)
  const after = await handler.observe(context)
  if (after.state !== 'satisfied') {
    record([observed('after', after)])
    throw undone(step, after)
  }
  return {
    seen: observed('after', after),
    changed: true,
    rebootWanted: after.rebootWanted ?? false,
    learned: after.learned,
    facts: factsOf(after),
  }
}

/** The parts of an observation that the summary needs, as fields of the event. */
function factsOf({ exitCode, sha256 }: Observation): Pick<Observation, 'exitCode' | 'sha256'> {
  return { ...(exitCode !== undefined && { exitCode }), ...(sha256 !== undefined && { sha256 }) }
}

/** The host as this run reaches it: the way chosen once for `auto` stays. */
function reachedAs({ host, lane }: Attempt): Host {
  return lane.reach ? { ...host, reach: lane.reach } : host
}

function mayApply(step: Step, before: Observation): boolean {
  switch (before.state) {
    case 'satisfied':
    case 'absent':
      return true
    case 'partial':
      return before.resumable === true || convergentKinds.has(step.work.kind)
    case 'unknown':
      return false
  }
}

function contextOf(attempt: Attempt, session: () => Session, reopen: () => Promise<Session>): StepContext<StepKind> {
  const { step, lane, host, signal, options, record } = attempt
  const failures = lane.steps[attempt.stepIndex]?.failures ?? 0
  return {
    ...options,
    work: step.work,
    host,
    signal,
    // The session may be replaced while the step runs (after a restart): always the present one.
    get session() {
      return session()
    },
    reopen,
    failures,
    ticket: ticketOf(attempt.runId, step, failures),
    earlierTickets: Array.from({ length: failures }, (_, i) => ticketOf(attempt.runId, step, failures - 1 - i)),
    bootId: lane.bootId,
    facts: lane.facts && lane.factsAt !== null ? { facts: lane.facts, at: lane.factsAt } : null,
    output: attempt.output,
    recordFacts: (facts) => {
      record([{ type: 'facts.collected', host: host.name, facts }])
    },
    recordFindings: (findings) => {
      record([{ type: 'findings.recorded', host: host.name, findings }])
    },
  }
}

/**
 * The same for every attempt until one ended in failure: an interrupted install finds its job again, a retried one gets
 * a new job.
 */
function ticketOf(runId: string, step: Step, failures: number): string {
  const safe = `${step.stage}-${step.work.kind === 'run-installer' ? step.work.component : step.work.kind}`
  return `${runId}-${safe}-${failures + 1}`
}

async function recordUnreachable(attempt: Attempt, failure: Failure): Promise<void> {
  const { step, number, record, host, lane, sessions, options } = attempt
  await sessions.drop(host.name)
  const tries = (lane.unreachable?.tries ?? 0) + 1
  record([
    { type: 'step.interrupted', step: step.id, attempt: number, reason: failure.message },
    {
      type: 'host.unreachable',
      host: host.name,
      failure: keptWay(attempt, failure),
      nextTryAt: options.clock.now() + reachDelay(tries),
    },
  ])
}

// The evidence explains why the other ports are not tried.
function keptWay({ lane }: Attempt, failure: Failure): Failure {
  if (!lane.reach) return failure
  return {
    ...failure,
    evidence: [...failure.evidence, attemptText.keptWay(reachInWords(lane.reach))],
  }
}

function notProved(step: Step, seen: Observation): FailureError {
  // Work by hand stays work by hand until it is detected, with its instructions.
  const instructions = step.work.kind === 'by-hand' ? step.work.installer.instructions : []
  return failed(
    step.work.kind === 'by-hand' ? 'by-hand' : 'finding',
    'not-proved',
    attemptText.notProved(step.title, seen.state),
    attemptText.notProvedHint,
    'never',
    [...seen.evidence, ...instructions],
  )
}

function uncertain(step: Step, seen: Observation): FailureError {
  return failed(
    'uncertain',
    `found-${seen.state}`,
    attemptText.uncertain(step.title, seen.state),
    attemptText.uncertainHint,
    'never',
    [...seen.evidence],
  )
}

function undone(step: Step, seen: Observation): FailureError {
  return failed('host', 'did-not-hold', attemptText.undone(step.title, seen.state), attemptText.undoneHint, 'never', [
    ...seen.evidence,
  ])
}
