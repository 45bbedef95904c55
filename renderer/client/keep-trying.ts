/** Opens a broken stream again, with growing pauses, from the last event that the view has folded. */
import type { Failure } from '../../domain/base/failure.ts'
import type { Watching } from './client.ts'

const firstPauseMs = 500
const longestPauseMs = 8000

export interface StreamListener {
  /** Something came: the link works. */
  readonly works: () => void
  /** The stream broke: it is closed and opened again after a pause. */
  readonly broke: (failure: Failure) => void
}

/** Opens a stream and keeps it open until the returned function is called. `begin` returns what closes the stream. */
export function keepTrying(
  watching: Pick<Watching, 'onLink'>,
  begin: (listener: StreamListener) => () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPauseMs
  let over = false
  let close = (): void => undefined
  const start = (): void => {
    let current = true
    const listener: StreamListener = {
      works() {
        pause = firstPauseMs
        watching.onLink(null)
      },
      broke(failure) {
        if (!current) return
        current = false
        close()
        if (over) return
        watching.onLink(failure)
        timer = setTimeout(start, pause)
        pause = Math.min(pause * 2, longestPauseMs)
      },
    }
    close = begin(listener)
  }
  start()
  return () => {
    over = true
    clearTimeout(timer)
    close()
  }
}
