/** The journey over real HTTP: a practice site is made, locked and rolled out to acceptance; secrets only go in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pendingDecisions, pendingGate } from '../../../../domain/run/pending.ts'
import type { Call } from '../../../../domain/contract/api.ts'
import type { Frame } from '../../../../domain/contract/wire.ts'
import { FailureError } from '../../../../domain/base/failure.ts'
import { applyEvent, startState } from '../../../../domain/run/run.ts'
import { createApp } from '../../../../main/app/core/app.ts'
import { openVault } from '../../../../main/app/secrets/open-vault.ts'
import { openShell, removeShell, type Shell } from './shell.ts'

let shell: Shell
beforeEach(async () => {
  shell = await openShell()
})
afterEach(async () => {
  await shell.close()
  removeShell(shell)
})

/** A practice site of that many Runners, locked. */
async function lockedSite(call: Call, runners: number, faults: string[] = []) {
  const { planId, revision, folder } = await call('practice.make', { runners, faults, virtual: true })
  const { locked } = await call('plan.lock', { planId, revision: revision.revision, hash: revision.hash })
  if (!locked) throw new Error('the practice plan is blocked')
  return { planId, revision: locked.revision, folder }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (thrown: unknown) => {
      if (thrown instanceof FailureError) return thrown.failure.code
      throw thrown
    },
  )
}

/** Follows a run as a window does, answering gates and failures, and gives back what the window knows at the end. */
async function attend(call: Call, cookie: string, runId: string, answerDecisions = true) {
  const { graph } = await call('run.read', { runId })
  let state = startState(graph)
  const asked = new Set<string>()
  const answers: Promise<unknown>[] = []
  const frames = await shell.watch(cookie, runId, 0, (frame: Frame) => {
    if (frame.kind !== 'events') return false
    for (const event of frame.events) {
      expect(event.seq).toBe(state.seq + 1)
      state = applyEvent(state, event)
    }
    const gate = pendingGate(state)
    if (gate && !asked.has(gate.id)) {
      asked.add(gate.id)
      answers.push(call('run.openGate', { runId, gate: gate.id, why: 'looked at it' }))
    }
    const failed = pendingDecisions(state).map(({ step }) => `${step.id} ${state.seq}`)
    if (answerDecisions && failed.length > 0 && failed.some((one) => !asked.has(one))) {
      for (const one of failed) asked.add(one)
      answers.push(
        call('run.decide', { runId, steps: pendingDecisions(state).map(({ step }) => step.id), choice: 'retry' }),
      )
    }
    return state.status === 'finished'
  })
  await Promise.all(answers)
  return { state, frames }
}

