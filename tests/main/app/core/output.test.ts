/** The output of attempts on its way to the database: redacted across chunks, and whole once an attempt has ended. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../../../main/app/core/app.ts'
import { keepOutput } from '../../../../main/app/core/output.ts'
import { virtualClock } from '../../../../main/app/workstation/clock.ts'
import { documentVault } from '../../../../main/vault/env-vault.ts'
import type { Event, NewEvent } from '../../../../domain/run/event.ts'
import { failureOf, TestLog } from '../../../builders/events.ts'
import { wideGraph } from '../../../builders/graph.ts'
import { pilotPlan } from '../../../builders/plan.ts'
import { scratch } from '../../shells/cli/rollout.ts'

const step = 'runner/RUN0001/run-installer:runner'
const other = 'runner/RUN0002/run-installer:runner'

/** The output of a run whose redactor knows `canary-password`. */
function output() {
  const dir = scratch()
  const app = createApp({ dbFile: join(dir, 'run.db'), by: 'ann@test', vault: documentVault('{}') })
  onTestFinished(() => {
    app.close()
  })
  app.redactor.learn('canary-password')
  const { runId } = app.createRun(app.lockPlan(pilotPlan()), dir)
  const kept = keepOutput(app, runId, virtualClock(1_000))
  const { state } = new TestLog(wideGraph({ hosts: 1, stepsEach: 1 }))
  return {
    write: (
      text: string,
      {
        of = step,
        attempt = 1,
        stream = 'output',
      }: { of?: string; attempt?: number; stream?: 'output' | 'error' } = {},
    ) => {
      kept.write(of, attempt, { stream, text })
    },
    hear: (event: NewEvent) => {
      kept.hear(runId, { ...event, seq: 1, at: 1 } satisfies Event, state)
    },
    close: () => {
      kept.close()
    },
    /** What can be read of an attempt, by stream. */
    read: (of = step, attempt = 1, stream = 'output') => {
      app.store.output.flush()
      return app.store.output
        .read(runId, of, attempt)
        .chunks.filter((chunk) => chunk.stream === stream)
        .map(({ text }) => text)
        .join('')
    },
  }
}

test('a secret that comes in two pieces is redacted, and nothing around it is lost', () => {
  const { write, read, close } = output()
  for (const piece of ['Password: canary-', 'pass', 'word accepted.', ' Go on']) write(piece)
  close()
  expect(read()).toBe('Password: (secret) accepted. Go on')
})

test('what only begins like a secret is held back, and shown once more has come', () => {
  const { write, read } = output()
  write('Bird: canary')
  expect(read()).toBe('Bird: ')
  write(' yellow')
  expect(read()).toBe('Bird: canary yellow')
})

test.each<NewEvent>([
  { type: 'step.succeeded', step, attempt: 1, changed: true, rebootWanted: false, learned: null },
  { type: 'step.failed', step, attempt: 1, failure: failureOf('never') },
  { type: 'step.interrupted', step, attempt: 1, reason: 'stopped' },
])('$type shows what was held back for that attempt, and for no other', (event) => {
  const { write, hear, read } = output()
  write('Bird: canary')
  write('Fish: canary', { of: other })
  write('Cat: canary', { attempt: 2 })
  hear(event)
  expect([read(), read(other), read(step, 2)]).toEqual(['Bird: canary', 'Fish: ', 'Cat: '])
})

test('errors and output of an attempt are told apart: one does not go on where the other stopped', () => {
  const { write, read, close } = output()
  write('canary-')
  write('password', { stream: 'error' })
  close()
  expect([read(), read(step, 1, 'error')]).toEqual(['canary-', 'password'])
})

test('at the end of the run everything that was held back is shown', () => {
  const { write, read, close } = output()
  write('Bird: canary')
  write('Fish: canary', { of: other, attempt: 12 })
  close()
  expect([read(), read(other, 12)]).toEqual(['Bird: canary', 'Fish: canary'])
})
