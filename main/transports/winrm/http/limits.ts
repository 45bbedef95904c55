/** Limits of one HTTP connection to WinRM, with the reason for each. */

export interface ExchangeLimits {
  /** Milliseconds for name resolution and the TCP connection. */
  readonly connectMs: number
  /**
   * Milliseconds for TLS, and for each request of the sign-in. A domain controller that is far away is asked meanwhile.
   */
  readonly signInMs: number
  /** Milliseconds between two pieces of an answer that has begun. */
  readonly idleMs: number
  /** Bytes of an answer's body. We ask for envelopes of at most 500 kB; sealed they are a little longer. */
  readonly answerBytes: number
  /** Bytes of an answer's header: a Kerberos token with many groups has up to 64 kB in base64. */
  readonly headerBytes: number
}

export const standardExchangeLimits: ExchangeLimits = {
  connectMs: 15_000,
  signInMs: 30_000,
  idleMs: 15_000,
  answerBytes: 2_097_152,
  headerBytes: 98_304,
}
