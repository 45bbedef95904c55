/** The three streams of one PowerShell on a host, however it is reached. */
import type { Readable, Writable } from 'node:stream'
import type { FailureError } from '../../../domain/base/failure.ts'

/**
 * How a process ended. `code` is null if it is unknown (a lost link, a signal); `reason` is a sentence for the
 * operator.
 */
export interface ChannelExit {
  readonly code: number | null
  readonly reason: string
  /** Set if the host or we ended the process for a reason that a new link would meet again. */
  readonly failure?: FailureError
}

/**
 * One started process. `stdout` and `stderr` may give Buffers or UTF-8 strings. `exit` resolves once the process or the
 * link to it is gone, and never rejects. `kill` ends the process, or at least the link; it may be called more than once
 * and never throws.
 */
export interface ByteChannel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exit: Promise<ChannelExit>
  kill(): void
}

/**
 * Starts a PowerShell that runs the bootstrap (bootstrap.ts). Throws FailureError when the host cannot be reached or
 * has no PowerShell.
 */
export type OpenChannel = (signal: AbortSignal) => Promise<ByteChannel>

/**
 * Waits, at most a second, until the output of an ended process has been read. A stream may end without its rest if the
 * link is lost.
 */
export async function drained(channel: ByteChannel): Promise<void> {
  const streams = [channel.stdout, channel.stderr].map(async (stream) => {
    if (!stream.readableEnded && !stream.destroyed)
      await new Promise<void>((resolve) => {
        stream.once('end', resolve).once('close', resolve)
      })
  })
  let timer: NodeJS.Timeout | undefined
  await Promise.race([
    Promise.all(streams),
    new Promise((resolve) => {
      timer = setTimeout(resolve, 1_000)
    }),
  ])
  clearTimeout(timer)
}
