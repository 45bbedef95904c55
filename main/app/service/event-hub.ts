/** Streams events to windows: each subscriber gets the log, then new events, in order, once each, at its own speed. */
import type { EngineState } from '../../../domain/contract/shapes.ts'
import type { Frame } from '../../../domain/contract/wire.ts'
import type { Event } from '../../../domain/run/event.ts'
import { toFailure } from '../../../domain/base/failure.ts'

/** The log as the hub reads it; both throw FailureError. */
export interface ReadableLog {
  events(runId: string, after: number, limit: number): Event[]
  lastSeq(runId: string): number
}

/**
 * Takes a frame; what it returns settles when it can take the next. Rejecting or throwing ends the subscription: the
 * window is gone.
 */
export type Sink = (frame: Frame) => Promise<void> | void

export interface Subscription {
  /** Settles when nothing more will be sent; never rejects. */
  readonly ended: Promise<void>
  close(): void
}

export interface EventHub {
  /** Takes an event that this process has committed. Returns at once, however slow the windows are. */
  published(runId: string, event: Event): void
  /** Checks for events of other processes and a change of control. Called every `pollMs` by itself. */
  lookAround(): void
  /** Sends `hello`, then every event after that seq. */
  subscribe(runId: string, after: number, sink: Sink): Subscription
  close(): void
}

export interface EventHubOptions {
  readonly log: ReadableLog
  readonly engine: () => EngineState
  /** Milliseconds between checks for events of other processes; 0: only when called. */
  readonly pollMs?: number
  readonly pageSize?: number
  /** Events kept in memory for subscribers that keep up; the others read the log. */
  readonly tailSize?: number
}

interface Subscriber {
  readonly runId: string
  readonly sink: Sink
  after: number
  /** The engine's state as this subscriber knows it. */
  knows: string
  engineChanged: boolean
  open: boolean
  wake: PromiseWithResolvers<void>
}

/**
 * A hub over a log. There are no queues: a subscriber that falls behind reads the log, so a slow window costs neither
 * memory nor the engine.
 */
export function createEventHub({
  log,
  engine,
  pollMs = 250,
  pageSize = 500,
  tailSize = 1000,
}: EventHubOptions): EventHub {
  const subscribers = new Set<Subscriber>()
  // Of one run only: this process runs one at a time.
  let kept: { readonly runId: string; readonly tail: Event[] } | undefined
  let timer: NodeJS.Timeout | undefined

  const wakeAll = (which: (subscriber: Subscriber) => boolean) => {
    for (const subscriber of subscribers) if (which(subscriber)) subscriber.wake.resolve()
  }

  function published(runId: string, event: Event): void {
    if (kept?.runId !== runId || kept.tail.at(-1)?.seq !== event.seq - 1) kept = { runId, tail: [event] }
    else {
      const { tail } = kept
      tail.push(event)
      // Cut in large pieces: shifting at every event would cost more than the events.
      if (tail.length > 2 * tailSize) tail.splice(0, tail.length - tailSize)
    }
    wakeAll((subscriber) => subscriber.runId === runId)
  }

  function next({ runId, after: seq }: Subscriber): Event[] {
    const tail = kept?.runId === runId ? kept.tail : undefined
    const first = tail?.[0]?.seq ?? Number.POSITIVE_INFINITY
    const from = seq + 1 - first
    if (tail && from >= 0 && from < tail.length) return tail.slice(from, from + pageSize)
    return log.events(runId, seq, pageSize)
  }

  async function serve(subscriber: Subscriber): Promise<void> {
    const run = subscriber.runId
    const send = async (frame: Frame) => {
      if (!subscriber.open) return
      try {
        await subscriber.sink(frame)
      } catch {
        throw new WindowGone()
      }
    }
    await send({
      kind: 'hello',
      run,
      after: subscriber.after,
      lastSeq: log.lastSeq(run),
      engine: engineFor(subscriber),
    })
    while (subscriber.open) {
      subscriber.wake = Promise.withResolvers()
      if (subscriber.engineChanged) await send({ kind: 'engine', engine: engineFor(subscriber) })
      const events = next(subscriber)
      const last = events.at(-1)
      if (last) {
        subscriber.after = last.seq
        await send({ kind: 'events', run, events })
      } else await subscriber.wake.promise
      // All events of one turn are one frame, and the engine gets its turn between two pages.
      await new Promise<void>((resolve) => void setImmediate(resolve))
    }
  }

  function engineFor(subscriber: Subscriber): EngineState {
    const state = engine()
    subscriber.knows = JSON.stringify(state)
    subscriber.engineChanged = false
    return state
  }

  async function run(subscriber: Subscriber): Promise<void> {
    try {
      // The caller has its subscription before the first frame comes.
      await Promise.resolve()
      await serve(subscriber)
    } catch (thrown) {
      if (thrown instanceof WindowGone || !subscriber.open) return
      // The log cannot be read: the window gets the reason, and the seq from which to subscribe again.
      await Promise.resolve(
        subscriber.sink({ kind: 'gap', run: subscriber.runId, after: subscriber.after, failure: toFailure(thrown) }),
      ).catch(() => undefined)
    }
  }

  function lookAround(): void {
    for (const runId of new Set([...subscribers].map((subscriber) => subscriber.runId))) {
      const end = endOf(runId)
      wakeAll((subscriber) => subscriber.runId === runId && subscriber.after < end)
    }
    const state = engineNow()
    if (state !== undefined)
      for (const subscriber of subscribers) subscriber.engineChanged ||= subscriber.knows !== state
    wakeAll((subscriber) => subscriber.engineChanged)
  }

  // A database that is busy now must not end the process from within a timer.
  function engineNow(): string | undefined {
    try {
      return JSON.stringify(engine())
    } catch {
      return undefined
    }
  }

  // A log that cannot be read wakes its subscribers: reading it, they learn why.
  function endOf(runId: string): number {
    try {
      return log.lastSeq(runId)
    } catch {
      return Number.POSITIVE_INFINITY
    }
  }

  return {
    published,
    lookAround,
    subscribe(runId, seq, sink) {
      const subscriber: Subscriber = {
        runId,
        sink,
        after: seq,
        knows: '',
        engineChanged: false,
        open: true,
        wake: Promise.withResolvers(),
      }
      subscribers.add(subscriber)
      if (pollMs > 0) timer ??= setInterval(lookAround, pollMs)
      const ended = run(subscriber).finally(() => {
        subscriber.open = false
        subscribers.delete(subscriber)
        if (subscribers.size > 0) return
        clearInterval(timer)
        timer = undefined
      })
      return {
        ended,
        close: () => {
          end(subscriber)
        },
      }
    },
    close() {
      clearInterval(timer)
      for (const subscriber of subscribers) end(subscriber)
    },
  }
}

class WindowGone extends Error {}

function end(subscriber: Subscriber): void {
  subscriber.open = false
  subscriber.wake.resolve()
}
