/** Signs in with Kerberos through the optional npm package `kerberos`, which is loaded only when a plan uses it. */
import { FailureError } from '../../../../domain/base/failure.ts'
import { hostInUrl, type Peer } from '../../shared/peer.ts'
import { kerberosFailure, kerberosMissing, noTicket, ticketOfAnother, ticketRefused } from './failures.ts'
import { authText } from './text.ts'
import { splitUser, type WinrmAuth } from './winrm-auth.ts'

/** The part of the package that we use (kerberos 2 to 7). Tokens are base64. */
export interface KerberosPackage {
  readonly GSS_MECH_OID_SPNEGO: number
  initializeClient(
    service: string,
    options: { readonly mechOID: number; readonly user?: string; readonly password?: string; readonly domain?: string },
  ): Promise<KerberosClient>
}

export interface KerberosClient {
  step(challenge: string): Promise<string>
  /** The owner of the ticket, user@REALM or DOMAIN\\user; set at the latest when the sign-in is complete. */
  readonly username?: string | null
}

/** A sign-in in progress: takes the host's token (empty at first), returns the next one of ours (empty when done). */
export type KerberosLogin = (challenge: string) => Promise<string>

// The name is in a variable, so that neither the types nor a bundler require the package.
const packageName = 'kerberos'

/** Loads the package as installed beside Rollout. Throws FailureError `kerberos-missing`. */
export async function loadKerberos(load: () => Promise<unknown> = () => import(packageName)): Promise<KerberosPackage> {
  let found: unknown
  try {
    found = await load()
  } catch (error) {
    throw kerberosMissing(error instanceof Error ? error.message : String(error))
  }
  const kerberos = [found, (found as { default?: unknown } | null)?.default].find(isKerberos)
  if (!kerberos) throw kerberosMissing(authText.otherKerberos)
  return kerberos
}

/**
 * Begins a sign-in. Tickets come from the session of the user who runs this program: kinit on Linux and macOS, the
 * logon on Windows. Throws FailureError: `credential`, or `link` if the domain does not answer.
 */
export async function kerberosLogin(
  kerberos: KerberosPackage,
  auth: Extract<WinrmAuth, { kind: 'kerberos' }>,
  peer: Peer,
  platform: NodeJS.Platform,
): Promise<KerberosLogin> {
  const windows = platform === 'win32'
  const service = auth.service ?? `HTTP/${hostInUrl(peer.address)}`
  const explain = (error: unknown, challenge: string) =>
    error instanceof FailureError ? error : explainFailure(peer, service, error, challenge !== '')
  try {
    const client = await kerberos.initializeClient(windows ? service : service.replace('/', '@'), {
      mechOID: kerberos.GSS_MECH_OID_SPNEGO,
      // On Unix the package knows only tickets; on Windows a user without a password would mean an empty password.
      ...(windows &&
        auth.password !== undefined && {
          password: auth.password,
          ...(auth.user !== undefined && { user: auth.user }),
        }),
    })
    return async (challenge) => {
      try {
        const token = await client.step(challenge)
        if (client.username && auth.user !== undefined && accountOf(client.username) !== accountOf(auth.user))
          throw ticketOfAnother(peer, client.username, auth.user)
        return token
      } catch (error) {
        throw explain(error, challenge)
      }
    }
  } catch (error) {
    throw explain(error, '')
  }
}

// A domain has several spellings, an account has one.
function accountOf(user: string): string {
  return (splitUser(user).user.split('@')[0] ?? '').toLowerCase()
}

function isKerberos(found: unknown): found is KerberosPackage {
  return (
    typeof found === 'object' &&
    found !== null &&
    'initializeClient' in found &&
    typeof found.initializeClient === 'function' &&
    'GSS_MECH_OID_SPNEGO' in found &&
    typeof found.GSS_MECH_OID_SPNEGO === 'number'
  )
}

function explainFailure(peer: Peer, service: string, error: unknown, hostSpoke: boolean): FailureError {
  const message = error instanceof Error ? error.message : String(error)
  const known = kerberosFailure(peer, service, message)
  if (known) return known
  return hostSpoke ? ticketRefused(peer, [message]) : noTicket(peer, service, [message])
}