describe('rung 1: over real HTTP', () => {
  test('a rollout goes from nothing to acceptance; what the window folded is what the log says', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    expect((await call('home', {})).plans).toEqual([])
    const { planId, revision } = await lockedSite(call, 4, ['exit-1603@RUN002', 'exit-3010@RUN001'])
    const { runId, seq } = await call('run.start', { planId, revision })
    expect(seq).toBe(1)
    const { state, frames } = await attend(call, cookie, runId)
    expect(state.outcome).toBe('accepted')
    expect(frames[0]).toMatchObject({ kind: 'hello', run: runId })
    // Events came while it ran, not as one lump at the end.
    expect(frames.filter((frame) => frame.kind === 'events').length).toBeGreaterThan(10)
    const { events, lastSeq } = await call('run.events', { runId, limit: 5000 })
    expect(lastSeq).toBe(state.seq)
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: lastSeq }, (_, i) => i + 1))
    expect(await call('engine.state', {})).toMatchObject({ failure: null })
    const home = await call('home', {})
    expect(home.runs[0]).toMatchObject({
      runId,
      status: 'finished',
      outcome: 'accepted',
      practice: true,
      progress: null,
    })
    expect(home.attention).toEqual([])
    const installer = state.index.lanes.flatMap((lane) => lane.steps).find((step) => step.work.kind === 'run-installer')
    const output = await call('output.read', { runId, step: installer?.id ?? '', attempt: 1 })
    expect(output.chunks.map((chunk) => chunk.text).join('').length).toBeGreaterThan(0)
  })

  test('two windows see the same; a window that comes later sees all of it; one that comes back goes on where it was', async () => {
    const first = await shell.enter()
    const second = await shell.enter()
    const call = shell.callWith(first)
    const { runId } = await call(
      'run.start',
      await lockedSite(call, 3).then(({ planId, revision }) => ({ planId, revision })),
    )
    const untilEnd = (frame: Frame) =>
      frame.kind === 'events' && frame.events.some((event) => event.type === 'run.finished')
    const watched = shell.watch(second, runId, 0, untilEnd)
    const { state, frames } = await attend(call, first, runId)
    const seqs = (of: readonly Frame[]) =>
      of.flatMap((frame) => (frame.kind === 'events' ? frame.events.map((event) => event.seq) : []))
    const all = Array.from({ length: state.seq }, (_, i) => i + 1)
    expect(seqs(frames)).toEqual(all)
    expect(seqs(await watched)).toEqual(all)
    expect(seqs(await shell.watch(second, runId, 0, untilEnd))).toEqual(all)
    expect(seqs(await shell.watch(second, runId, 40, untilEnd))).toEqual(all.slice(40))
  })

  test('the application ends in the middle of a run; the next start finds it, says that no process executes it, and goes on to acceptance', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    const { planId, revision } = await lockedSite(call, 3)
    const { runId } = await call('run.start', { planId, revision })
    await shell.watch(
      cookie,
      runId,
      0,
      (frame) => frame.kind === 'events' && frame.events.some((event) => event.type === 'gate.raised'),
    )
    await shell.close()
    const again = await openShell(shell.dir)
    shell = again
    const back = await again.enter()
    const callAgain = again.callWith(back)
    // The cookie of the earlier start is of no use.
    expect((await again.ask({ method: 'POST', path: '/api/home', headers: { cookie }, body: '{}' })).status).toBe(401)
    expect((await callAgain('home', {})).attention.map(({ kind }) => kind).toSorted()).toEqual(['gate', 'not-driven'])
    await callAgain('run.resume', { runId })
    expect((await attend(callAgain, back, runId)).state.outcome).toBe('accepted')
  })

  test('a second process attaches as a reader: it sees who executes the run and what happens, and what it asks is done by the engine at work', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    const { planId, revision } = await lockedSite(call, 2)
    const { runId } = await call('run.start', { planId, revision })
    await shell.watch(
      cookie,
      runId,
      0,
      (frame) => frame.kind === 'events' && frame.events.some((event) => event.type === 'gate.raised'),
    )
    expect(await call('engine.state', {})).toMatchObject({ role: 'executor', run: runId, holder: { by: 'anna@ws' } })
    // Another connection to the same database stands for another process: the lease knows it by its token.
    const other = createApp({
      dbFile: (await call('whoami', {})).database,
      by: 'ben@ws',
      vault: openVault({ file: `${shell.dir}/none.json`, document: undefined }).vault,
    })
    const { gate } = other.readRun(runId).state.index.graph.stages.find((stage) => stage.gate !== null) ?? {}
    const done = await other.request(runId, {
      kind: 'decide',
      target: gate?.id ?? '',
      choice: 'open',
      by: 'ben@ws',
      why: 'looked at it',
    })
    expect(done.handedOver).toBe(true)
    other.close()
    const { state } = await attend(call, cookie, runId)
    expect(state.outcome).toBe('accepted')
    expect(Object.values(state.gates).map((one) => one.opened?.by)).toContain('ben@ws')
  })

  test('pause lets go of the database; resume takes it up again; what cannot be is refused with why', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    const one = await lockedSite(call, 2)
    const two = await lockedSite(call, 2)
    const { runId } = await call('run.start', { planId: one.planId, revision: one.revision })
    expect(await codeOf(call('run.start', { planId: two.planId, revision: two.revision }))).toBe('engine-busy')
    await shell.watch(
      cookie,
      runId,
      0,
      (frame) => frame.kind === 'events' && frame.events.some((event) => event.type === 'gate.raised'),
    )
    await call('run.pause', { runId, why: 'night' })
    await shell.watch(
      cookie,
      runId,
      0,
      (frame) => (frame.kind === 'engine' || frame.kind === 'hello') && frame.engine.role === 'free',
    )
    expect((await call('home', {})).attention.map(({ kind }) => kind)).toContain('paused')
    expect(await codeOf(call('run.start', { planId: one.planId, revision: one.revision }))).toBe('run-unfinished')
    const other = await call('run.start', { planId: two.planId, revision: two.revision })
    expect(await codeOf(call('run.resume', { runId }))).toBe('engine-busy')
    await call('run.cancel', { runId: other.runId, why: 'wrong site' })
    expect((await attend(call, cookie, other.runId, false)).state.outcome).toBe('cancelled')
    await call('run.resume', { runId })
    expect((await attend(call, cookie, runId)).state.outcome).toBe('accepted')
    expect(await codeOf(call('run.resume', { runId }))).toBe('refused')
    expect(await codeOf(call('run.read', { runId: 'run-none' }))).toBe('unknown-run')
  })

  test('decisions: one for many, each judged by itself, refused where it is not offered', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    const { planId, revision } = await lockedSite(call, 3, ['exit-1603@RUN001', 'exit-1603@RUN002', 'exit-1603@RUN003'])
    const { runId } = await call('run.start', { planId, revision })
    let state = startState((await call('run.read', { runId })).graph)
    const watching = shell.watch(cookie, runId, 0, (frame) => {
      if (frame.kind !== 'events') return false
      for (const event of frame.events) {
        state = applyEvent(state, event)
        if (event.type === 'gate.raised') void call('run.openGate', { runId, gate: event.gate, why: 'looked at it' })
      }
      return pendingDecisions(state).length > 0
    })
    await watching
    const [failed] = pendingDecisions(state)
    const step = failed?.step.id ?? ''
    const done = state.index.lanes.find((lane) => lane.host === 'HUB01')?.steps[0]?.id ?? ''
    expect(await codeOf(call('run.decide', { runId, steps: [step], choice: 'skip' }))).toBe('refused')
    const reply = await call('run.decide', { runId, steps: [done, step], choice: 'retry' })
    expect(reply.decided).toEqual([step])
    expect(reply.refused).toMatchObject([{ step: done, failure: { code: 'refused' } }])
    expect((await attend(call, cookie, runId)).state.outcome).toBe('accepted')
  })

  test('a survey goes on by itself and is looked at while it does', async () => {
    const call = shell.callWith(await shell.enter())
    const { planId, revision } = await lockedSite(call, 2, ['unreachable@RUN002'])
    expect(await call('survey.result', { planId, revision })).toBeNull()
    const { surveyId } = await call('survey.start', { planId, revision })
    let result = await call('survey.result', { planId, revision })
    for (let i = 0; i < 500 && result?.status === 'running'; i++)
      result = await call('survey.result', { planId, revision })
    expect(result).toMatchObject({ surveyId, status: 'done', failure: null })
    expect(result?.hosts).toHaveLength(result?.total ?? -1)
    expect(result?.hosts.find((host) => host.host === 'RUN002')?.unreached).toMatchObject({ kind: 'link' })
    expect((await call('survey.result', { planId, revision, after: result?.total ?? 0 }))?.hosts).toEqual([])
  })

  test('a secret goes into the vault and never comes out: by no method, no failure, no event, nowhere in the answers', async () => {
    const cookie = await shell.enter()
    const call = shell.callWith(cookie)
    const secrets = ['Correct-Horse-7', 'vault-passphrase-1', 'key-passphrase-2']
    expect(await call('vault.state', {})).toMatchObject({ state: 'none' })
    expect(
      await codeOf(
        call('vault.set', { name: 'admin', entry: { kind: 'password', user: 'anna', password: 'Correct-Horse-7' } }),
      ),
    ).toBe('vault-locked')
    await call('vault.unlock', { passphrase: 'vault-passphrase-1' })
    await call('vault.set', { name: 'admin', entry: { kind: 'password', user: 'anna', password: 'Correct-Horse-7' } })
    await call('vault.set', {
      name: 'key',
      entry: { kind: 'key', user: 'anna', privateKey: 'PRIVATE-KEY-OF-ANNA', passphrase: 'key-passphrase-2' },
    })
    expect(await call('vault.list', {})).toMatchObject({
      state: 'unlocked',
      entries: [
        { name: 'admin', kind: 'password' },
        { name: 'key', kind: 'key' },
      ],
    })

    const { planId, revision } = await lockedSite(call, 1)
    const { runId } = await call('run.start', { planId, revision })
    await shell.watch(
      cookie,
      runId,
      0,
      (frame) => frame.kind === 'events' && frame.events.some((event) => event.type === 'gate.raised'),
    )
    // The person writes the password where it does not belong.
    await call('run.pause', { runId, why: 'password is Correct-Horse-7' })
    const bodies: string[] = []
    const ask = async (name: string, input: unknown) =>
      bodies.push(
        (await shell.ask({ method: 'POST', path: `/api/${name}`, headers: { cookie }, body: JSON.stringify(input) }))
          .body,
      )
    for (const name of ['home', 'whoami', 'engine.state', 'vault.state', 'vault.list', 'catalogue']) await ask(name, {})
    for (const name of ['run.read', 'run.events']) await ask(name, { runId })
    await ask('plan.read', { planId: 'Correct-Horse-7' })
    await ask('run.read', { runId: 'Correct-Horse-7' })
    await ask('plan.open', { path: '/Correct-Horse-7' })
    await ask('vault.unlock', { passphrase: 'vault-passphrase-1 wrong' })
    expect(bodies.at(-1)).toContain('vault-wrong-passphrase')
    await ask('vault.set', {
      name: 'x',
      entry: { kind: 'password', user: 'a', password: 'Correct-Horse-7', extra: 'Correct-Horse-7' },
    })
    await ask('vault.set', { name: 'x', entry: { kind: 'Correct-Horse-7' } })
    await ask('vault.remove', { name: 'Correct-Horse-7' })
    bodies.push(
      JSON.stringify(
        await shell.watch(
          cookie,
          runId,
          0,
          (frame) => frame.kind === 'events' && frame.events.some((event) => event.type === 'run.paused'),
        ),
      ),
    )
    const all = bodies.join('\n')
    expect(all).toContain('password is (secret)')
    for (const secret of [...secrets, 'PRIVATE-KEY-OF-ANNA']) expect(all).not.toContain(secret)
  })
})
