/** Owns the socket under a connection: what ssh2 writes in one turn leaves in one piece. */
import { Socket, type SocketConstructorOpts } from 'node:net'

type Done = (error?: Error | null) => void

/**
 * A TCP socket that gathers the writes of one turn of the event loop.
 * ssh2 writes each packet in three pieces (length, text, tag). With Nagle's algorithm off, as it must be here (90 ms a command
 * otherwise), each piece would be a system call and a segment of its own; gathered, SFTP moves 1.3 to 1.6 times the bytes a second.
 */
export class CorkedSocket extends Socket {
  #gathering = false

  constructor(options?: SocketConstructorOpts) {
    super(options)
    this.setNoDelay(true)
  }

  override write(data: Uint8Array | string, done?: Done): boolean
  override write(data: Uint8Array | string, encoding?: BufferEncoding, done?: Done): boolean
  override write(data: Uint8Array | string, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (!this.#gathering) {
      this.#gathering = true
      this.cork()
      process.nextTick(() => {
        this.#gathering = false
        this.uncork()
      })
    }
    return typeof encoding === 'string' ? super.write(data, encoding, done) : super.write(data, encoding)
  }
}
