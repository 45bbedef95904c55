/**
 * Signs in on a fresh connection. Every sign-in sends its credential once and never again, because a host may lock an
 * account.
 */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { FailureError } from '../../../../domain/base/failure.ts'
import { channelBinding } from '../auth/channel-binding.ts'
import { ticketRefused } from '../auth/failures.ts'
import { kerberosLogin, loadKerberos } from '../auth/kerberos.ts'
import { ntlmContext } from '../auth/ntlm-context.ts'
import type { Sealing } from '../auth/sealing.ts'
import { readNegotiate, writeNegotiate } from '../auth/spnego.ts'
import { splitUser, type WinrmAuth } from '../auth/winrm-auth.ts'
import type { EndTurn } from '../../shared/sign-ins.ts'
import type { Peer } from '../../shared/peer.ts'
import { tokenOf, type Offer } from './challenges.ts'
import type { SeenCertificate } from './certificate-trust.ts'
import { certificateRefused, methodNotOffered, notWinrm, refused, signedOut } from './failures.ts'
import type { HttpAnswer, HttpLine } from './http-line.ts'
import { httpText } from './text.ts'

export interface SigningIn {
  readonly line: HttpLine
  readonly peer: Peer
  /** The name under which the domain knows the host. */
  readonly serviceName: string
  /** The host's, where there is TLS. */
  readonly certificate: SeenCertificate | undefined
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly takeTurn: TakeTurn
}

/**
 * Waits until the password may be sent to the host, or the signal aborts. Call the result with how the sign-in ended.
 */
export type TakeTurn = (signal: AbortSignal) => Promise<EndTurn>

/** For a credential that is no password: it cannot lock an account. */
export const atOnce: TakeTurn = () => Promise.resolve(() => undefined)

/** Runs work that sends a password when its turn comes. */
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

// For a wrong password the domain refuses a ticket, and counts the attempt as a host would.
const wrongPassword = ['refused', 'no-ticket']

/** A connection that is signed in. */
export interface SignedIn {
  /** What every request must carry. */
  readonly headers: Readonly<Record<string, string>>
  /** Set without TLS: encrypts everything in both directions. */
  readonly sealing?: Sealing
  /** True if every request contains the password. */
  readonly showsPassword?: boolean
  /** The failure that a 401 to a later request means. */
  unauthorized(offers: readonly Offer[]): FailureError
}

const nothing = Buffer.alloc(0)
const mostRounds = 5

/**
 * Signs in. Throws FailureError: `credential` / `refused` if the host refuses the credential, `host` if it does not
 * offer this sign-in.
 */
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
            ? refused(on.peer, httpText.passwordOf(auth.user), false)
            : methodNotOffered(on.peer, 'Basic', schemes(offers)),
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
  const answerToken = tokenOf(asked.offers, 'Negotiate')
  const challenge = answerToken === undefined ? undefined : readNegotiate(answerToken)
  if (challenge?.token === undefined || challenge.rejected) throw methodNotOffered(peer, 'NTLM', schemes(asked.offers))
  const { token, sealing } = context.authenticate(challenge.token)
  await inTurn(on, async () => {
    const answer = await negotiate(on, challenge.wrapped ? writeNegotiate(token) : token)
    if (answer.status === 401) throw refused(peer, httpText.passwordOf(auth.user), certificate !== undefined)
    demandWinrm(peer, answer)
  })
  return { headers: {}, unauthorized: () => signedOut(peer), ...(certificate === undefined && { sealing }) }
}

type KerberosAuth = Extract<WinrmAuth, { kind: 'kerberos' }>

// Only Windows uses the password; elsewhere the tickets exist already.
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
  // Windows may have switched to NTLM by itself: then the host refused the password.
  const notTaken = () =>
    usesPassword(auth) ? refused(peer, httpText.passwordOf(auth.user), true) : ticketRefused(peer)
  let ours = await login('')
  for (let round = 0; round < mostRounds; round++) {
    const answer = await negotiate(on, Buffer.from(ours, 'base64'))
    const hostToken = tokenOf(answer.offers, 'Negotiate')
    if (answer.status !== 401) {
      demandWinrm(peer, answer)
      // The host proves its identity too.
      if (hostToken) await login(hostToken.toString('base64'))
      return { headers: {}, unauthorized: () => signedOut(peer) }
    }
    if (!hostToken) {
      const offersIt = answer.offers.some(({ scheme }) => ['negotiate', 'kerberos'].includes(scheme.toLowerCase()))
      throw offersIt ? notTaken() : methodNotOffered(peer, 'Kerberos', schemes(answer.offers))
    }
    ours = await login(hostToken.toString('base64'))
  }
  throw notTaken()
}

// The body stays empty until the sign-in has succeeded: an eavesdropper must not learn what we run.
function negotiate({ line, signal, timeoutMs }: SigningIn, token: Buffer): Promise<HttpAnswer> {
  return line.post({ Authorization: `Negotiate ${token.toString('base64')}` }, nothing, { signal, timeoutMs })
}

// A host that rejects the empty body has accepted the sign-in before.
function demandWinrm(peer: Peer, { status }: HttpAnswer): void {
  if (![200, 400, 411, 500].includes(status)) throw notWinrm(peer, status)
}

function byHeader(value: string, unauthorized: SignedIn['unauthorized']): SignedIn {
  return { headers: { Authorization: value }, unauthorized }
}

function schemes(offers: readonly Offer[]): string[] {
  return [...new Set(offers.map(({ scheme }) => scheme))]
}
