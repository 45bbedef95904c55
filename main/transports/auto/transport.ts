/** The transport for hosts whose reach is `auto`: chooses when a session is opened; the session reports the choice. */
import { autoReaches, type DoorReach } from '../../../domain/plan/host.ts'
import type { Transport, TrustStore } from '../../engine/ports.ts'
import { chooseReach } from './choose-reach.ts'

export interface AutoTransportOptions {
  /** The transport of the chosen way. */
  readonly transportOf: (reach: DoorReach) => Transport
  readonly trust: TrustStore
  /** The best first; other ports than the usual ones are for tests. */
  readonly ways?: readonly DoorReach[]
  readonly waitMs?: number
}

/** Opens each session by the best way that answers. A failure of that way is thrown as it is. */
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
