/** What the HTTP connection to WinRM tells a person beside its failures. */

export const httpText = {
  hostClosed: 'the host closed it',
  hostClosedConnection: 'the host closed the connection',
  noAnswer: (ms: number) => `no answer within ${ms} ms`,
  tlsTimeout: (ms: number) => `accepted the connection but did not finish TLS within ${ms} ms`,
  acceptedWithoutAnswer: (ms: number) => `accepted the connection but did not answer within ${ms} ms`,
  didNotAnswer: (ms: number) => `did not answer within ${ms} ms`,
  answerStopped: (ms: number) => `began to answer and then sent nothing for ${ms} ms`,
  spokeUnasked: 'it sent data before any request',
  encoded: (encoding: string) => `the answer is encoded as ${encoding}`,
  sealedInTls: 'the answer is encrypted again inside TLS',
  notUtf8: 'the text of the answer is not UTF-8',
  passwordOf: (user: string | undefined) => `the password of ${user ?? 'the user'}`,
  keyUsage: (uses: readonly string[]) => `extended key usage ${uses.join(', ')}`,
  issuerDates: 'one of its issuers has expired or is not yet valid',
  selfSigned: 'it is self-signed',
  issuerUntrusted: (issuer: string) => `its issuer (${issuer}) is not a trusted root`,
} as const
