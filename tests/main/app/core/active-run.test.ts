/** A run in this process beside others: whose requests it takes, and how long it keeps the lease. */
import { expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import type { RunRequest } from '../../../../domain/run/request.ts'
import { systemClock } from '../../../../main/app/workstation/clock.ts'
import { practiceRun } from '../../engine/practice-run.ts'

const cancel: RunRequest = { kind: 'cancel', by: 'ben@elsewhere', why: 'wrong weekend' }

/** Puts a request about that run before the process that works on the database; its answer. */
async function asked(run: Awaited<ReturnType<typeof practiceRun>>, about: string) {
  const { inbox } = run.app.store
  const id = inbox.put({ ...cancel, run: about }, Date.now())
  await run.run()
  return inbox.awaitReply(id, systemClock(), { timeoutMs: 5_000 })
}

test('a request about another run is refused, and this run goes on', async () => {
  const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
  expect(await asked(run, 'another-run')).toMatchObject({ ok: false })
  expect(run.active.state()).toMatchObject({ status: 'running', cancel: null })
})

test('a request about this run is carried out, and answered with its place in the log', async () => {
  const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
  const reply = await asked(run, run.runId)
  const event = run.events().find(({ type }) => type === 'run.cancel-requested')
  expect(reply).toEqual({ ok: true, seq: event?.seq })
  expect(run.active.state().outcome).toBe('cancelled')
})

test('a request that this process carries out itself does not cost its run the lease', async () => {
  const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
  await run.run()
  await run.app.request(run.runId, { kind: 'window', closesAt: Date.now() + 60_000, by: 'ann@test', why: '' })
  expect(() => {
    run.app.store.lease.assertHeld()
  }).not.toThrow()
  await run.active.close()
  expect(run.app.engineAtWork()).toBe(false)
})

test('a plan gets no second run while its first is not over, wherever that stands', async () => {
  const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
  const { planId, revision } = run.app.readRun(run.runId).summary
  const another = () => run.app.createRun(run.app.store.plans.plan(planId, revision).revision, run.dir)
  const refused = () => {
    try {
      another()
    } catch (error) {
      return error instanceof FailureError ? error.failure.code : error
    }
    return 'a second run'
  }
  expect(refused()).toBe('run-unfinished')
  await run.run()
  expect(refused()).toBe('run-unfinished')
  run.ask({ kind: 'pause', by: 'ann@test', why: 'lunch' })
  expect(refused()).toBe('run-unfinished')
  run.ask(cancel)
  expect(refused()).toBe('run-unfinished')
  await run.run()
  expect(another().runId).not.toBe(run.runId)
})
