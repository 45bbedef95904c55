/** Owns the ways to sign in to WinRM, and which of them may go over which connection. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'

export type WinrmAuth =
  /** `user` is DOMAIN\user, user@domain, .\user for an account of the host, or a bare name. */
  | { readonly kind: 'ntlm'; readonly user: string; readonly password: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  /** PEM texts. The host maps the certificate to one of its own accounts. */
  | {
      readonly kind: 'certificate'
      readonly certificate: string
      readonly privateKey: string
      readonly passphrase?: string
    }
  /** With the tickets of whoever runs this program, which must be `user`'s; a password counts on Windows only. `service` is HTTP/NAME where it is not HTTP/ and the host's address. */
  | { readonly kind: 'kerberos'; readonly user?: string; readonly password?: string; readonly service?: string }

/** Takes a user apart as Windows does: a user principal name stays whole and goes without a domain. */
export function splitUser(written: string): { readonly user: string; readonly domain: string } {
  const backslash = written.indexOf('\\')
  return backslash < 0
    ? { user: written, domain: '' }
    : { user: written.slice(backslash + 1), domain: written.slice(0, backslash) }
}

/** Why this way cannot go over that connection, before anything is sent; undefined where it can. */
export function wrongConnection(auth: WinrmAuth, tls: boolean, peer: Peer): FailureError | undefined {
  if (tls || auth.kind === 'ntlm') return undefined
  const at = describePeer(peer)
  switch (auth.kind) {
    case 'basic':
      return failed(
        'plan',
        'basic-needs-https',
        `Basic would show the password to everybody on the way to ${at}, so it is not used without HTTPS.`,
        'Give the host an HTTPS listener (port 5986) and say so in the plan, or use NTLM, which seals what it sends.',
      )
    case 'certificate':
      return failed(
        'plan',
        'certificate-needs-https',
        `A client certificate can only be shown over HTTPS, and ${at} is to be reached without.`,
        'Give the host an HTTPS listener (port 5986) and say so in the plan.',
      )
    case 'kerberos':
      return failed(
        'plan',
        'kerberos-needs-https',
        `Kerberos to ${at} needs HTTPS: the optional package kerberos cannot seal messages for plain HTTP outside Windows, and Rollout does not seal with it on Windows either.`,
        'Give the host an HTTPS listener (port 5986) and say so in the plan, or use NTLM on port 5985.',
      )
  }
}
