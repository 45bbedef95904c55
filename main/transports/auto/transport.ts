/** Owns the way to hosts whose reach is `auto`: the choice is made when a session is opened, and the session says what it was. */
import { autoReaches, type DoorReach } from '../../../domain/plan/host.ts'
import type { Transport, TrustStore } from '../../engine/ports.ts'
import { chooseReach } from './choose-reach.ts'

export interface AutoTransportOptions {
  /** The transport of what was chosen. */
  readonly transportOf: (reach: DoorReach) => Transport
  readonly trust: TrustStore
  /** The best first; other ports than the usual ones are for tests. */
  readonly ways?: readonly DoorReach[]
  readonly waitMs?: number
}

/** Opens each session by the best way that answers. A failure of that way is the host's, with the choice as evidence. */
export function createAutoTransport({
  transportOf,
  trust,
  ways = autoReaches,
  waitMs = 3_000,
}: AutoTransportOptions): Transport {
  return {
    async open(host, credential, signal) {
      const chosen = await chooseReach({ host, credential, trust, ways, waitMs, signal })
      const session = await transportOf(chosen.reach).open({ ...host, reach: chosen.reach }, credential, signal)
      return { ...session, chosen }
    },
  }
}
