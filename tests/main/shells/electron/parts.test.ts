/** Shows the parts of the Electron shell that need no Electron: where a window opens, what is told to a person who looks elsewhere, and streams that are pulled. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Attention } from '../../../../domain/contract/shapes.ts'
import type { Frame } from '../../../../domain/contract/wire.ts'
import type { Event } from '../../../../domain/run/event.ts'
import { createEventHub } from '../../../../main/app/service/event-hub.ts'
import { createNotices, newNotices, type Notice } from '../../../../main/shells/electron/notices.ts'
import { isOurs } from '../../../../main/shells/electron/origin.ts'
import { pullEvents } from '../../../../main/shells/electron/pull.ts'
import { noticeText } from '../../../../main/shells/electron/text.ts'
import { keepPlace, openingFor, readPlace } from '../../../../main/shells/electron/window-bounds.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: -200, width: 2560, height: 1400 }

describe('where a window opens', () => {
  const at = (x: number, y: number, width = 1200, height = 800, maximised = false) => ({
    bounds: { x, y, width, height },
    maximised,
  })
  test('as it was, on any screen that is there', () => {
    expect(openingFor(at(100, 50), [screen])).toEqual({ x: 100, y: 50, width: 1200, height: 800, maximised: false })
    expect(openingFor(at(2500, -100, 1200, 800, true), [screen, second])).toEqual({
      x: 2500,
      y: -100,
      width: 1200,
      height: 800,
      maximised: true,
    })
  })
  test.each([
    ['the screen is gone', at(2500, 100)],
    ['only a sliver would be seen', at(1900, 100)],
    ['it would be left of everything', at(-1150, 100)],
    ['the title bar would be above', at(100, -500)],
    ['the title bar would be below', at(100, 1030)],
  ])('in the middle where %s', (_why, place) => {
    const { x, y, ...rest } = openingFor(place, [screen])
    expect([x, y, rest]).toEqual([undefined, undefined, { width: 1200, height: 800, maximised: false }])
  })
  test('fitted into a screen that is smaller now', () => {
    expect(openingFor(at(1000, 500, 1800, 1000), [{ x: 0, y: 0, width: 1280, height: 700 }])).toEqual({
      x: 0,
      y: 0,
      width: 1280,
      height: 700,
      maximised: false,
    })
  })
  test('as at first where nothing is known, or the file is damaged', () => {
    const folder = mkdtempSync(join(tmpdir(), 'place-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true })
    })
    const file = join(folder, 'window.json')
    expect(readPlace(file)).toBeUndefined()
    for (const text of [
      '',
      '{',
      '{"bounds":{"x":1,"y":1,"width":-4,"height":2},"maximised":true}',
      '{"bounds":{"x":1e99,"y":1,"width":4,"height":2},"maximised":true}',
    ]) {
      writeFileSync(file, text)
      expect(readPlace(file)).toBeUndefined()
    }
    expect(openingFor(undefined, [screen])).toEqual({ width: 1280, height: 800, maximised: false })
    keepPlace(file, at(1, 2))
    expect(readPlace(file)).toEqual(at(1, 2))
    keepPlace(join(file, 'not-a-folder', 'window.json'), at(1, 2))
  })
})

test.each<[string, boolean]>([
  ['app://rollout/', true],
  ['app://rollout/index.html#/runs', true],
  ['app://rollout', false],
  ['app://rollout.evil/', false],
  ['app://evil/', false],
  ['https://rollout/', false],
  ['file:///app://rollout/', false],
  ['', false],
  ['about:blank', false],
])('the address %j is ours: %s', (address, ours) => {
  expect(isOurs(address)).toBe(ours)
})

describe('what is told to a person who looks elsewhere', () => {
  const gate: Attention = {
    runId: 'r',
    planId: 'p',
    planName: 'Accra',
    kind: 'gate',
    title: 'Hub to Studio',
    count: 1,
    since: 1,
    causes: [],
  }
  const failed: Attention = {
    ...gate,
    kind: 'decision',
    title: 'Failed, waiting for a decision',
    count: 1,
    causes: ['exit-1603'],
  }
  const event = (more: Partial<Event> & Pick<Event, 'type'>): Event => ({ seq: 1, at: 1, ...more }) as Event

  test('a gate and failures once; more of the same is not new; paused and interrupted are no news', () => {
    expect(newNotices([], [gate, failed])).toEqual([
      { title: 'Gate Hub to Studio waits for you', body: 'Accra', runId: 'r' },
      { title: 'A host failed and waits for a decision', body: 'Accra', runId: 'r' },
    ])
    expect(newNotices([gate, failed], [gate, { ...failed, count: 7, since: 9 }])).toEqual([])
    expect(
      newNotices([failed], [{ ...failed, count: 2, causes: ['exit-1603', 'disk-full'] }]).map(({ title }) => title),
    ).toEqual(['2 hosts failed and wait for a decision'])
    expect(newNotices([{ ...failed, causes: ['exit-1603', 'disk-full'] }], [failed])).toEqual([])
    expect(newNotices([gate], [{ ...gate, title: 'Studio to Runner' }])).toHaveLength(1)
    expect(
      newNotices(
        [],
        [
          { ...gate, kind: 'paused' },
          { ...gate, kind: 'not-driven' },
        ],
      ),
    ).toEqual([])
    expect(
      newNotices(
        [],
        [
          { ...failed, count: 3 },
          { ...gate, kind: 'by-hand', count: 2 },
        ],
      ).map(({ title }) => title),
    ).toEqual(['3 hosts failed and wait for a decision', 'Work by hand waits on 2 hosts'])
  })

  test('it is looked for one look at a time, and what came meanwhile is not missed', async () => {
    let now: Attention[] = []
    const looks: PromiseWithResolvers<void>[] = []
    const shown: Notice[] = []
    const notices = createNotices(
      async () => {
        const look = Promise.withResolvers<void>()
        looks.push(look)
        const seen = now
        await look.promise
        return seen
      },
      (notice) => shown.push(notice),
    )
    notices.onEvent('r', event({ type: 'step.failed' }))
    await expect.poll(() => looks.length).toBe(1)
    now = [failed]
    for (let i = 0; i < 50; i++) notices.onEvent('r', event({ type: 'step.failed' }))
    looks[0]?.resolve()
    await expect.poll(() => looks.length).toBe(2)
    looks[1]?.resolve()
    await notices.settled()
    expect([looks.length, shown.length]).toEqual([2, 1])
  })

  test('who asks for control, once for each question, and never of its own', () => {
    const shown: Notice[] = []
    const notices = createNotices(
      async () => [],
      (notice) => shown.push(notice),
    )
    const asked = { by: 'ben', process: 7, host: 'ws', at: 5, until: 60_005, mine: false, answer: 'waits' } as const
    const executing = { role: 'executor', run: 'r', holder: null, failure: null, asked: null } as const
    notices.onEngine(executing)
    notices.onEngine({ ...executing, asked })
    notices.onEngine({ ...executing, asked })
    notices.onEngine({ ...executing, asked: { ...asked, answer: 'kept' } })
    notices.onEngine({ ...executing, role: 'reader', asked: { ...asked, at: 8, mine: true } })
    expect(shown).toEqual([{ title: 'ben asks for control', body: noticeText.controlDetail, runId: 'r' }])
    notices.onEngine({ ...executing, asked: { ...asked, at: 9 } })
    expect(shown).toHaveLength(2)
  })

  test('a look that fails costs nothing, and the next one sees', async () => {
    let broken = true
    const shown: Notice[] = []
    const notices = createNotices(
      async () => {
        if (broken) throw new Error('no database')
        return [gate]
      },
      (notice) => shown.push(notice),
    )
    notices.onEvent('r', event({ type: 'gate.raised', gate: 'g' }))
    await notices.settled()
    broken = false
    notices.onEvent('r', event({ type: 'gate.raised', gate: 'g' }))
    await notices.settled()
    notices.onEvent('r', event({ type: 'run.finished', outcome: 'accepted' }))
    expect(shown.map(({ title }) => title)).toEqual(['Gate Hub to Studio waits for you', 'Rollout accepted'])
  })
})

describe('a stream that is pulled', () => {
  const free = { role: 'free', run: null, holder: null, failure: null, asked: null } as const
  const events = (from: number, to: number): Event[] =>
    Array.from({ length: to - from }, (_, i) => ({ seq: from + i + 1, at: 1, type: 'host.reached', host: 'H' }))
  function ofLog(length: number) {
    const reads: number[] = []
    let end = length
    const hub = createEventHub({
      log: {
        events: (_run, after, limit) => {
          reads.push(after)
          return events(after, Math.min(end, after + limit))
        },
        lastSeq: () => end,
      },
      engine: () => free,
      pollMs: 0,
      pageSize: 10,
    })
    onTestFinished(() => {
      hub.close()
    })
    return {
      hub,
      reads,
      grow: (by: number) => {
        end += by
        hub.lookAround()
      },
    }
  }
  const read = (text: string | null): Frame => JSON.parse(text ?? 'null') as Frame

  test('gives hello and every event once, then waits for more', async () => {
    const { hub, grow } = ofLog(25)
    const stream = pullEvents(hub, 'r', 0)
    expect(read(await stream.next())).toMatchObject({ kind: 'hello', lastSeq: 25 })
    const seen: number[] = []
    while (seen.length < 25) {
      const frame = read(await stream.next())
      if (frame.kind === 'events') seen.push(...frame.events.map(({ seq }) => seq))
    }
    expect(seen).toEqual(events(0, 25).map(({ seq }) => seq))
    const more = stream.next()
    grow(2)
    expect(read(await more)).toMatchObject({ events: [{ seq: 26 }, { seq: 27 }] })
  })

  test('a window that does not ask costs one page, however long the log gets', async () => {
    const { hub, reads, grow } = ofLog(1000)
    const stream = pullEvents(hub, 'r', 0)
    await stream.next()
    await stream.next()
    for (let i = 0; i < 50; i++) {
      grow(10)
      await new Promise<void>((done) => void setImmediate(done))
    }
    // The one it was given and the one that is offered.
    expect(reads.length).toBeLessThanOrEqual(2)
    expect(read(await stream.next())).toMatchObject({ events: [{ seq: 11 }, ...Array.from({ length: 9 }, () => ({}))] })
  })

  test('closing it ends it: for who waits, for the hub, and for whoever asks later', async () => {
    const { hub } = ofLog(0)
    const waiting = pullEvents(hub, 'r', 0)
    await waiting.next()
    const asked = waiting.next()
    waiting.close()
    expect([await asked, await waiting.next()]).toEqual([null, null])
    const offered = pullEvents(hub, 'r', 0)
    await new Promise<void>((done) => void setImmediate(done))
    offered.close()
    expect(await offered.next()).toBeNull()
  })

  test('a log that cannot be read is a gap, and then the end', async () => {
    const hub = createEventHub({
      log: {
        events: () => {
          throw new Error('no disk')
        },
        lastSeq: () => 1,
      },
      engine: () => free,
      pollMs: 0,
    })
    const stream = pullEvents(hub, 'r', 0)
    await stream.next()
    expect(read(await stream.next())).toMatchObject({ kind: 'gap', after: 0 })
    expect(await stream.next()).toBeNull()
  })
})
