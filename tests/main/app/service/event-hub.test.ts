/** A window gets every event of a run once and in order, however fast windows, engine and other writers are. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EngineState } from '../../../../domain/contract/shapes.ts'
import type { Frame } from '../../../../domain/contract/wire.ts'
import type { Event } from '../../../../domain/run/event.ts'
import { failed } from '../../../../domain/base/failure.ts'
import { createEventHub, type EventHubOptions, type Sink } from '../../../../main/app/service/event-hub.ts'

const engine: EngineState = { role: 'free', run: null, holder: null, failure: null, asked: null }
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))
const turns = async (n: number) => {
  for (let i = 0; i < n; i++) await turn()
}
const eventAt = (seq: number): Event => ({ type: 'host.reached', host: `H${seq}`, seq, at: seq })

/** A log of one run in memory, with a count of what was read. */
function logOf(length: number) {
  const events = Array.from({ length }, (_, i) => eventAt(i + 1))
  const reads: number[] = []
  let broken = false
  return {
    events,
    reads,
    breakIt: () => {
      broken = true
    },
    append: () => {
      const event = eventAt(events.length + 1)
      events.push(event)
      return event
    },
    log: {
      events: (_run: string, after: number, limit: number) => {
        if (broken) throw failed('host', 'corrupted', 'The log cannot be read.', 'Copy it.')
        reads.push(after)
        return events.slice(after, after + limit)
      },
      lastSeq: () => {
        if (broken) throw failed('host', 'corrupted', 'The log cannot be read.', 'Copy it.')
        return events.length
      },
    },
  }
}
function hubOver(log: EventHubOptions['log'], more: Partial<EventHubOptions> = {}) {
  return createEventHub({ log, engine: () => engine, pollMs: 0, ...more })
}
const seqsOf = (frames: readonly Frame[]) =>
  frames.flatMap((frame) => (frame.kind === 'events' ? frame.events.map((event) => event.seq) : []))
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** A window that takes each frame only after some turns of the event loop. */
function window(delays: readonly number[]) {
  const frames: Frame[] = []
  let busy = 0
  const sink: Sink = async (frame) => {
    expect(++busy).toBe(1)
    frames.push(frame)
    await turns(delays[frames.length % Math.max(1, delays.length)] ?? 0)
    busy--
  }
  return { frames, sink }
}

