/** What the WinRM transport tells a person beside its failures. */

export const winrmText = {
  credential: { password: 'a password', key: 'a private key', agent: 'an SSH agent' },
  clientCertificate: 'a client certificate',
  wantPassword: 'a user and a password',
  wantPasswordOrTicket: 'a user and a password, or an agent to use the Kerberos tickets of the current user',
  wantCertificate: 'a certificate and its private key in PEM, one after the other, as the private key of the entry',
  endedUnknown: (program: string) => `${program} ended on the host with an unknown exit code.`,
  endedWithCode: (program: string, code: number) => `${program} ended on the host with exit code ${code}.`,
} as const

/** Why a host cannot fetch a file from this workstation. */
export const pullText = {
  address: (local: string, port: number) => `${local} port ${port} of this workstation`,
  cannotListen: (local: string, port: number, code: string) =>
    `This workstation cannot listen on ${local} port ${port} (${code}).`,
  notConnected: (here: string, detail: string) =>
    `The host cannot connect to ${here}.${detail} A firewall on this workstation or on the path may block it.`,
  otherCertificate: (here: string) => `Another program answers the host at ${here}: it shows another certificate.`,
  keepsBreaking: (here: string, detail: string) =>
    `The connection from the host to ${here} breaks repeatedly.${detail}`,
  stranger: (expected: string, seen: string) =>
    `Rollout expected the host to connect from ${expected}. It refused connections from ${seen}.`,
  noAnswer: (here: string, detail: string) => `The host connected to ${here} and got no answer.${detail}`,
  refused: (here: string, status: number) => `Rollout refused the host at ${here} with HTTP status ${status}.`,
  sentThroughWinrm: (why: string) => `${why} The file goes through WinRM instead, which is slower.`,
} as const
