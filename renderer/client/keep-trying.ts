/** Owns going on with a stream that broke: again and again, with growing pauses, from what the screen has folded by then. */
import type { Failure } from '../../domain/base/failure.ts'
import type { Watching } from './client.ts'

const firstPauseMs = 500
const longestPauseMs = 8000

export interface Told {
  /** Something came: the link stands. */
  readonly stands: () => void
  /** The stream broke: it is closed and begun again after a pause. */
  readonly broke: (failure: Failure) => void
}

/** Begins a stream and keeps it going until the returned function is called. `begin` returns what closes the stream. */
export function keepTrying(watching: Pick<Watching, 'onLink'>, begin: (told: Told) => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPauseMs
  let over = false
  let close = (): void => undefined
  const start = (): void => {
    let mine = true
    const told: Told = {
      stands() {
        pause = firstPauseMs
        watching.onLink(null)
      },
      broke(failure) {
        if (!mine) return
        mine = false
        close()
        if (over) return
        watching.onLink(failure)
        timer = setTimeout(start, pause)
        pause = Math.min(pause * 2, longestPauseMs)
      },
    }
    close = begin(told)
  }
  start()
  return () => {
    over = true
    clearTimeout(timer)
    close()
  }
}
