/** Limits repainting: once per frame, or every 100 ms while more than 60 events arrive per second. */
export interface PainterClock {
  now(): number
  /** Calls `work` before the next frame. */
  frame(work: () => void): void
  later(work: () => void, ms: number): void
}

const busyPerSecond = 60
const busyPauseMs = 100

export interface Painter {
  /** Reports that `events` more events are folded and wait to be shown. */
  folded(events: number): void
}

/**
 * Creates a painter that calls `paint` at most once per frame; above 60 events a second at most once in 100 ms.
 * The last state is always painted.
 */
export function createPainter(paint: () => void, clock: PainterClock): Painter {
  let waiting = false
  let windowStart = clock.now()
  let inWindow = 0
  let paintedAt = Number.NEGATIVE_INFINITY
  const show = (): void => {
    waiting = false
    paintedAt = clock.now()
    paint()
  }
  return {
    folded(events) {
      const now = clock.now()
      if (now - windowStart >= 1000) {
        windowStart = now
        inWindow = 0
      }
      inWindow += events
      if (waiting) return
      waiting = true
      const pause = inWindow > busyPerSecond ? busyPauseMs - (now - paintedAt) : 0
      if (pause > 0) clock.later(show, pause)
      else clock.frame(show)
    },
  }
}

/** Returns the clock of a window. A hidden window gets no frames, so a timer keeps the tab's title up to date. */
export function windowClock(): PainterClock {
  return {
    now: () => performance.now(),
    frame: (work) => {
      if (document.hidden) setTimeout(work, busyPauseMs)
      else requestAnimationFrame(work)
    },
    later: (work, ms) => {
      setTimeout(work, ms)
    },
  }
}
