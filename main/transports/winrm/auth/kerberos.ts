/** Owns signing in with Kerberos through the optional npm package `kerberos`, which is looked for only when a plan asks for it. */
import { failed, FailureError } from '../../../../domain/failure.ts'
import { hostInUrl, inWords, type Peer } from '../peer.ts'
import type { WinrmAuth } from './winrm-auth.ts'

/** As much of the package as is used (kerberos 2 to 7). Tokens are base64. */
export interface KerberosPackage {
  readonly GSS_MECH_OID_SPNEGO: number
  initializeClient(service: string, options: { readonly mechOID: number; readonly user?: string; readonly password?: string; readonly domain?: string }): Promise<KerberosClient>
}

export interface KerberosClient {
  step(challenge: string): Promise<string>
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

/** Begins a sign-in. Tickets come from the session of whoever runs this program: kinit on Linux and macOS, the logon on Windows. */
export async function kerberosLogin(kerberos: KerberosPackage, auth: Extract<WinrmAuth, { kind: 'kerberos' }>, peer: Peer, platform: NodeJS.Platform): Promise<KerberosLogin> {
  const windows = platform === 'win32'
  const service = auth.service ?? `HTTP/${hostInUrl(peer.address)}`
  const explain = (error: unknown) => (error instanceof FailureError ? error : noTicket(peer, service, error))
  try {
    const client = await kerberos.initializeClient(windows ? service : service.replace('/', '@'), {
      mechOID: kerberos.GSS_MECH_OID_SPNEGO,
      // On Unix the package knows tickets only.
      ...(windows && auth.user !== undefined && { user: auth.user }),
      ...(windows && auth.password !== undefined && { password: auth.password }),
    })
    return async (challenge) => {
      try {
        return await client.step(challenge)
      } catch (error) {
        throw explain(error)
      }
    }
  } catch (error) {
    throw explain(error)
  }
}

function isKerberos(found: unknown): found is KerberosPackage {
  return typeof found === 'object' && found !== null && 'initializeClient' in found && typeof found.initializeClient === 'function' && 'GSS_MECH_OID_SPNEGO' in found && typeof found.GSS_MECH_OID_SPNEGO === 'number'
}

function missing(why: string): FailureError {
  return failed('plan', 'kerberos-missing', 'The plan asks for Kerberos, and the optional package kerberos cannot be used on this workstation.',
    'Install it beside Rollout (npm install kerberos; on Linux it is built and needs the Kerberos headers), or use NTLM, Basic over HTTPS or a client certificate.', 'never', [why])
}

// MIT Kerberos says the first in words; the others are Windows' SEC_E_TARGET_UNKNOWN and SEC_E_WRONG_PRINCIPAL.
const noSuchService = /not found in Kerberos database|S_PRINCIPAL_UNKNOWN|80090303|target is unknown|80090322|target principal name is incorrect/i

function noTicket(peer: Peer, service: string, error: unknown): FailureError {
  const said = error instanceof Error ? error.message : String(error)
  if (noSuchService.test(said))
    return failed('credential', 'service-unknown', `The domain knows no service ${service} (SPN), or knows it as another machine's: there is no ticket to sign in to ${inWords(peer)} with.`,
      'Write the host\'s full domain name into the plan and not an address or an alias, or register the name for the host.', 'never', [said])
  return failed('credential', 'no-ticket', `There is no Kerberos ticket for ${service} to sign in to ${inWords(peer)} with.`,
    'Check that you are signed in to the domain (klist), that the plan names the host by its full domain name and not by an address, and that the clocks differ by less than 5 minutes.', 'never', [said])
}
