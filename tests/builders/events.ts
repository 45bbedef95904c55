/** Events for tests: a log that numbers them, failures of every kind, and sequences that make no sense. */
import fc from 'fast-check'
import { choices, observations, type Event, type NewEvent } from '../../domain/run/event.ts'
import type { Failure } from '../../domain/base/failure.ts'
import type { Finding } from '../../domain/base/finding.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { autoReaches } from '../../domain/plan/host.ts'
import { stageNames } from '../../domain/base/ids.ts'
import { applyEvent, startState, type RunState } from '../../domain/run/run.ts'
import { factsFor, pilotPlan } from './plan.ts'

/** A failure with that verdict; `changes` replaces whole keys. */
export function failureOf(retry: Failure['retry'], changes: Partial<Failure> = {}): Failure {
  return {
    kind: 'host',
    code: `test-${retry}`,
    message: 'It did not work.',
    hint: 'Look at the host.',
    retry,
    evidence: [],
    ...changes,
  }
}

/** Gives events their seq, and `at` milliseconds (the same for all). */
export function numbered(events: readonly NewEvent[], at = 1_000, after = 0): Event[] {
  return events.map((event, i) => ({ ...event, seq: after + i + 1, at }))
}

/** A run that has begun, to which events are added one by one at a moment of the caller's choosing (milliseconds). */
export class TestLog {
  readonly events: Event[] = []
  state: RunState
  constructor(graph: Graph) {
    this.state = startState(graph)
  }

  /** Folds the events at that moment. */
  add(at: number, ...events: readonly NewEvent[]): this {
    for (const event of numbered(events, at, this.events.length)) {
      this.events.push(event)
      this.state = applyEvent(this.state, event)
    }
    return this
  }
}

const failure = fc
  .record({
    retry: fc.constantFrom('never', 'backoff', 'after-reboot'),
    kind: fc.constantFrom('host', 'by-hand', 'uncertain'),
  })
  .map(({ retry, kind }) => failureOf(retry, { kind }))
const learned = fc.option(
  fc
    .record({ bootId: fc.constantFrom('boot-1', 'boot-2') })
    .map((l) => ({ ...l, hubCertificate: { sha256: 'a'.repeat(64), der: 'AA==' } })),
)
const who = { by: fc.constantFrom('ada', 'grace'), why: fc.constant('because') }

/** Any events of any kind in any order: about steps, hosts and gates of the graph, and about some that are not in it. */
export function nonsense(graph: Graph, maxLength = 120): fc.Arbitrary<Event[]> {
  const step = fc.constantFrom(...graph.steps.map((s) => s.id), 'runner/NOBODY/reach-host', '__proto__')
  const host = fc.constantFrom(...new Set(graph.steps.map((s) => s.host)), 'NOBODY', 'constructor')
  const gate = fc.constantFrom(...graph.stages.flatMap((s) => (s.gate ? [s.gate.id] : [])), 'gate:nowhere', '__proto__')
  const attempt = { step, attempt: fc.integer({ min: 1, max: 3 }) }
  const facts = pilotPlan()
    .hosts.slice(0, 1)
    .map((h) => factsFor(h))
  const event: fc.Arbitrary<NewEvent> = fc.oneof(
    fc.constantFrom<NewEvent>(
      { type: 'run.created', planId: 'p', revision: 1, planHash: 'h', graphHash: 'g', by: 'ada' },
      { type: 'run.started', by: 'ada' },
      { type: 'run.paused', by: 'ada', why: 'lunch' },
      { type: 'run.resumed', by: 'ada', why: 'back' },
      { type: 'run.cancel-requested', by: 'ada', why: 'enough' },
      { type: 'run.window-set', closesAt: 5_000, by: 'ada' },
      { type: 'run.finished', outcome: 'accepted' },
    ),
    fc.record({
      type: fc.constant('wave.opened' as const),
      stage: fc.constantFrom(...stageNames),
      wave: fc.integer({ min: -1, max: 5 }),
    }),
    fc.record({ type: fc.constant('gate.raised' as const), gate }),
    fc.record({ type: fc.constant('gate.opened' as const), gate, ...who }),
    fc.record({ type: fc.constant('step.attempted' as const), ...attempt, mode: fc.constantFrom('normal', 'prove') }),
    fc.record({
      type: fc.constant('step.observed' as const),
      ...attempt,
      phase: fc.constantFrom('before', 'after'),
      observation: fc.constantFrom(...observations),
      evidence: fc.constant<string[]>([]),
    }),
    fc.record({ type: fc.constant('step.applying' as const), ...attempt, ticket: fc.constantFrom(null, 'ticket-1') }),
    fc.record({
      type: fc.constant('step.succeeded' as const),
      ...attempt,
      changed: fc.boolean(),
      rebootWanted: fc.boolean(),
      learned,
    }),
    fc.record({ type: fc.constant('step.failed' as const), ...attempt, failure }),
    fc.record({ type: fc.constant('step.interrupted' as const), ...attempt, reason: fc.constant('gone') }),
    fc.record({
      type: fc.constant('step.skipped' as const),
      step,
      reason: fc.constant('no need'),
      by: fc.constantFrom(null, 'ada'),
    }),
    fc.record({ type: fc.constant('host.unreachable' as const), host, failure, nextTryAt: fc.nat(100_000) }),
    fc.record({ type: fc.constant('host.reached' as const), host }),
    fc.record({
      type: fc.constant('reach.chosen' as const),
      host,
      reach: fc.constantFrom(...autoReaches),
      why: fc.constant('it answers'),
    }),
    fc.record({ type: fc.constant('facts.collected' as const), host, facts: fc.constantFrom(...facts) }),
    fc.record({ type: fc.constant('findings.recorded' as const), host, findings: fc.constant<Finding[]>([]) }),
    fc.record({ type: fc.constant('decision.made' as const), step, choice: fc.constantFrom(...choices), ...who }),
  )
  return fc
    .array(fc.tuple(event, fc.integer({ min: 1, max: 200 }), fc.nat(100_000)), { maxLength })
    .map((list) => list.map(([e, seq, at]) => ({ ...e, seq, at })))
}
