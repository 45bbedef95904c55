/** What the stores promise beyond the engine's ports. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choices, type NewEvent } from '../../../domain/run/event.ts'
import { applyEvent, startState } from '../../../domain/run/run.ts'
import { virtualClock } from '../../../main/app/workstation/clock.ts'
import { canonicalHash, canonicalJson } from '../../../main/store/canonical.ts'
import { leftOutMark } from '../../../main/store/output-store.ts'
import { planIdOf } from '../../../main/store/plan-store.ts'
import { openStore } from '../../../main/store/store.ts'
import { pilotPlan } from '../../builders/plan.ts'
import { observed } from '../../suites/store-suite.ts'
import { failureOf, freshFile, noon, silentHost, smallGraph, storeWithRun } from './site.ts'

describe('canonical JSON', () => {
  it('is the same whatever the order of keys, and parses back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const shuffled: unknown = JSON.parse(JSON.stringify(value), (_, v: unknown) =>
          v !== null && typeof v === 'object' && !Array.isArray(v)
            ? Object.fromEntries(Object.entries(v).reverse())
            : v,
        )
        expect(canonicalJson(shuffled)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('leaves undefined out and refuses what JSON cannot hold', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
    for (const value of [Number.NaN, new Date(0), () => 1, 1n])
      expect(() => canonicalJson({ value })).toThrow(TypeError)
  })
})

describe('survey store', () => {
  const of = { planId: 'pilot', revision: 1 }
  const begun = { planHash: 'abc', by: 'ann', startedAt: noon }
  const hosts = (store: ReturnType<typeof storeWithRun>['store'], after = 0) =>
    store.surveys.answers(of, after).map(({ number, seenAt, answer }) => [answer.host, number, seenAt])

  it('outlives the process that made it, answer by answer, and says when nobody has ended it', () => {
    const { store, file } = storeWithRun()
    expect(store.surveys.survey(of)).toBeUndefined()
    store.surveys.begin(of, begun, true)
    store.surveys.put(of, silentHost('HUB01'), noon + 1)
    store.close()
    const again = openStore(file)
    expect(again.surveys.survey(of)).toEqual({ ...begun, endedAt: null, status: 'running', failure: null })
    expect(again.surveys.answers(of)).toEqual([{ number: 1, seenAt: noon + 1, answer: silentHost('HUB01') }])
    again.surveys.end(of, 'done', noon + 2, null)
    expect(again.surveys.survey(of)).toMatchObject({ status: 'done', endedAt: noon + 2 })
    again.close()
  })

  it('asks chosen hosts again and leaves the others with their age; a whole survey forgets the one before', () => {
    const { store } = storeWithRun()
    store.surveys.begin(of, begun, true)
    for (const [i, host] of ['HUB01', 'RUN001', 'RUN002'].entries()) store.surveys.put(of, silentHost(host), noon + i)
    store.surveys.begin(of, { ...begun, startedAt: noon + 10 }, false)
    store.surveys.put(of, silentHost('RUN001'), noon + 11)
    expect(hosts(store)).toEqual([
      ['HUB01', 1, noon],
      ['RUN002', 3, noon + 2],
      ['RUN001', 4, noon + 11],
    ])
    expect(hosts(store, 3)).toEqual([['RUN001', 4, noon + 11]])
    store.surveys.begin(of, { ...begun, startedAt: noon + 20 }, true)
    expect(hosts(store)).toEqual([])
    store.close()
  })

  it('refuses an answer that is not what was written', () => {
    const { store } = storeWithRun()
    store.surveys.begin(of, begun, true)
    store.surveys.put(of, silentHost('HUB01'), noon)
    store.database.run('UPDATE surveyed_hosts SET seen_at = seen_at + 1')
    expect(failureOf(() => store.surveys.answers(of)).code).toBe('corrupted')
    store.close()
  })
})

describe('plan store', () => {
  const change = { by: 'planner', at: noon }

  it('locks the same content to the same revision and other content to the next', () => {
    const { plans } = openStore(freshFile())
    const first = plans.lock('pilot', pilotPlan(), change)
    const other = plans.lock('pilot', pilotPlan({ name: 'Other' }), change)
    expect([first.revision, other.revision]).toEqual([1, 2])
    expect(plans.lock('pilot', pilotPlan(), { by: 'somebody else', at: noon + 1 })).toEqual(first)
    expect(first.hash).toBe(canonicalHash(pilotPlan()))
    expect(plans.plan('pilot', 1).plan).toEqual(pilotPlan())
  })

  it('lets a draft change until it is locked, and never after', () => {
    const { plans, database } = openStore(freshFile())
    plans.saveDraft('pilot', pilotPlan({ name: 'One' }), change)
    plans.saveDraft('pilot', pilotPlan({ name: 'Two' }), change)
    expect(plans.lock('pilot', pilotPlan({ name: 'Two' }), change)).toMatchObject({ revision: 1, state: 'locked' })
    expect(plans.saveDraft('pilot', pilotPlan({ name: 'Three' }), change)).toMatchObject({
      revision: 2,
      state: 'draft',
    })
    expect(plans.plan('pilot', 1).plan.name).toBe('Two')
    for (const sql of [
      "UPDATE plan_revisions SET body = '{}' WHERE revision = 1",
      'DELETE FROM plan_revisions WHERE revision = 1',
    ])
      expect(() => database.run(sql)).toThrow('never changes')
  })

  it('gives a plan file the same id everywhere', () => {
    expect(planIdOf(pilotPlan())).toMatch(/^pilot-[0-9a-f]{8}$/)
    expect(planIdOf(pilotPlan())).toBe(planIdOf(pilotPlan({ layout: 'enterprise' })))
    expect(planIdOf({ name: '日本', site: { name: 'x', internet: false } })).toMatch(/^plan-/)
  })
})

describe('run store', () => {
  it('creates a run only of a locked revision, with its folder, hashes and first event', () => {
    const { store, runId } = storeWithRun()
    const summary = store.runs.summary(runId)
    expect(summary).toMatchObject({
      planId: 'pilot',
      revision: 1,
      baseDir: '/plans',
      createdBy: 'operator',
      status: 'created',
      lastSeq: 1,
      graphHash: canonicalHash(smallGraph),
      planHash: canonicalHash(pilotPlan()),
    })
    expect(store.runs.events(runId)).toMatchObject([
      { seq: 1, type: 'run.created', graphHash: summary.graphHash, planHash: summary.planHash, by: 'operator' },
    ])
    store.plans.saveDraft('pilot', pilotPlan({ name: 'Draft' }), { by: 'x', at: noon })
    expect(
      failureOf(() =>
        store.runs.createRun({ planId: 'pilot', revision: 2, graph: smallGraph, baseDir: '/', by: 'x', at: noon }),
      ).code,
    ).toBe('not-locked')
    expect(store.runs.list()).toEqual([summary])
  })

  it('keeps the summary equal to the fold of the log', () => {
    const who = { by: 'me', why: 'because' }
    const any = fc.constantFrom<NewEvent>(
      { type: 'run.started', by: 'me' },
      { type: 'run.paused', ...who },
      { type: 'run.resumed', ...who },
      { type: 'run.cancel-requested', ...who },
      { type: 'run.finished', outcome: 'cancelled' },
      observed('hub/HUB01/reach-host', 'x'),
      ...choices.map((choice) => ({ type: 'decision.made', step: 'hub/HUB01/reach-host', choice, ...who }) as const),
    )
    const { store } = storeWithRun()
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (events) => {
        const { runId } = store.runs.createRun({
          planId: 'pilot',
          revision: 1,
          graph: smallGraph,
          baseDir: '/',
          by: 'x',
          at: noon,
        })
        events.forEach((event, i) => store.runs.append(runId, [event], noon + i))
        const state = store.runs.events(runId).reduce(applyEvent, startState(smallGraph))
        const { status, outcome, startedAt, endedAt, lastSeq } = store.runs.summary(runId)
        expect({ status, outcome, startedAt, endedAt, seq: lastSeq }).toEqual({
          status: state.status,
          outcome: state.outcome,
          startedAt: state.startedAt,
          endedAt: state.endedAt,
          seq: state.seq,
        })
      }),
    )
  })

  it('streams a long log in order, also what is added meanwhile', () => {
    const { store, runId } = storeWithRun()
    for (let i = 0; i < 5; i++)
      store.runs.append(
        runId,
        Array.from({ length: 500 }, () => observed('a', 'x')),
        noon,
      )
    let expected = 1
    for (const event of store.runs.stream(runId)) {
      expect(event.seq).toBe(expected++)
      if (event.seq === 1500)
        store.runs.append(
          runId,
          Array.from({ length: 700 }, () => observed('a', 'y')),
          noon,
        )
    }
    expect(expected - 1).toBe(3201)
    expect(store.runs.events(runId, 10, 3).map(({ seq }) => seq)).toEqual([11, 12, 13])
  })

  it('never changes or forgets an event', () => {
    const { store } = storeWithRun()
    for (const sql of ["UPDATE events SET body = '{}'", 'DELETE FROM events'])
      expect(() => store.database.run(sql)).toThrow('append-only')
  })
})

describe('evidence', () => {
  it('is kept once for each content of a run, up to its limit, and is never handed out as another', () => {
    const { store, runId } = storeWithRun()
    const who = { by: 'ann', at: noon }
    const [first, second] = [Buffer.from('seen'), Buffer.from('looked at')]
    const sha256 = store.evidence.keep(runId, first, who, 10)
    expect(store.evidence.keep(runId, first, who, 10)).toBe(sha256)
    expect(store.evidence.sizeOf(runId, sha256)).toBe(4)
    expect(() => store.evidence.keep(runId, second, who, 10)).toThrow('would exceed')
    expect(Buffer.from(store.evidence.read(runId, sha256) ?? []).toString()).toBe('seen')
    store.database.run('UPDATE evidence SET body = ?', Buffer.from('seem'))
    expect(() => store.evidence.read(runId, sha256)).toThrow('damaged')
    expect([store.evidence.remove(runId, sha256), store.evidence.remove(runId, sha256)]).toEqual([true, false])
    expect(store.evidence.read(runId, sha256)).toBeUndefined()
  })
})

describe('output store', () => {
  const chunk = (text: string, stream: 'output' | 'error' = 'output') => ({ stream, text })

  it('goes on after a restart, reads from any byte, and writes by size, by time and at close', () => {
    const { store, file, runId } = storeWithRun()
    store.output.write(runId, 'a', 1, noon, chunk('héllo '))
    expect(store.output.read(runId, 'a', 1).chunks).toEqual([])
    store.output.write(runId, 'a', 1, noon + 600, chunk('oops ', 'error'))
    expect(store.output.read(runId, 'a', 1).next).toBe(12)
    store.output.write(runId, 'a', 1, noon + 601, chunk('x'.repeat(70_000)))
    expect(store.output.read(runId, 'a', 1).next).toBe(70_012)
    store.output.write(runId, 'a', 1, noon + 602, chunk('end'))
    store.close()
    const again = openStore(file)
    again.output.write(runId, 'a', 1, noon + 603, chunk('!'))
    again.output.flush()
    expect(again.output.read(runId, 'a', 1, 3).chunks.slice(0, 2)).toEqual([
      { offset: 3, at: noon, stream: 'output', text: 'llo ' },
      { offset: 7, at: noon + 600, stream: 'error', text: 'oops ' },
    ])
    expect(again.output.read(runId, 'a', 1, 70_012)).toMatchObject({
      chunks: [{ text: 'end' }, { text: '!' }],
      next: 70_016,
      leftOut: 0,
    })
  })

  it('keeps no more than the limit of an attempt, whole characters only, and says how much was left out', () => {
    const { store, runId } = storeWithRun(undefined, { output: { attemptBytes: 10 } })
    store.output.write(runId, 'a', 1, noon, chunk('12345678'))
    store.output.write(runId, 'a', 1, noon, chunk('9🔑🔑'))
    store.output.flush()
    store.output.write(runId, 'a', 1, noon, chunk('more'))
    store.output.write(runId, 'a', 2, noon, chunk('fine'))
    store.output.flush()
    const { chunks, leftOut } = store.output.read(runId, 'a', 1)
    expect(chunks.map(({ text }) => text).join('')).toBe('123456789')
    expect(leftOutMark(leftOut)).toBe('12 bytes left out')
    expect(store.output.read(runId, 'a', 2)).toMatchObject({ chunks: [{ text: 'fine' }], leftOut: 0 })
  })

  it('keeps no more than 8 MiB waiting while the disk takes nothing, and counts the rest as left out', () => {
    const { store, runId } = storeWithRun(undefined, { output: { attemptBytes: 64 * 2 ** 20 } })
    store.database.exec("CREATE TRIGGER full BEFORE INSERT ON outputs BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    const piece = 'x'.repeat(2 ** 20)
    for (let i = 0; i < 20; i++)
      expect(() => store.output.write(runId, 'a', 1, noon, chunk(piece))).toThrow('disk is full')
    store.database.exec('DROP TRIGGER full')
    store.output.flush()
    const { chunks, leftOut } = store.output.read(runId, 'a', 1, 0, 64 * 2 ** 20)
    expect(chunks.reduce((sum, { text }) => sum + text.length, 0)).toBe(8 * 2 ** 20)
    expect(leftOut).toBe(12 * 2 ** 20)
    // Once it is written there is room for other attempts again.
    store.output.write(runId, 'a', 2, noon, chunk('next'))
    store.output.flush()
    expect(store.output.read(runId, 'a', 2)).toMatchObject({ chunks: [{ text: 'next' }], leftOut: 0 })
  })

  it('tells the output of all attempts in the order in which it came, from either end and in parts, and says so where a part is gone', () => {
    const { store, runId } = storeWithRun()
    const texts = (found: readonly { text: string }[]) => found.map(({ text }) => text)
    for (const [step, attempt, at, text] of [
      ['b', 1, 0, 'one'],
      ['a', 1, 1, 'two'],
      ['b', 1, 2, 'three'],
      ['a', 2, 3, 'four'],
    ] as const) {
      store.output.write(runId, step, attempt, noon + at, chunk(text, text === 'three' ? 'error' : 'output'))
    }
    store.output.flush()
    store.output.write(runId, 'a', 1, noon + 3, chunk('five'))
    store.output.flush()
    const all = store.output.readAll(runId, { after: 0 })
    expect(all.map(({ number, step, attempt, text }) => [number, step, attempt, text])).toEqual([
      [1, 'b', 1, 'one'],
      [2, 'a', 1, 'two'],
      [3, 'b', 1, 'three'],
      [4, 'a', 2, 'four'],
      [5, 'a', 1, 'five'],
    ])
    expect(texts(store.output.readAll(runId, { after: 2 }, 8))).toEqual(['three'])
    expect(texts(store.output.readAll(runId, { before: null }, 8))).toEqual(['four', 'five'])
    expect(texts(store.output.readAll(runId, { before: 4 }, 1))).toEqual(['three'])
    expect(store.output.readAll(runId, { after: 5 })).toEqual([])
    store.database.exec("DROP TRIGGER output_stays; DELETE FROM outputs WHERE body = 'three'")
    expect(() => store.output.readAll(runId, { after: 0 })).toThrow('damaged')
  })
})

describe('audit', () => {
  it('says who did what, by itself, with every act that a person answers for', () => {
    const { store, runId } = storeWithRun()
    const who = { by: 'ann', why: 'checked' }
    store.runs.append(
      runId,
      [
        { type: 'gate.opened', gate: 'gate:hub', ...who },
        { type: 'decision.made', step: 's', choice: 'skip', ...who },
        observed('s', 'x'),
      ],
      noon,
    )
    store.waivers.grant('pilot', 1, {
      check: 'self-signed',
      version: 2,
      subject: { kind: 'plan' },
      by: 'bob',
      reason: 'pilot',
      at: '2026-11-23T12:00:00Z',
    })
    store.pins.add({ address: 'HUB01', port: 22, fingerprint: 'SHA256:a', at: noon, by: 'carl' })
    store.pins.remove('hub01', 22, { by: 'carl', at: noon, why: 'installed afresh' })
    store.audit.record({ at: noon, by: 'dora', action: 'vault.set', subject: 'site-admin', why: '' })
    expect(store.audit.entries().map(({ by, action, why }) => `${by} ${action} ${why}`.trim())).toEqual([
      'planner plan.locked',
      'operator run.created',
      'ann gate.opened checked',
      'ann decision.made checked',
      'bob waiver.granted pilot',
      'carl host-key.pinned',
      'carl host-key.removed installed afresh',
      'dora vault.set',
    ])
    expect(store.audit.verifyAudit()).toMatchObject({ ok: true, rows: 8 })
    expect(store.waivers.waivers('pilot', 1)).toMatchObject([{ by: 'bob', reason: 'pilot' }])
    expect(store.waivers.waivers('pilot', 2)).toEqual([])
  })

  it('refuses changes, and notices any single one that was forced on it, naming the row', () => {
    const { store } = storeWithRun()
    for (let i = 0; i < 10; i++)
      store.audit.record({ at: noon + i, by: 'ann', action: 'vault.set', subject: `entry ${i}`, why: '' })
    const { database } = store
    for (const sql of ["UPDATE audit SET body = '{}'", 'DELETE FROM audit'])
      expect(() => database.run(sql)).toThrow('append-only')
    database.exec('DROP TRIGGER audit_kept; DROP TRIGGER audit_stays')
    const rows = database.all<{ number: number; body: string; hash: string }>('SELECT * FROM audit')
    const change = fc.record({
      row: fc.nat(rows.length - 1),
      what: fc.constantFrom('body', 'hash', 'delete', 'swap'),
      place: fc.nat(),
      letter: fc.constantFrom('0', 'f', 'z', '"'),
    })
    fc.assert(
      fc.property(change, ({ row, what, place, letter }) => {
        const { number, body, hash } = rows[row] ?? { number: 0, body: '', hash: '' }
        const spoilt = (text: string) =>
          text.slice(0, place % text.length) + letter + text.slice((place % text.length) + 1)
        const other = rows[(row + 1) % rows.length]?.body ?? ''
        const [newBody, newHash] =
          what === 'body' ? [spoilt(body), hash] : what === 'hash' ? [body, spoilt(hash)] : [other, hash]
        fc.pre(what === 'delete' || newBody !== body || newHash !== hash)
        if (what === 'delete') database.run('DELETE FROM audit WHERE number = ?', number)
        else database.run('UPDATE audit SET body = ?, hash = ? WHERE number = ?', newBody, newHash, number)
        expect(store.audit.verifyAudit()).toMatchObject({ ok: false, row: number })
        database.run('INSERT OR REPLACE INTO audit (number, body, hash) VALUES (?, ?, ?)', number, body, hash)
        expect(store.audit.verifyAudit().ok).toBe(true)
      }),
    )
  })
})

describe('the end of the audit', () => {
  const spoilt = (sql: string) => {
    const { store } = storeWithRun()
    for (const subject of ['a', 'b']) store.audit.record({ at: noon, by: 'ann', action: 'vault.set', subject, why: '' })
    store.database.exec(`DROP TRIGGER audit_kept; DROP TRIGGER audit_stays; ${sql}`)
    return store.audit.verifyAudit()
  }

  it('has four rows here, and is whole', () => {
    expect(spoilt('')).toMatchObject({ ok: true, rows: 4 })
  })

  it('is missed where the last row was deleted, or all of them', () => {
    expect(spoilt('DELETE FROM audit WHERE number = 4')).toMatchObject({ ok: false, row: 4, why: 'the row is missing' })
    expect(spoilt('DELETE FROM audit')).toMatchObject({ ok: false, row: 1, why: 'the row is missing' })
  })

  it('is noticed where a row was added, or its head was put back', () => {
    const added = `INSERT INTO audit (number, body, hash) SELECT 5, body, hash FROM audit WHERE number = 4`
    expect(spoilt(added)).toMatchObject({ ok: false, row: 5 })
    expect(spoilt('UPDATE audit_head SET number = 3')).toMatchObject({ ok: false, row: 4 })
    expect(spoilt("UPDATE audit_head SET hash = 'another'")).toMatchObject({ ok: false, row: 4 })
  })
})

describe('inbox', () => {
  const request = {
    kind: 'decide',
    run: 'run-1',
    target: 'gate:hub',
    choice: 'open',
    by: 'ann',
    why: 'checked',
  } as const

  it('carries a request to the engine and its reply back, between two connections', async () => {
    const file = freshFile()
    const [asker, worker] = [openStore(file).inbox, openStore(file).inbox]
    const id = asker.put(request, noon)
    expect(worker.take('engine-1')).toEqual([{ id, request }])
    expect(worker.take('engine-1')).toEqual([])
    const clock = virtualClock(noon)
    const reply = asker.awaitReply(id, clock, { timeoutMs: 10_000 })
    worker.answer(id, { ok: true, seq: 7 })
    expect(await reply).toEqual({ ok: true, seq: 7 })
  })

  it('withdraws what no engine took, so that it does not come true later', async () => {
    const { inbox } = openStore(freshFile())
    const id = inbox.put(request, noon)
    await expect(inbox.awaitReply(id, virtualClock(noon), { timeoutMs: 1000 })).rejects.toMatchObject({
      failure: { code: 'no-engine' },
    })
    expect(inbox.take('engine-1')).toEqual([])
  })

  it('says that it does not know where an engine took it and is silent; the next engine gets it', async () => {
    const { inbox } = openStore(freshFile())
    const id = inbox.put(request, noon)
    inbox.take('engine-1')
    await expect(inbox.awaitReply(id, virtualClock(noon), { timeoutMs: 1000 })).rejects.toMatchObject({
      failure: { kind: 'uncertain', code: 'no-reply' },
    })
    expect(inbox.take('engine-2')).toEqual([{ id, request }])
  })

  it('refuses what is no request', () => {
    const { inbox } = openStore(freshFile())
    expect(() => inbox.put({ ...request, choice: 'explode' } as never, noon)).toThrow(/"choice"/)
    expect(inbox.take('engine-1')).toEqual([])
  })
})
