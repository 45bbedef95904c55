/** The sign-ins of WinRM, and which of them may use which connection. */
import type { FailureError } from '../../../../domain/base/failure.ts'
import type { Peer } from '../../shared/peer.ts'
import { basicNeedsHttps, certificateNeedsHttps, kerberosNeedsHttps } from './failures.ts'

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
  /**
   * With the tickets of the user who runs this program, which must be `user`; a password counts on Windows only.
   * `service` is HTTP/NAME if it is not HTTP/ and the host's address.
   */
  | { readonly kind: 'kerberos'; readonly user?: string; readonly password?: string; readonly service?: string }

/** Splits a user as Windows does: a user principal name stays whole and has no domain. */
export function splitUser(written: string): { readonly user: string; readonly domain: string } {
  const backslash = written.indexOf('\\')
  return backslash < 0
    ? { user: written, domain: '' }
    : { user: written.slice(backslash + 1), domain: written.slice(0, backslash) }
}

/** The failure of a sign-in that must not use such a connection, before anything is sent; undefined if it may. */
export function wrongConnection(auth: WinrmAuth, tls: boolean, peer: Peer): FailureError | undefined {
  if (tls || auth.kind === 'ntlm') return undefined
  switch (auth.kind) {
    case 'basic':
      return basicNeedsHttps(peer)
    case 'certificate':
      return certificateNeedsHttps(peer)
    case 'kerberos':
      return kerberosNeedsHttps(peer)
  }
}
