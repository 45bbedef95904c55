/** The clocks: real time, and virtual time that jumps to the next timer when nothing else is left to do. */
import type { Clock } from '../../engine/ports.ts'

export interface SystemClockOptions {
  /** Site milliseconds per real millisecond; 1 unless given. */
  readonly speed?: number
  /**
   * Unix milliseconds at which site time and real time agree. It must stay the same over restarts, or site time would
   * run backwards.
   */
  readonly since?: number
}

/** The clock of this machine, or one that runs `speed` times as fast since the moment `since`. */
export function systemClock(options: SystemClockOptions = {}): Clock {
  const speed = options.speed ?? 1
  if (!(speed > 0)) throw new RangeError(`speed must be above 0, got ${speed}`)
  const since = options.since ?? 0
  return {
    now: () => (speed === 1 ? Date.now() : Math.floor(since + (Date.now() - since) * speed)),
    sleep: (ms, signal) => realSleep(ms / speed, signal),
  }
}

export interface VirtualClock extends Clock {
  /**
   * Moves time on by hand, waking in order every sleep that falls due; resolves when what they started has come to
   * rest.
   */
  advance(ms: number): Promise<void>
  /** How many sleeps are waiting. */
  waiting(): number
  /**
   * Keeps time from jumping until the returned function is called: for work that waits on something which is not a
   * sleep.
   */
  hold(): () => void
}

export interface VirtualClockOptions {
  /** Jump by itself when everything waits on timers; true unless given. */
  readonly auto?: boolean
}

/**
 * A clock that starts at `start` (Unix milliseconds) and costs no waiting. When every activity of this process has come
 * to rest in sleeps, time jumps to the earliest of them; equal deadlines wake in the order in which they were asked
 * for. Rest is seen by event-loop turns without a new sleep and without file requests under way; work on sockets, child
 * processes or in scrypt is not seen, so it must hold().
 */
export function virtualClock(start: number, options: VirtualClockOptions = {}): VirtualClock {
  const auto = options.auto ?? true
  const timers = timerHeap()
  let time = start
  let asked = 0
  let holds = 0
  let watching = false

  const wake = (timer: Timer) => {
    time = Math.max(time, timer.at)
    timer.fire()
  }
  const watch = () => {
    if (!auto || watching || holds > 0 || timers.size() === 0) return
    watching = true
    void atRest(() => asked).then(() => {
      watching = false
      const next = timers.peek()
      if (next && holds === 0) {
        for (let due: Timer | undefined = next; due && due.at === next.at; due = timers.peek()) wake(timers.pop())
      }
      watch()
    })
  }

  return {
    now: () => time,
    waiting: () => timers.size(),
    hold: () => {
      holds++
      let held = true
      return () => {
        if (!held) return
        held = false
        holds--
        watch()
      }
    },
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.resolve()
      asked++
      return new Promise((resolve) => {
        const onAbort = () => {
          timers.remove(timer)
          asked++
          resolve()
        }
        const timer = timers.add(time + Math.max(0, ms), () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        })
        signal?.addEventListener('abort', onAbort, { once: true })
        watch()
      })
    },
    advance: async (ms) => {
      const target = time + ms
      await atRest(() => asked)
      for (let next = timers.peek(); next && next.at <= target; next = timers.peek()) {
        wake(timers.pop())
        await atRest(() => asked)
      }
      time = Math.max(time, target)
    },
  }
}

// Two turns in a row in which nobody asked for anything: all promises that could go on have gone on.
async function atRest(asked: () => number): Promise<void> {
  for (let quiet = 0, seen = asked(); quiet < 2;) {
    await new Promise<void>((resolve) => void setImmediate(resolve))
    const now = asked()
    quiet = now === seen ? quiet + 1 : 0
    seen = now
    if (quiet === 2 && workUnderWay()) quiet = 0
  }
}

// File requests are served by the thread pool and may need many turns: time must not jump over them.
function workUnderWay(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq') || name === 'CloseReq')
}

// Node fires a longer timeout at once.
const longestTimeout = 2 ** 31 - 1

function realSleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const onAbort = () => {
      clearTimeout(timeout)
      resolve()
    }
    const timeout = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      },
      Math.min(ms, longestTimeout),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly fire: () => void
  index: number
}

// A binary heap ordered by deadline, then by the order of asking; each timer knows its place so that an aborted one
// leaves at once.
function timerHeap() {
  const heap: Timer[] = []
  let orders = 0
  const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)
  const at = (i: number): Timer => {
    const timer = heap[i]
    if (!timer) throw new Error(`no timer at ${i}`)
    return timer
  }
  const place = (timer: Timer, i: number) => {
    heap[i] = timer
    timer.index = i
  }
  const up = (timer: Timer) => {
    let i = timer.index
    for (let parent = (i - 1) >> 1; i > 0 && before(timer, at(parent)); parent = (i - 1) >> 1) {
      place(at(parent), i)
      i = parent
    }
    place(timer, i)
  }
  const down = (timer: Timer) => {
    let i = timer.index
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(at(child + 1), at(child))) child++
      if (!before(at(child), timer)) break
      place(at(child), i)
      i = child
    }
    place(timer, i)
  }
  const remove = (timer: Timer) => {
    if (heap[timer.index] !== timer) return
    const last = at(heap.length - 1)
    heap.pop()
    if (last === timer) return
    place(last, timer.index)
    up(last)
    down(last)
  }
  return {
    size: () => heap.length,
    peek: () => heap[0],
    add: (deadline: number, fire: () => void): Timer => {
      const timer: Timer = { at: deadline, order: orders++, fire, index: heap.length }
      heap.push(timer)
      up(timer)
      return timer
    },
    pop: (): Timer => {
      const first = at(0)
      remove(first)
      return first
    },
    remove,
  }
}
