/** Owns how a host is named in the sentences of this transport, and the one sentence that several of its files say. */
import { failed, type FailureError } from '../../../domain/failure.ts'

/** Where a host is. */
export interface Peer {
  readonly name: string
  readonly address: string
  readonly port: number
}

/** A peer in words, for example RUN001 (10.20.20.1:5986). */
export function inWords(peer: Peer): string {
  return `${peer.name} (${hostInUrl(peer.address)}:${peer.port})`
}

/** An address as it stands in a URL: IPv6 in brackets. */
export function hostInUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

/** The operator or the engine called it off. */
export function calledOff(peer: Peer): FailureError {
  return failed('uncertain', 'cancelled', `The work on ${inWords(peer)} was called off on this side.`, 'Look at the host before it is run again.')
}
