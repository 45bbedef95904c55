/** Owns signing in on a fresh connection: every way shows its credential once and never again, because a host may lock an account. */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { FailureError } from '../../../../domain/base/failure.ts'
import { channelBinding } from '../auth/channel-binding.ts'
import { kerberosLogin, loadKerberos, ticketRefused } from '../auth/kerberos.ts'
import { ntlmContext } from '../auth/ntlm-context.ts'
import type { Sealing } from '../auth/sealing.ts'
import { readNegotiate, writeNegotiate } from '../auth/spnego.ts'
import { splitUser, type WinrmAuth } from '../auth/winrm-auth.ts'
import type { EndTurn } from '../../shared/sign-ins.ts'
import type { Peer } from '../../shared/peer.ts'
import { tokenOf, type Offer } from './challenges.ts'
import type { SeenCertificate } from './certificate-trust.ts'
import { certificateRefused, notWinrm, refused, signedOut, wayNotOffered } from './failures.ts'
import type { HttpAnswer, HttpLine } from './http-line.ts'

export interface SigningIn {
  readonly line: HttpLine
  readonly peer: Peer
  /** The name the host is known by to the domain. */
  readonly serviceName: string
  /** The host's, where there is TLS. */
  readonly certificate: SeenCertificate | undefined
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly takeTurn: TakeTurn
}

/** Waits until a password may be shown to the host, unless the signal calls it off; what it gives back is told how that ended. */
export type TakeTurn = (signal: AbortSignal) => Promise<EndTurn>

/** For what is no password: nobody's account is locked by it. */
export const atOnce: TakeTurn = () => Promise.resolve(() => undefined)

/** Work that shows a password, in its turn. */
export async function inTurn<T>(
  { takeTurn, signal }: Pick<SigningIn, 'takeTurn' | 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  const end = await takeTurn(signal)
  try {
    const done = await work()
    end('taken')
    return done
  } catch (error) {
    end(error instanceof FailureError && wrongPassword.includes(error.failure.code) ? 'refused' : 'unknown')
    throw error
  }
}

// A ticket is refused to a wrong password by the domain, which counts it as a host would.
const wrongPassword = ['refused', 'no-ticket']

/** A connection that is signed in. */
export interface SignedIn {
  /** What every request must carry. */
  readonly headers: Readonly<Record<string, string>>
  /** Where there is no TLS: everything goes through this, both ways. */
  readonly sealing?: Sealing
  /** Every request shows the password. */
  readonly showsPassword?: boolean
  /** What a 401 to a later request means. */
  unauthorized(offers: readonly Offer[]): FailureError
}

const nothing = Buffer.alloc(0)
const mostRounds = 5

/** Signs in. Throws FailureError: `credential` / `refused` when the credential was shown and not taken, `host` when this way is not offered. */
export function signIn(auth: WinrmAuth, on: SigningIn): Promise<SignedIn> {
  switch (auth.kind) {
    case 'ntlm':
      return signInByNtlm(auth, on)
    case 'kerberos':
      return usesPassword(auth) ? inTurn(on, () => signInByKerberos(auth, on)) : signInByKerberos(auth, on)
    case 'basic':
      return Promise.resolve({
        showsPassword: true,
        ...byHeader(`Basic ${Buffer.from(`${auth.user}:${auth.password}`, 'utf8').toString('base64')}`, (offers) =>
          offers.some(({ scheme }) => scheme.toLowerCase() === 'basic')
            ? refused(on.peer, `the password of ${auth.user}`, false)
            : wayNotOffered(on.peer, 'Basic', schemes(offers)),
        ),
      })
    case 'certificate':
      return Promise.resolve(
        byHeader('http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual', () =>
          certificateRefused(on.peer),
        ),
      )
  }
}

async function signInByNtlm(auth: Extract<WinrmAuth, { kind: 'ntlm' }>, on: SigningIn): Promise<SignedIn> {
  const { peer, certificate } = on
  const context = ntlmContext({
    ...splitUser(auth.user),
    password: auth.password,
    workstation: (hostname().split('.')[0] ?? '').toUpperCase().slice(0, 15),
    targetName: `HTTP/${on.serviceName}`,
    ...(certificate && { channelBinding: channelBinding(certificate.der) }),
    sealed: certificate === undefined,
    clientChallenge: randomBytes(8),
    sessionKey: randomBytes(16),
    now: Date.now(),
  })
  const asked = await negotiate(on, context.negotiate())
  if (asked.status !== 401) throw notWinrm(peer, asked.status)
  const said = tokenOf(asked.offers, 'Negotiate')
  const challenge = said === undefined ? undefined : readNegotiate(said)
  if (challenge?.token === undefined || challenge.rejected) throw wayNotOffered(peer, 'NTLM', schemes(asked.offers))
  const { token, sealing } = context.authenticate(challenge.token)
  await inTurn(on, async () => {
    const answer = await negotiate(on, challenge.wrapped ? writeNegotiate(token) : token)
    if (answer.status === 401) throw refused(peer, `the password of ${auth.user}`, certificate !== undefined)
    demandWinrm(peer, answer)
  })
  return { headers: {}, unauthorized: () => signedOut(peer), ...(certificate === undefined && { sealing }) }
}

type KerberosAuth = Extract<WinrmAuth, { kind: 'kerberos' }>

// Elsewhere than on Windows the tickets are there already, and the password is not used.
function usesPassword({ password }: KerberosAuth): boolean {
  return password !== undefined && process.platform === 'win32'
}

async function signInByKerberos(auth: KerberosAuth, on: SigningIn): Promise<SignedIn> {
  const { peer } = on
  const login = await kerberosLogin(
    await loadKerberos(),
    { service: `HTTP/${on.serviceName}`, ...auth },
    peer,
    process.platform,
  )
  // Windows may have gone over to NTLM by itself: then it was the password.
  const notTaken = () =>
    usesPassword(auth) ? refused(peer, `the password of ${auth.user ?? 'the user'}`, true) : ticketRefused(peer)
  let ours = await login('')
  for (let round = 0; round < mostRounds; round++) {
    const answer = await negotiate(on, Buffer.from(ours, 'base64'))
    const said = tokenOf(answer.offers, 'Negotiate')
    if (answer.status !== 401) {
      demandWinrm(peer, answer)
      // The host proves itself too.
      if (said) await login(said.toString('base64'))
      return { headers: {}, unauthorized: () => signedOut(peer) }
    }
    if (!said) {
      const offersIt = answer.offers.some(({ scheme }) => ['negotiate', 'kerberos'].includes(scheme.toLowerCase()))
      throw offersIt ? notTaken() : wayNotOffered(peer, 'Kerberos', schemes(answer.offers))
    }
    ours = await login(said.toString('base64'))
  }
  throw notTaken()
}

// The body stays empty until the host has let us in: what is to be done on it is not for whoever may listen.
function negotiate({ line, signal, timeoutMs }: SigningIn, token: Buffer): Promise<HttpAnswer> {
  return line.post({ Authorization: `Negotiate ${token.toString('base64')}` }, nothing, { signal, timeoutMs })
}

// A host that found fault with the empty body has let us in before it looked at it.
function demandWinrm(peer: Peer, { status }: HttpAnswer): void {
  if (![200, 400, 411, 500].includes(status)) throw notWinrm(peer, status)
}

function byHeader(value: string, unauthorized: SignedIn['unauthorized']): SignedIn {
  return { headers: { Authorization: value }, unauthorized }
}

function schemes(offers: readonly Offer[]): string[] {
  return [...new Set(offers.map(({ scheme }) => scheme))]
}
