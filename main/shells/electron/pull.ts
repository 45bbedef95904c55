/** A pulled stream: the hub offers one frame and prepares the next only when the window has taken it. */
import type { EventHub } from '../../app/service/event-hub.ts'

export interface PulledStream {
  /** The next frame as text, once there is one; null when there will be none. */
  next(): Promise<string | null>
  close(): void
}

/** Follows a run after that seq. */
export function pullEvents(hub: EventHub, runId: string, after: number): PulledStream {
  let offered: { readonly text: string; readonly taken: () => void; readonly gone: (why: Error) => void } | undefined
  let wanted: ((text: string | null) => void) | undefined
  let over = false
  const subscription = hub.subscribe(
    runId,
    after,
    (frame) =>
      new Promise<void>((taken, gone) => {
        const text = JSON.stringify(frame)
        if (over) gone(new Error('the window is gone'))
        else if (wanted) {
          wanted(text)
          wanted = undefined
          taken()
        } else offered = { text, taken, gone }
      }),
  )
  const end = (): void => {
    over = true
    wanted?.(null)
    wanted = undefined
  }
  void subscription.ended.then(end)
  return {
    next() {
      if (offered) {
        const { text, taken } = offered
        offered = undefined
        taken()
        return Promise.resolve(text)
      }
      if (over) return Promise.resolve(null)
      // Asked twice: only the later one is still listening.
      wanted?.(null)
      return new Promise((resolve) => {
        wanted = resolve
      })
    },
    close() {
      end()
      offered?.gone(new Error('the window is gone'))
      offered = undefined
      subscription.close()
    },
  }
}
