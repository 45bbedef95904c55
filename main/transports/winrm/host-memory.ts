/** What the transport remembers of a host from one session to the next. */
import type { Peer } from '../shared/peer.ts'
import type { Slots } from '../shared/slots.ts'

export interface HostMemory {
  /** How many shells the host lets one user have at once. */
  readonly shellSlots: Slots
  /** Whether the host passes standard input on line by line; unknown until the first session has tried. */
  mode: 'resident' | 'process' | undefined
  /** The host cannot connect to this workstation to fetch files. */
  pullClosed: boolean
}

/**
 * The key of the WinRM service behind an address. Both WinRM ports of a host lead to one service with one count.
 * Any other port may belong to another host, where a router forwards ports.
 */
export function hostBehind({ address, port }: Pick<Peer, 'address' | 'port'>): string {
  return `${address.toLowerCase()} ${port === 5985 || port === 5986 ? 'WinRM' : port}`
}
