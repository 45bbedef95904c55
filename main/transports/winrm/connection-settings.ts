/** Owns what a plan and a vault entry mean for a connection: which way to sign in, which certificate to accept. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { Credential, TrustStore } from '../../engine/ports.ts'
import { createSignIns, type SignIns } from '../shared/sign-ins.ts'
import type { WinrmAuth } from './auth/winrm-auth.ts'
import { openExchange } from './http/exchange.ts'
import { standardExchangeLimits } from './http/limits.ts'
import { describePeer, type Peer } from '../shared/peer.ts'
import type { Connect, WinrmReach } from './transport.ts'

/** Connections over HTTP and HTTPS. A certificate the plan names is the only one accepted; else the system store decides, or what was seen first. */
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

/** How a credential is shown. Throws FailureError `credential` when it cannot be shown that way. */
export function authOf(peer: Peer, { auth }: WinrmReach, credential: Credential): WinrmAuth {
  switch (auth) {
    case 'ntlm':
    case 'basic':
    case 'kerberos': {
      // The tickets of whoever runs this program stand for a credential of their own, as an SSH agent does.
      if (auth === 'kerberos' && credential.kind === 'agent') return { kind: 'kerberos', user: credential.user }
      if (credential.kind !== 'password')
        throw wrongKind(
          peer,
          credential,
          auth === 'ntlm' ? 'NTLM' : auth === 'basic' ? 'Basic' : 'Kerberos',
          auth === 'kerberos'
            ? 'a user and a password, or an agent for the tickets of whoever runs Rollout'
            : 'a user and a password',
        )
      const { user, password } = credential
      return { kind: auth, user, password }
    }
    case 'certificate': {
      if (credential.kind !== 'key')
        throw wrongKind(
          peer,
          credential,
          'a client certificate',
          'a certificate and its private key, in PEM, one after the other as the private key of the entry',
        )
      const blocks = [...credential.privateKey.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g)]
      const certificate = blocks
        .filter(([, label]) => label === 'CERTIFICATE')
        .map(([block]) => block)
        .join('\n')
      const privateKey = blocks.find(([, label]) => label?.endsWith('PRIVATE KEY') === true)?.[0]
      if (certificate === '' || privateKey === undefined)
        throw failed(
          'credential',
          'certificate-incomplete',
          `What the vault holds for ${describePeer(peer)} is not a client certificate with its private key.`,
          'Store both in PEM, one after the other, as the private key of the entry.',
        )
      return {
        kind: 'certificate',
        certificate,
        privateKey,
        ...(credential.passphrase !== undefined && { passphrase: credential.passphrase }),
      }
    }
  }
}

const words = { password: 'a password', key: 'a private key', agent: 'an SSH agent' } as const

function wrongKind(peer: Peer, credential: Credential, way: string, wanted: string): FailureError {
  return failed(
    'credential',
    'wrong-kind',
    `${describePeer(peer)} is to be reached with ${way}, and the vault holds ${words[credential.kind]} for it.`,
    `Store ${wanted}, or change hosts[].reach.auth in the plan.`,
  )
}
