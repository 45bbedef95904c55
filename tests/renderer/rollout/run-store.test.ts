/** Shows that a run whose log cannot be read says so instead of being read for ever, and is shown once the rest of it comes. Rung 1: pure, over a stream that the test holds. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../../../domain/contract/api.ts'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import type { Frame } from '../../../domain/contract/wire.ts'
import type { Event } from '../../../domain/run/event.ts'
import { failed } from '../../../domain/base/failure.ts'
import type { Watching } from '../../../renderer/client/client.ts'
import { openRun, type RunLoading } from '../../../renderer/rollout/session/run-store.ts'
import { graphOf } from '../../builders/graph.ts'
import { numbered } from '../../builders/events.ts'
import { pilotPlan } from '../../builders/plan.ts'

const run = 'accra-1'
const engine = { role: 'free' } as EngineState
const hello = (lastSeq: number): Frame => ({ kind: 'hello', run, after: 0, lastSeq, engine })
const damaged = failed(
  'plan',
  'corrupted',
  'Event 2 is not what was written.',
  'Go on from your last good backup.',
).failure
const log: readonly Event[] = numbered([
  { type: 'run.paused', by: 'ama', why: '' },
  { type: 'run.resumed', by: 'ama', why: '' },
] as Parameters<typeof numbered>[0])

/** A run that is being opened: what the window was told, and the stream that tells it more. */
async function opening() {
  const told: RunLoading[] = []
  let stream: Watching | undefined
  const plan = pilotPlan()
  const call = (async () => ({
    graph: graphOf(plan),
    plan,
    summary: { runId: run, lastSeq: log.length },
    engine,
    time: { now: 0, speed: 1 },
  })) as unknown as Call
  const watch = (_: string, watching: Watching) => {
    stream = watching
    return () => undefined
  }
  openRun({ call, watch }, run, (loading) => {
    told.push(loading)
  })
  await expect.poll(() => stream).toBeDefined()
  /** As the client does: whatever comes shows that the link stands, and a gap breaks it. */
  const send = (frame: Frame): void => {
    stream?.onLink(null)
    stream?.onFrame(frame)
    if (frame.kind === 'gap') stream?.onLink(frame.failure)
  }
  return {
    send,
    broke: () => {
      stream?.onLink(failed('link', 'no-answer', 'Rollout does not answer.', 'Start it again.', 'backoff').failure)
    },
    last: () => told.at(-1),
    told,
  }
}

// The picture is painted as in a window that nobody looks at.
beforeEach(() => {
  vi.stubGlobal('document', { hidden: true })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a run that is being read', () => {
  it('says what of its log cannot be read, and goes on saying so while it is tried again', async () => {
    const { send, told, last } = await opening()
    for (let tries = 0; tries < 3; tries++) {
      send(hello(log.length))
      send({ kind: 'gap', run, after: 0, failure: damaged })
      expect(last()).toEqual({ phase: 'failed', failure: damaged })
    }
    // Once failed it does not turn back to reading with nothing read.
    const from = told.findIndex(({ phase }) => phase === 'failed')
    expect(new Set(told.slice(from).map(({ phase }) => phase))).toEqual(new Set(['failed']))
  })

  it('takes each event once, though a broken link sends some of them again', async () => {
    const { send, last } = await opening()
    send(hello(log.length))
    send({ kind: 'events', run, events: [...log] })
    const loaded = last()
    if (loaded?.phase !== 'ready') throw new Error('not loaded')
    const { store } = loaded.session
    const seen = store.getState()
    for (const again of [[...log], log.slice(0, 1), log.slice(-1)]) {
      send(hello(log.length))
      send({ kind: 'events', run, events: again })
    }
    expect(store.getState().log.map(({ seq }) => seq)).toEqual([1, 2])
    expect(store.getState().state).toBe(seen.state)
    // What is new is taken from among what is not.
    const [third] = numbered([...log, { type: 'run.paused', by: 'ama', why: '' }]).slice(-1)
    send({ kind: 'events', run, events: third ? [...log, third] : [] })
    expect(store.getState().log.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('says that the application is gone, and is shown when it is there again with the rest', async () => {
    const { send, broke, last } = await opening()
    send(hello(log.length))
    send({ kind: 'events', run, events: log.slice(0, 1) })
    expect(last()).toEqual({ phase: 'loading', behind: 1 })
    broke()
    expect(last()).toMatchObject({ phase: 'failed', failure: { code: 'no-answer' } })
    send(hello(log.length))
    send({ kind: 'events', run, events: log.slice(1) })
    expect(last()?.phase).toBe('ready')
    // From here on the run itself says it, over its picture.
    broke()
    expect(last()?.phase).toBe('ready')
  })
})
