/** Shows when the picture is painted: once per frame, seldom when events come thick, and always in the end. */
import { describe, expect, it } from 'vitest'
import { createPainter } from '../../../renderer/rollout/session/frame-batcher.ts'

function passedIn() {
  let now = 0
  let waiting: { work: () => void; at: number }[] = []
  return {
    clock: {
      now: () => now,
      frame: (work: () => void) => void waiting.push({ work, at: now + 16 }),
      later: (work: () => void, ms: number) => void waiting.push({ work, at: now + ms }),
    },
    pass(ms: number) {
      now += ms
      const due = waiting.filter(({ at }) => at <= now)
      waiting = waiting.filter(({ at }) => at > now)
      for (const { work } of due) work()
    },
  }
}

describe('painting', () => {
  it('paints once for all events of a frame', () => {
    const time = passedIn()
    let painted = 0
    const painter = createPainter(() => void painted++, time.clock)
    painter.folded(3)
    painter.folded(5)
    expect(painted).toBe(0)
    time.pass(16)
    expect(painted).toBe(1)
  })

  it('paints at most every 100 ms when more than 60 events come in a second, and shows the last one', () => {
    const time = passedIn()
    let painted = 0
    const painter = createPainter(() => void painted++, time.clock)
    for (let i = 0; i < 50; i++) {
      painter.folded(4)
      time.pass(16)
    }
    expect(painted).toBeGreaterThan(5)
    expect(painted).toBeLessThanOrEqual(25)
    const sofar = painted
    painter.folded(1)
    time.pass(100)
    expect(painted).toBeGreaterThan(sofar)
  })
})
