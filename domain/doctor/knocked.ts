/** The address that the doctor checked, and whom it signed in as. */
import { accountIn } from './account.ts'

/** The checked address. `user` is the account that signed in, null if none did. */
export interface Knocked {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly by: 'WinRM' | 'SSH'
  readonly tls: boolean
  readonly auth: 'ntlm' | 'basic' | 'certificate' | 'kerberos' | null
  readonly user: string | null
}

/** True for an account of the host itself, other than the built-in Administrator, whose token is not filtered. */
export function isLocal(knocked: Pick<Knocked, 'user' | 'name' | 'address'>): boolean {
  return isOfHost(knocked) && accountIn(knocked.user ?? '').toLowerCase() !== 'administrator'
}

/** True for an account of the host itself, the built-in Administrator included. */
export function isOfHost({ user, name, address }: Pick<Knocked, 'user' | 'name' | 'address'>): boolean {
  const [, domain = '', account = ''] = /^(?:([^\\]*)\\)?(.+)$/s.exec(user ?? '') ?? []
  if (account === '' || account.includes('@')) return false
  const hostNames = ['', '.', name, address, address.split('.')[0]]
  return hostNames.some((hostName) => hostName?.toLowerCase() === domain.toLowerCase())
}

/** The name of the address in sentences, for example RUN001 (10.20.20.1:5986). */
export function describeTarget({ name, address, port }: Knocked): string {
  return `${name} (${address.includes(':') ? `[${address}]` : address}:${port})`
}
