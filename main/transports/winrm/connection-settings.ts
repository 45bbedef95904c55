/** Derives from plan and vault entry how to sign in and which certificate to accept. */
import type { Credential, TrustStore } from '../../engine/ports.ts'
import { createSignIns, type SignIns } from '../shared/sign-ins.ts'
import type { WinrmAuth } from './auth/winrm-auth.ts'
import { openExchange } from './http/exchange.ts'
import { standardExchangeLimits } from './http/limits.ts'
import type { Peer } from '../shared/peer.ts'
import { certificateIncomplete, wrongKind } from './failures.ts'
import { winrmText } from './text.ts'
import type { Connect, WinrmReach } from './transport.ts'

/**
 * Connections over HTTP and HTTPS. If the plan names a certificate, only that one is accepted; otherwise the system
 * store or the first sight decides.
 */
export function connectByHttp(trust: TrustStore, signIns: SignIns = createSignIns()): Connect {
  return (peer, reach, credential) => {
    const auth = authOf(peer, reach, credential)
    const target = { name: peer.name, host: peer.address, port: peer.port, tls: reach.tls }
    const accepted =
      reach.certificate === undefined
        ? { kind: 'first-sight' as const, store: trust }
        : { kind: 'fingerprint' as const, fingerprint: reach.certificate }
    return (signal) =>
      openExchange(
        target,
        auth,
        accepted,
        standardExchangeLimits,
        signal,
        credential.kind === 'password' ? (asking) => signIns.turn(credential, peer.name, asking) : undefined,
      )
  }
}

/**
 * The sign-in with a credential. Throws FailureError `credential` if the credential does not suit the sign-in of the
 * plan.
 */
export function authOf(peer: Peer, { auth }: WinrmReach, credential: Credential): WinrmAuth {
  switch (auth) {
    case 'ntlm':
    case 'basic':
    case 'kerberos': {
      // The tickets of the current user are a credential of their own, as an SSH agent is.
      if (auth === 'kerberos' && credential.kind === 'agent') return { kind: 'kerberos', user: credential.user }
      if (credential.kind !== 'password')
        throw wrongKind(
          peer,
          credential,
          auth === 'ntlm' ? 'NTLM' : auth === 'basic' ? 'Basic' : 'Kerberos',
          auth === 'kerberos' ? winrmText.wantPasswordOrTicket : winrmText.wantPassword,
        )
      const { user, password } = credential
      return { kind: auth, user, password }
    }
    case 'certificate': {
      if (credential.kind !== 'key')
        throw wrongKind(peer, credential, winrmText.clientCertificate, winrmText.wantCertificate)
      const blocks = [...credential.privateKey.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g)]
      const certificate = blocks
        .filter(([, label]) => label === 'CERTIFICATE')
        .map(([block]) => block)
        .join('\n')
      const privateKey = blocks.find(([, label]) => label?.endsWith('PRIVATE KEY') === true)?.[0]
      if (certificate === '' || privateKey === undefined) throw certificateIncomplete(peer)
      return {
        kind: 'certificate',
        certificate,
        privateKey,
        ...(credential.passphrase !== undefined && { passphrase: credential.passphrase }),
      }
    }
  }
}
