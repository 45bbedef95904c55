/** Owns the choice behind `auto`: which of the known ways to a host is taken, and why. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { doorOf, reachInWords, type DoorReach, type Host } from '../../../domain/plan/host.ts'
import type { Credential, ReachChosen, TrustStore } from '../../engine/ports.ts'
import { knockAtPort, type Knocked } from './knock-port.ts'

export interface Choosing {
  readonly host: Host
  /** Whether there is a password decides about WinRM; undefined where nobody signs in. */
  readonly credential: Credential | undefined
  /** A host that was once known by a better port is not reached by a worse one: whoever can silence a port must not choose what we say next, and to whom. */
  readonly trust: Pick<TrustStore, 'pinned'>
  /** What may be taken, the best first. */
  readonly ways: readonly DoorReach[]
  /** Milliseconds a port gets to answer: a lost first packet is sent again after one second. */
  readonly waitMs: number
  readonly signal: AbortSignal
  /** Told what was found at each port, the best first; then all are waited for, also those that no longer matter. */
  readonly onFound?: (found: string) => void
}

/**
 * Knocks at all ports at once and takes the best that answers. What answers there is judged only when a session is opened: a host that is wrong
 * on a better port is not silently reached by a worse one. Throws FailureError `link` when none answers.
 */
export async function chooseReach({
  host,
  credential,
  trust,
  ways,
  waitMs,
  signal,
  onFound,
}: Choosing): Promise<ReachChosen> {
  const usable = ways.filter((way) => way.kind === 'ssh' || credential === undefined || credential.kind === 'password')
  const enough = new AbortController()
  const either = AbortSignal.any([signal, enough.signal])
  const knocking = usable.map((way) => ({ way, knocked: knockAtPort(host.address, doorOf(way).port, waitMs, either) }))
  const seen: { readonly way: DoorReach; readonly knocked: Knocked }[] = []
  try {
    if (onFound) for (const { way, knocked } of knocking) onFound(describeWay({ way, knocked: await knocked }))
    for (const { way, knocked } of knocking) {
      const found = await knocked
      if (signal.aborted)
        throw failed(
          'uncertain',
          'cancelled',
          `The way to ${host.name} was being looked for when it was called off on this side.`,
          'Look for it again.',
        )
      if (found === 'open')
        return {
          reach: way,
          why: [...withoutPassword(ways, usable), ...seen.map(describeWay), `Port ${doorOf(way).port} answers.`].join(
            ' ',
          ),
        }
      seen.push({ way, knocked: found })
      if (trust.pinned(host.address, doorOf(way).port) !== undefined)
        throw knownAnother(host, way, describeWay({ way, knocked: found }))
    }
  } finally {
    enough.abort()
  }
  throw noneAnswers(host, seen, withoutPassword(ways, usable))
}

function withoutPassword(ways: readonly DoorReach[], usable: readonly DoorReach[]): string[] {
  return usable.length === ways.length ? [] : ['WinRM is left out: it wants a password, and the vault holds a key.']
}

function describeWay({ way, knocked }: { readonly way: DoorReach; readonly knocked: Knocked }): string {
  const { port } = doorOf(way)
  switch (knocked) {
    case 'open':
      return `Port ${port} answers.`
    case 'refused':
      return `Nothing listens on port ${port}.`
    case 'silent':
      return `Port ${port} does not answer.`
    case 'unresolved':
      return 'The name cannot be resolved.'
    case 'unreachable':
      return `There is no way to port ${port}.`
  }
}

function knownAnother(host: Host, way: DoorReach, seen: string): FailureError {
  return failed(
    'link',
    'known-door-shut',
    `${host.name} (${host.address}) was reached by ${reachInWords(way)} before, and that port does not answer now. Another way is not taken by itself.`,
    `Make ${reachInWords(way)} answer again; or write the way that you want into the plan, or remove what was recorded of the host (${commandName} trust remove).`,
    'backoff',
    [seen],
  )
}

function noneAnswers(
  host: Host,
  seen: readonly { readonly way: DoorReach; readonly knocked: Knocked }[],
  notes: readonly string[],
): FailureError {
  if (seen.length > 0 && seen.every(({ knocked }) => knocked === 'unresolved'))
    return failed(
      'link',
      'name-unresolved',
      `The name ${host.address} of host ${host.name} cannot be resolved from this workstation.`,
      'Check the spelling and the DNS server, or write the IP address into the plan.',
      'backoff',
    )
  const ports = seen.map(({ way }) => doorOf(way).port).join(', ')
  return failed(
    'link',
    'no-door-answers',
    `${host.name} (${host.address}) answers on none of the ports ${ports}.`,
    `Check that the host is switched on and that the firewalls let one of these through from this workstation: ${seen.map(({ way }) => reachInWords(way)).join('; ')}.`,
    'backoff',
    [...notes, ...seen.map(describeWay)],
  )
}
