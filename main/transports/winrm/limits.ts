/** Limits of the WinRM transport, with the reason for each. */

export interface WinrmLimits {
  /** Milliseconds the host may keep a Receive before it says "not yet"; hosts allow up to 60 s (MaxTimeoutms). */
  readonly operationMs: number
  /**
   * Milliseconds beyond that after which an answer is given up: with little slack, slow hosts look dead (ansible PR
   * 78869).
   */
  readonly slackMs: number
  /**
   * The largest envelope either side sends, in bytes, until the host has said its own limit: what every Windows takes.
   */
  readonly envelopeBytes: number
  /** The largest envelope we ask a host for, even if it allows more. */
  readonly mostEnvelopeBytes: number
  /** Milliseconds after which an idle connection is replaced rather than used: half of what Windows keeps one. */
  readonly keepMs: number
  /** How often a Receive whose answer was lost is asked for again, in a row. */
  readonly receiveTries: number
  /** Shells at once on one host, all sessions together: what the smallest Windows allows one user. */
  readonly shells: number
  /** Milliseconds during which a host that is at its quota is asked again. */
  readonly quotaMs: number
  /**
   * Milliseconds after which the host ends a shell that nobody asks of: what is left behind by a workstation that died.
   */
  readonly idleMs: number
  /**
   * Milliseconds the host gets to delete a shell when a session ends; one that is down must not hold up whoever waits
   * for it.
   */
  readonly deleteMs: number
  /**
   * Milliseconds a PowerShell gets to say hello and to answer its first line. A first logon makes a profile, which
   * takes its time.
   */
  readonly startMs: number
  /** Milliseconds between the steps of ending a command: interrupt, terminate, let go. */
  readonly killMs: number
  /** Bytes of a file in one request; base64 three times over, that is five envelopes of 150 kB or two of 500 kB. */
  readonly filePartBytes: number
  /**
   * Bytes beyond which a file goes another way, if the plan has one: below, setting that up costs more than it saves.
   */
  readonly largeBytes: number
  /** Bytes written to a command that may wait here to be sent. */
  readonly waitingBytes: number
}

export const standardLimits: WinrmLimits = {
  operationMs: 20_000,
  slackMs: 15_000,
  envelopeBytes: 153_600,
  mostEnvelopeBytes: 512_000,
  keepMs: 60_000,
  receiveTries: 5,
  shells: 5,
  quotaMs: 60_000,
  idleMs: 900_000,
  deleteMs: 5_000,
  startMs: 45_000,
  killMs: 2_000,
  filePartBytes: 262_144,
  largeBytes: 10_000_000,
  waitingBytes: 1_048_576,
}
