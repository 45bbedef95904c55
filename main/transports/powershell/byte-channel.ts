/** Owns ByteChannel: the three streams of one PowerShell on a host, whatever way we got there. */
import type { Readable, Writable } from 'node:stream'
import type { FailureError } from '../../../domain/base/failure.ts'

/** How a process ended. `code` is null when nobody knows it (a lost link, a signal); `reason` is a sentence for the operator. */
export interface ChannelExit {
  readonly code: number | null
  readonly reason: string
  /** Where the link was not lost, but the host or we ended it for a reason that no new link would mend. */
  readonly failure?: FailureError
}

/**
 * One started process. `stdout` and `stderr` may give Buffers or UTF-8 strings. `exit` resolves once the process or the link
 * to it is gone, and never rejects. `kill` ends the process, or at least the link; it may be called more than once and never throws.
 */
export interface ByteChannel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exit: Promise<ChannelExit>
  kill(): void
}

/** Starts a PowerShell that runs the bootstrap (bootstrap.ts). Throws FailureError when the host cannot be reached or has no PowerShell. */
export type OpenChannel = (signal: AbortSignal) => Promise<ByteChannel>
