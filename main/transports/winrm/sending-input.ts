/** Owns standard input of a command: what is written in one turn is sent in one request, in order, as much at a time as an envelope takes. */
import { Writable } from 'node:stream'

/**
 * A stream whose bytes go out by `send`, the last of them with `end` set. `payloadBytes` is asked before each request. A send that fails destroys
 * the stream with its error: it may have arrived, so it is not repeated.
 */
export function sendingInput(
  send: (bytes: Buffer, end: boolean) => Promise<void>,
  payloadBytes: () => number,
  waitingBytes: number,
): Writable {
  let waiting: Buffer[] = []
  let size = 0
  let sending = false
  let held: (() => void) | undefined
  let finish: (() => void) | undefined

  const flush = async () => {
    sending = true
    try {
      while (size > 0 || finish) {
        const all = Buffer.concat(waiting)
        const piece = all.subarray(0, payloadBytes())
        waiting = piece.length < all.length ? [all.subarray(piece.length)] : []
        size -= piece.length
        const done = size === 0 ? finish : undefined
        await send(piece, done !== undefined)
        if (done) {
          finish = undefined
          done()
        }
        if (size <= waitingBytes) {
          const next = held
          held = undefined
          next?.()
        }
      }
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)))
    } finally {
      sending = false
    }
  }
  const schedule = () => {
    if (sending) return
    sending = true
    setImmediate(() => {
      void flush()
    })
  }
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      waiting.push(chunk)
      size += chunk.length
      schedule()
      if (size > waitingBytes) held = done
      else done()
    },
    final(done) {
      finish = done
      schedule()
    },
  })
  return stream
}
