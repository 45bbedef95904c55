/** The processor time of a step, in decide and applyEvent alone: ten times the hosts must not cost more a step. */
import { expect, test } from 'vitest'
import { decide } from '../../../domain/run/decide.ts'
import type { Event, NewEvent } from '../../../domain/run/event.ts'
import { applyEvent, startState } from '../../../domain/run/run.ts'
import { wideGraph } from '../../builders/graph.ts'

/** Runs everything to its end, first in first out; returns milliseconds of processor time a step. */
function wholeRun(hosts: number, stepsEach: number): number {
  const graph = wideGraph({ hosts, stepsEach, batch: Math.ceil(hosts / 4) })
  const started = process.cpuUsage()
  let state = startState(graph)
  let seq = 0
  const record = (event: NewEvent) => {
    state = applyEvent(state, { ...event, seq: ++seq, at: 1_000 } satisfies Event)
  }
  record({ type: 'run.started', by: 'ada' })
  const inFlight: { step: string; attempt: number }[] = []
  while (state.status !== 'finished') {
    const commands = decide(state, 1_000)
    for (const command of commands) {
      if (command.kind === 'open-wave') record({ type: 'wave.opened', stage: command.stage, wave: command.wave })
      if (command.kind === 'skip')
        record({ type: 'step.skipped', step: command.step.id, reason: command.reason, by: null })
      if (command.kind === 'finish') record({ type: 'run.finished', outcome: command.outcome })
      if (command.kind === 'attempt') {
        inFlight.push({ step: command.step.id, attempt: command.attempt })
        record({ type: 'step.attempted', step: command.step.id, attempt: command.attempt, mode: command.mode })
      }
    }
    if (commands.length > 0) continue
    const at = inFlight.shift()
    if (!at) throw new Error('the run stands still')
    record({ type: 'step.observed', ...at, phase: 'before', observation: 'absent', evidence: [] })
    record({ type: 'step.applying', ...at, ticket: null })
    record({ type: 'step.observed', ...at, phase: 'after', observation: 'satisfied', evidence: [] })
    record({ type: 'step.succeeded', ...at, changed: true, rebootWanted: false, learned: null })
  }
  expect(state.outcome).toBe('accepted')
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1_000 / (hosts * stepsEach)
}

test('report: a step of 5,000 hosts costs what one of 500 costs, 30 steps a host', { timeout: 120_000 }, () => {
  wholeRun(100, 30)
  const small = wholeRun(500, 30)
  const large = wholeRun(5_000, 30)
  process.stdout.write(
    `decide and applyEvent: ${small.toFixed(4)} ms of processor time a step with 500 hosts, ${large.toFixed(4)} ms with 5,000 (${(large / small).toFixed(2)} times)\n`,
  )
  // About 0.9. Looking at every lane once an event, and nothing else, makes it 2.6.
  expect(large / small).toBeLessThan(2)
})
