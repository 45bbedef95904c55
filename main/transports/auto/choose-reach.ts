/** Chooses how to reach a host whose reach is `auto`, and says why. */
import type { FailureError } from '../../../domain/base/failure.ts'
import { doorOf, reachInWords, type DoorReach, type Host } from '../../../domain/plan/host.ts'
import type { Credential, ReachChosen, TrustStore } from '../../engine/ports.ts'
import { cancelled, knownPortSilent, nameUnresolved, noPortAnswers, portText } from './failures.ts'
import { knockAtPort, type Knocked } from './knock-port.ts'

export interface Choosing {
  readonly host: Host
  /** WinRM needs a password; undefined if no sign-in follows. */
  readonly credential: Credential | undefined
  /**
   * A host known by a better port is not reached by a worse one: whoever can block a port must not choose how and with
   * whom we talk.
   */
  readonly trust: Pick<TrustStore, 'pinned'>
  /** The possible ways, the best first. */
  readonly ways: readonly DoorReach[]
  /** Milliseconds a port gets to answer: a lost first packet is sent again after one second. */
  readonly waitMs: number
  readonly signal: AbortSignal
  /**
   * Called with the result for each port, the best first; all ports are then awaited, also those that no longer matter.
   */
  readonly onFound?: (found: string) => void
}

/**
 * Tries all ports at once and chooses the best that answers. The answer is judged only when a session is opened: a host
 * with a wrong identity on a better port is not silently reached by a worse one. Throws FailureError `link` if no port
 * answers.
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
      if (signal.aborted) throw cancelled(host.name)
      if (found === 'open')
        return {
          reach: way,
          why: [...withoutPassword(ways, usable), ...seen.map(describeWay), portText.answers(doorOf(way).port)].join(
            ' ',
          ),
        }
      seen.push({ way, knocked: found })
      if (trust.pinned(host.address, doorOf(way).port) !== undefined)
        throw knownPortSilent(host, reachInWords(way), [describeWay({ way, knocked: found })])
    }
  } finally {
    enough.abort()
  }
  throw noneAnswers(host, seen, withoutPassword(ways, usable))
}

function withoutPassword(ways: readonly DoorReach[], usable: readonly DoorReach[]): string[] {
  return usable.length === ways.length ? [] : [portText.winrmNeedsPassword]
}

function describeWay({ way, knocked }: { readonly way: DoorReach; readonly knocked: Knocked }): string {
  const { port } = doorOf(way)
  switch (knocked) {
    case 'open':
      return portText.answers(port)
    case 'refused':
      return portText.refused(port)
    case 'silent':
      return portText.silent(port)
    case 'unresolved':
      return portText.unresolved
    case 'unreachable':
      return portText.unreachable(port)
  }
}

function noneAnswers(
  host: Host,
  seen: readonly { readonly way: DoorReach; readonly knocked: Knocked }[],
  notes: readonly string[],
): FailureError {
  if (seen.length > 0 && seen.every(({ knocked }) => knocked === 'unresolved')) return nameUnresolved(host)
  return noPortAnswers(
    host,
    seen.map(({ way }) => doorOf(way).port),
    seen.map(({ way }) => reachInWords(way)),
    [...notes, ...seen.map(describeWay)],
  )
}
