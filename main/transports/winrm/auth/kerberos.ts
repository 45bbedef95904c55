/** Owns signing in with Kerberos through the optional npm package `kerberos`, which is looked for only when a plan asks for it. */
import { failed, FailureError } from '../../../../domain/base/failure.ts'
import { hostInUrl, describePeer, type Peer } from '../../shared/peer.ts'
import { splitUser, type WinrmAuth } from './winrm-auth.ts'

/** As much of the package as is used (kerberos 2 to 7). Tokens are base64. */
export interface KerberosPackage {
  readonly GSS_MECH_OID_SPNEGO: number
  initializeClient(
    service: string,
    options: { readonly mechOID: number; readonly user?: string; readonly password?: string; readonly domain?: string },
  ): Promise<KerberosClient>
}

export interface KerberosClient {
  step(challenge: string): Promise<string>
  /** Whose ticket it was, user@REALM or DOMAIN\\user: at the latest when the sign-in is complete. */
  readonly username?: string | null
}

/** A sign-in under way: takes what the host said (empty at first), gives what to say next (empty when there is nothing more). */
export type KerberosLogin = (challenge: string) => Promise<string>

// A name in a variable: neither the types nor a bundler may want a package that is not there.
const packageName = 'kerberos'

/** The package as it is installed beside Rollout. Throws `kerberos-missing`. */
export async function loadKerberos(load: () => Promise<unknown> = () => import(packageName)): Promise<KerberosPackage> {
  let found: unknown
  try {
    found = await load()
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error))
  }
  const kerberos = [found, (found as { default?: unknown } | null)?.default].find(isKerberos)
  if (!kerberos) throw missing('what is installed under this name is another package')
  return kerberos
}

/** Begins a sign-in. Tickets come from the session of whoever runs this program: kinit on Linux and macOS, the logon on Windows. Throws FailureError: `credential`, or `link` where the domain does not answer. */
export async function kerberosLogin(
  kerberos: KerberosPackage,
  auth: Extract<WinrmAuth, { kind: 'kerberos' }>,
  peer: Peer,
  platform: NodeJS.Platform,
): Promise<KerberosLogin> {
  const windows = platform === 'win32'
  const service = auth.service ?? `HTTP/${hostInUrl(peer.address)}`
  const explain = (error: unknown, challenge: string) =>
    error instanceof FailureError ? error : whyNot(peer, service, error, challenge !== '')
  try {
    const client = await kerberos.initializeClient(windows ? service : service.replace('/', '@'), {
      mechOID: kerberos.GSS_MECH_OID_SPNEGO,
      // On Unix the package knows tickets only; on Windows a user without a password would be one with an empty one.
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

// The domain may be written in several ways, the account in one.
function accountOf(user: string): string {
  return (splitUser(user).user.split('@')[0] ?? '').toLowerCase()
}

function ticketOfAnother(peer: Peer, theirs: string, wanted: string): FailureError {
  return failed(
    'credential',
    'ticket-of-another',
    `The Kerberos ticket of this workstation is ${theirs}'s, and ${wanted} was to sign in to ${describePeer(peer)}. Nothing was run there.`,
    'Get a ticket of the right user (kinit, or sign in to Windows as that user), or name the user whose ticket it is in the vault.',
  )
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

function missing(why: string): FailureError {
  return failed(
    'workstation',
    'kerberos-missing',
    'The plan asks for Kerberos, and the optional package kerberos cannot be used on this workstation: it is not there, or was not built here.',
    'Where Rollout runs from its folder, build it there (npm pkg set allowScripts.kerberos=true --json, then npm rebuild kerberos; on Linux it wants a compiler and libkrb5-dev), or use NTLM, Basic over HTTPS or a client certificate.',
    'never',
    [why],
  )
}

/** What implementations say, and which failure it is. Words are MIT's; numbers and the other words are Windows'. The first that fits counts. */
const sayings: readonly (readonly [
  RegExp,
  (peer: Peer, service: string) => readonly [kind: 'credential' | 'link', code: string, message: string, hint: string],
])[] = [
  [
    /not found in Kerberos database|S_PRINCIPAL_UNKNOWN|80090303|target is unknown/i,
    (peer, service) => [
      'credential',
      'service-unknown',
      `The domain knows no service ${service} (SPN): there is no ticket to sign in to ${describePeer(peer)} with.`,
      "Write the host's full domain name into the plan and not an address or an alias, or register the name for the host.",
    ],
  ],
  [
    /Key version is not available|Message stream modified|Decrypt integrity|Wrong principal|80090322|target principal name is incorrect/i,
    (peer, service) => [
      'credential',
      'service-of-another',
      `${describePeer(peer)} cannot read the ticket for ${service}: the domain made it for another account's key than the host's.`,
      "Look who has the service name in the domain (setspn -Q): it must be the host's computer account alone. Where that is so, the host's own password in the domain is out of step, or the address leads to another machine.",
    ],
  ],
  [
    /Clock skew too great|Ticket not yet valid|80090324|clocks .* skewed/i,
    (peer) => [
      'credential',
      'clock-skew',
      `The clock of ${describePeer(peer)} and the domain's differ by more than Kerberos allows (5 minutes): the ticket was not accepted.`,
      "Find out which clock is wrong, the host's, the domain controller's or this workstation's, set it, and repair its time source.",
    ],
  ],
  [
    /8009030c|logon attempt failed/i,
    (peer, service) => [
      'credential',
      'refused',
      `The domain did not accept the user or the password, so there is no ticket for ${service} to sign in to ${describePeer(peer)} with.`,
      'Correct the user or the password in the vault; it is not tried again by itself, so that the account is not locked.',
    ],
  ],
  [
    /Ticket expired|credentials? (?:have |has )?expired/i,
    (peer) => [
      'credential',
      'ticket-expired',
      `The Kerberos ticket to sign in to ${describePeer(peer)} with has expired.`,
      'Sign in to the domain again (kinit, or lock and unlock Windows); then retry.',
    ],
  ],
  [
    /Cannot (?:contact|find|locate|resolve)[^:]* KDC|80090311|No authority could be contacted/i,
    (peer, service) => [
      'link',
      'domain-unreachable',
      `No domain controller answers this workstation: there is no ticket for ${service} to sign in to ${describePeer(peer)} with.`,
      'Check the network or VPN of this workstation, its DNS, and the realm in krb5.conf.',
    ],
  ],
]

function whyNot(peer: Peer, service: string, error: unknown, hostSpoke: boolean): FailureError {
  const said = error instanceof Error ? error.message : String(error)
  const known = sayings.find(([pattern]) => pattern.test(said))?.[1](peer, service)
  if (known) return failed(...known, known[0] === 'link' ? 'backoff' : 'never', [said])
  if (hostSpoke) return ticketRefused(peer, [said])
  return failed(
    'credential',
    'no-ticket',
    `There is no Kerberos ticket for ${service} to sign in to ${describePeer(peer)} with.`,
    'Check that you are signed in to the domain (klist), and that the plan names the host by its full domain name and not by an address.',
    'never',
    [said],
  )
}

/** The ticket was shown and not taken, and the host does not say why. */
export function ticketRefused(peer: Peer, evidence: string[] = []): FailureError {
  return failed(
    'credential',
    'ticket-refused',
    `${describePeer(peer)} did not accept the Kerberos ticket.`,
    'Check that the account may use WinRM on the host. Where the host demands channel binding (CbtHardeningLevel is Strict; Windows has Relaxed), the package kerberos cannot give it: use NTLM for this host.',
    'never',
    evidence,
  )
}
