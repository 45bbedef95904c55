/** A run that succeeds: every step succeeds and every gate opens, unless the test says otherwise. */
import { decide, type Command } from '../../domain/run/decide.ts'
import type { NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { Step } from '../../domain/graph/step.ts'
import { failureOf, TestLog } from './events.ts'

export interface Play {
  /** Steps that fail; a person then lets them pass, takes the host out, or says nothing, and the run stands there. */
  readonly fails?: (step: Step) => 'skip' | 'exclude' | 'stays' | null
  /** Steps that find everything as it should be. */
  readonly unchanged?: (step: Step) => boolean
  /** Before this gate the run is left as it stands. */
  readonly stopAt?: string
}

/** Plays a run of that graph, a millisecond a round. */
export function playedRun(graph: Graph, { fails = () => null, unchanged = () => false, stopAt }: Play = {}): TestLog {
  const log = new TestLog(graph).add(1, { type: 'run.started', by: 'ada' })
  for (let now = 2; log.state.status !== 'finished'; now++) {
    const commands = decide(log.state, now)
    const events = commands.flatMap((command) => eventsOf(command))
    if (events.length === 0) break
    log.add(now, ...events)
  }
  return log

  function eventsOf(command: Command): readonly NewEvent[] {
    switch (command.kind) {
      case 'attempt':
        return attempted(command.step, command.attempt)
      case 'skip':
        return [{ type: 'step.skipped', step: command.step.id, reason: command.reason, by: null }]
      case 'open-wave':
        return [{ type: 'wave.opened', stage: command.stage, wave: command.wave }]
      case 'raise-gate':
        return [
          { type: 'gate.raised', gate: command.gate },
          ...(command.gate === stopAt
            ? []
            : [{ type: 'gate.opened', gate: command.gate, by: 'ada', why: '' } as const]),
        ]
      case 'finish':
        return [{ type: 'run.finished', outcome: command.outcome }]
      case 'wait':
        return []
    }
  }

  function attempted(step: Step, attempt: number): readonly NewEvent[] {
    const begun = { type: 'step.attempted', step: step.id, attempt, mode: 'normal' } as const
    const answer = fails(step)
    if (answer === null)
      return [
        begun,
        {
          type: 'step.succeeded',
          step: step.id,
          attempt,
          changed: !unchanged(step),
          rebootWanted: false,
          learned: null,
        },
      ]
    const failed = { type: 'step.failed', step: step.id, attempt, failure: failureOf('never') } as const
    return answer === 'stays'
      ? [begun, failed]
      : [
          begun,
          failed,
          { type: 'decision.made', step: step.id, choice: answer, by: 'grace', why: 'The media is wrong.' },
        ]
  }
}
