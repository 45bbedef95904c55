/** The address of a host, and how sentences name it. */

/** Where a host is reached. */
export interface Peer {
  readonly name: string
  readonly address: string
  readonly port: number
}

/** The name of a peer in sentences, for example RUN001 (10.20.20.1:5986). */
export function describePeer(peer: Peer): string {
  return `${peer.name} (${hostInUrl(peer.address)}:${peer.port})`
}

/** An address as a URL writes it: IPv6 in brackets. */
export function hostInUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