describe('the event hub', () => {
  test('law: over any interleaving of commits here, commits elsewhere and windows of any speed that come, go and come again, each window has each seq once and in order', async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), n: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('elsewhere' as const), n: fc.integer({ min: 1, max: 9 }) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('attach' as const),
          n: fc.integer({ min: 0, max: 40 }),
          delays: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), n: fc.integer({ min: 0, max: 5 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('turns' as const), n: fc.integer({ min: 1, max: 8 }) }) },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 50 }),
        fc.array(action, { maxLength: 40, size: 'medium' }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(3),
        async (past, actions, pageSize, tailSize, last) => {
          const { events, append, log } = logOf(past)
          const hub = hubOver(log, { pageSize, tailSize })
          const attached: {
            from: number
            delays: readonly number[]
            seqs: () => number[]
            subscription: ReturnType<typeof hub.subscribe>
          }[] = []
          const attach = (from: number, delays: readonly number[], before: readonly number[]) => {
            const { frames, sink } = window(delays)
            attached.push({
              from: before[0] ?? from + 1,
              delays,
              seqs: () => [...before, ...seqsOf(frames)],
              subscription: hub.subscribe('r', before.at(-1) ?? from, sink),
            })
          }
          for (const step of actions) {
            if (step.do === 'commit') for (let i = 0; i < step.n; i++) hub.published('r', append())
            if (step.do === 'elsewhere') {
              for (let i = 0; i < step.n; i++) append()
              if (step.n % 2) hub.lookAround()
            }
            if (step.do === 'attach') attach(Math.min(step.n, events.length), step.delays, [])
            if (step.do === 'turns') await turns(step.n)
            const victim = step.do === 'kill' ? attached[step.n] : undefined
            if (victim) {
              victim.subscription.close()
              await victim.subscription.ended
              // A window that was killed mid-frame has what it had, and asks from there.
              attached.splice(attached.indexOf(victim), 1)
              attach(victim.from - 1, victim.delays, victim.seqs())
            }
          }
          // At the end others write once more, to windows that are at rest.
          await turns(60)
          for (let i = 0; i < last; i++) append()
          hub.lookAround()
          for (let i = 0; i < 5000 && attached.some(({ seqs, from }) => seqs().length < events.length - from + 1); i++)
            await turn()
          for (const { from, seqs } of attached) expect(seqs()).toEqual(range(from, events.length))
          hub.close()
          await Promise.all(attached.map(({ subscription }) => subscription.ended))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('hello comes first, and says how far the past reaches', async () => {
    const { log } = logOf(3)
    const { frames, sink } = window([])
    const { close, ended } = hubOver(log).subscribe('r', 1, sink)
    await turns(5)
    expect(frames.map((frame) => frame.kind)).toEqual(['hello', 'events'])
    expect(frames[0]).toMatchObject({ after: 1, lastSeq: 3, engine })
    expect(seqsOf(frames)).toEqual([2, 3])
    close()
    await ended
  })

  test('a window that takes nothing costs the engine nothing: commits return at once, no more than the tail is kept, and the rest is read from the log later', async () => {
    const { append, log, reads } = logOf(0)
    const hub = hubOver(log, { tailSize: 10, pageSize: 50 })
    const gate = Promise.withResolvers<undefined>()
    const frames: Frame[] = []
    const slow = hub.subscribe('r', 0, (frame) => {
      frames.push(frame)
      return gate.promise
    })
    const quick = window([])
    const fast = hub.subscribe('r', 0, quick.sink)
    for (let i = 0; i < 500; i++) {
      hub.published('r', append())
      if (i % 5 === 0) await turns(2)
    }
    await turns(4)
    expect(frames).toHaveLength(1)
    expect(seqsOf(quick.frames)).toEqual(range(1, 500))
    // The quick one was served out of the tail, but for its first look.
    expect(reads.length).toBeLessThan(150)
    gate.resolve(undefined)
    await turns(60)
    expect(seqsOf(frames)).toEqual(range(1, 500))
    expect(Math.max(...frames.map((frame) => (frame.kind === 'events' ? frame.events.length : 0)))).toBeLessThanOrEqual(
      50,
    )
    hub.close()
    await Promise.all([slow.ended, fast.ended])
  })

  test('what one turn commits is one frame', async () => {
    const { append, log } = logOf(0)
    const hub = hubOver(log)
    const { frames, sink } = window([])
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(3)
    for (let i = 0; i < 40; i++) hub.published('r', append())
    await turns(3)
    expect(frames.filter((frame) => frame.kind === 'events')).toHaveLength(1)
    hub.close()
    await ended
  })

  test('a window at rest reads nothing, however often somebody looks around', async () => {
    const { append, log, reads } = logOf(3)
    const hub = hubOver(log)
    const { sink } = window([])
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(10)
    hub.published('r', append())
    await turns(10)
    const before = reads.length
    for (let i = 0; i < 20; i++) {
      hub.lookAround()
      await turns(3)
    }
    expect(reads.length).toBe(before)
    hub.close()
    await ended
  })

  test('who executes the run is told once when it changes', async () => {
    let role: EngineState['role'] = 'free'
    const { log } = logOf(1)
    const hub = hubOver(log, { engine: () => ({ ...engine, role }) })
    const { frames, sink } = window([])
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(4)
    role = 'reader'
    hub.lookAround()
    hub.lookAround()
    await turns(4)
    hub.lookAround()
    await turns(4)
    expect(frames.flatMap((frame) => (frame.kind === 'engine' ? frame.engine.role : []))).toEqual(['reader'])
    hub.close()
    await ended
  })

  test('a log that cannot be read ends in a gap that says from where to ask again; the other runs go on', async () => {
    const one = logOf(3)
    const { frames, sink } = window([])
    const hub = hubOver(one.log)
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(4)
    one.breakIt()
    one.append()
    hub.lookAround()
    await turns(10)
    expect(frames.at(-1)).toMatchObject({ kind: 'gap', run: 'r', after: 3, failure: { code: 'corrupted' } })
    await ended
  })

  test('a log that cannot be read any more, not even its length, is told to a window at rest', async () => {
    const one = logOf(3)
    const { frames, sink } = window([])
    const hub = hubOver(one.log)
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(4)
    one.breakIt()
    hub.lookAround()
    await turns(10)
    expect(frames.at(-1)).toMatchObject({ kind: 'gap', run: 'r', after: 3, failure: { code: 'corrupted' } })
    hub.close()
    await ended
  })

  test('a window that closed gets no frame any more', async () => {
    let role: EngineState['role'] = 'free'
    const { append, log, breakIt } = logOf(2)
    const hub = hubOver(log, { engine: () => ({ ...engine, role }) })
    const never = window([])
    const early = hub.subscribe('r', 0, never.sink)
    early.close()
    await early.ended
    expect(never.frames).toEqual([])
    // Two that close over a frame: the events behind it do not come, nor does what is wrong with the log.
    const frames: Frame[] = []
    const late = [1, 2].map(() => {
      const one = hub.subscribe('r', 0, (frame) => {
        frames.push(frame)
        if (frame.kind !== 'engine') return
        one.close()
        if (frames.filter(({ kind }) => kind === 'engine').length === 2) breakIt()
      })
      return one
    })
    await turns(6)
    role = 'reader'
    append()
    hub.lookAround()
    await Promise.all(late.map(({ ended }) => ended))
    expect(frames.map(({ kind }) => kind)).toEqual(['hello', 'hello', 'events', 'events', 'engine', 'engine'])
  })

  test('an engine that cannot say what it does now leaves the windows as they are', async () => {
    let busy = false
    const { append, log } = logOf(1)
    const hub = hubOver(log, {
      engine: () => {
        if (busy) throw new Error('the database is busy')
        return engine
      },
    })
    const { frames, sink } = window([])
    const { ended } = hub.subscribe('r', 0, sink)
    await turns(4)
    busy = true
    append()
    hub.lookAround()
    await turns(6)
    expect(frames.map(({ kind }) => kind)).toEqual(['hello', 'events', 'events'])
    hub.close()
    await ended
  })

  test('a window that is gone ends its own subscription only', async () => {
    const { append, log } = logOf(2)
    const hub = hubOver(log)
    const { ended } = hub.subscribe('r', 0, () => {
      throw new Error('gone')
    })
    const other = window([])
    const stays = hub.subscribe('r', 0, other.sink)
    await ended
    hub.published('r', append())
    await turns(6)
    expect(seqsOf(other.frames)).toEqual([1, 2, 3])
    hub.close()
    await stays.ended
  })
})
