/** The numbers of the ssh transport: time limits, counts and sizes, each with its reason. */

export interface SshLimits {
  /** Milliseconds for name resolution and the TCP connection. */
  readonly connectMs: number
  /** Milliseconds from the connection until the host has let us in. */
  readonly readyMs: number
  /** Milliseconds between two looks at whether the link lives; at each, the host is asked for a sign. */
  readonly keepaliveMs: number
  /**
   * So many looks without one byte from the host, and the link is dead. Counted, not timed: a workstation that slept
   * gets its full wait after waking.
   */
  readonly silentLooks: number
  /**
   * Channels at once on one connection. OpenSSH allows 10 but frees them late: with 8 in use some were refused, with 5
   * none of 200.
   */
  readonly channels: number
  /** Milliseconds during which a refused channel is asked for again. */
  readonly channelMs: number
  /**
   * Bytes of one SFTP write or read. OpenSSH for Windows was seen to fail writes above 100 KiB
   * (PowerShell/Win32-OpenSSH#1395): 64 KiB is safe everywhere.
   */
  readonly chunkBytes: number
  /**
   * The same for hosts with POSIX paths: 256 KiB less room for the request is the most that OpenSSH takes there; it
   * costs a third less of our processor.
   */
  readonly posixChunkBytes: number
  /** Bytes under way at most in one direction: what OpenSSH's window of 2 MiB lets through. */
  readonly inFlightBytes: number
  /**
   * An answer within so many milliseconds means that enough is under way; more would only wait in memory (310 against
   * 430 MB/s over loopback).
   */
  readonly promptAnswerMs: number
  /**
   * An answer that takes longer than this many milliseconds halves what is under way, so that a slow link never holds
   * seconds of it.
   */
  readonly slowAnswerMs: number
}

export const standardLimits: SshLimits = {
  connectMs: 15_000,
  readyMs: 30_000,
  keepaliveMs: 5_000,
  silentLooks: 4,
  channels: 5,
  channelMs: 10_000,
  chunkBytes: 65_536,
  posixChunkBytes: 260_096,
  inFlightBytes: 2_097_152,
  promptAnswerMs: 20,
  slowAnswerMs: 1_000,
}

/** The limits for files of a host, by the spelling of its paths. */
export function limitsFor(limits: SshLimits, hostPath: string): SshLimits {
  return hostPath.startsWith('/') ? { ...limits, chunkBytes: limits.posixChunkBytes } : limits
}
