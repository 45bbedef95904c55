/**
 * Standard input of a command: what is written in one turn is sent in one request, in order, as much as fits into an
 * envelope.
 */
import { Writable } from 'node:stream'

/**
 * A stream whose bytes are sent by `send`, the last of them with `end` set. `payloadBytes` is called before each
 * request. A failed send destroys the stream with its error: the bytes may have arrived, so they are not sent again.
 */
export function sendingInput(
  send: (bytes: Buffer, end: boolean) => Promise<void>,
  payloadBytes: () => number,
  waitingBytes: number,
): Writable {
  let waiting: Buffer[] = []
  let size = 0
  let sending = false
  let blockedWrite: (() => void) | undefined
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
          const next = blockedWrite
          blockedWrite = undefined
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
      if (size > waitingBytes) blockedWrite = done
      else done()
    },
    final(done) {
      finish = done
      schedule()
    },
  })
  return stream
}
