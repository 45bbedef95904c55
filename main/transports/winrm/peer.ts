/** Owns how a host is named in the sentences of this transport, and the sentences that several of its files say. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'

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

/** The code of a connection that broke, or of an answer that broke off. */
export const lostCode = 'link-lost'

/** An answer that was right as far as it came. It says nothing about the host: the rest was lost on the way. */
export function brokenOff(what: string): FailureError {
  return failed(
    'link',
    lostCode,
    `The answer of the host broke off: ${what} ends in the middle.`,
    'Nothing to do: what the last request did is looked at first. If it comes again, look for a proxy or gateway between this workstation and the host.',
    'backoff',
    [`${what} ends in the middle`],
  )
}

/** The operator or the engine called it off. */
export function calledOff(peer: Peer): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    `The work on ${inWords(peer)} was called off on this side.`,
    'Look at the host before it is run again.',
  )
}
