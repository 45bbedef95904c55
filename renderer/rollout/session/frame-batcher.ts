/** Owns when the screen is painted: events are folded as they arrive, the picture is shown once per frame, or every 100 ms when they come thick. */
export interface PainterClock {
  now(): number
  /** Calls back before the next frame. */
  frame(work: () => void): void
  later(work: () => void, ms: number): void
}

const thickPerSecond = 60
const thickPauseMs = 100

export interface Painter {
  /** Says that `events` more events are folded and wait to be shown. */
  folded(events: number): void
}

/** A painter that calls `paint` at most once per frame; above 60 events a second at most once in 100 ms. Whatever was folded last is always shown. */
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
      const pause = inWindow > thickPerSecond ? thickPauseMs - (now - paintedAt) : 0
      if (pause > 0) clock.later(show, pause)
      else clock.frame(show)
    },
  }
}

/** The clock of a window. A hidden window gets no frames: a timer takes their place, so that the tab's title stays true. */
export function windowClock(): PainterClock {
  return {
    now: () => performance.now(),
    frame: (work) => {
      if (document.hidden) setTimeout(work, thickPauseMs)
      else requestAnimationFrame(work)
    },
    later: (work, ms) => {
      setTimeout(work, ms)
    },
  }
}
