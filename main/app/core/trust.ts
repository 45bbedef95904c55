/** Identities of hosts: pinned at first sight, or taken from a known_hosts file. */
import { doorsOf } from '../../../domain/plan/host.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { TrustStore } from '../../engine/ports.ts'
import { readKnownHosts } from '../../transports/ssh/known-hosts.ts'
import type { Dependencies } from './dependencies.ts'
import { noKnownHosts } from './failures.ts'

/** The record of pins as a session uses it; `onPinned` is called for each key seen for the first time. */
export function trustOf({ store, by, onPinned }: Pick<Dependencies, 'store' | 'by' | 'onPinned'>): TrustStore {
  const pins = store.pins.forSession(by, () => Date.now())
  return {
    pinned: (address, port) => pins.pinned(address, port),
    pin(address, port, fingerprint) {
      pins.pin(address, port, fingerprint)
      onPinned?.({ address, port, fingerprint })
    },
  }
}

export interface KnownHostsImport {
  readonly pinned: readonly { readonly address: string; readonly port: number; readonly fingerprint: string }[]
  /** Hosts of the plan that are not in the file. */
  readonly unknown: readonly string[]
  /** Lines of the file that were skipped, and why. */
  readonly notes: readonly string[]
}

/**
 * Pins the keys of the plan's hosts that a known_hosts file has. Names in the file may be hashed, so hosts can be
 * looked up but not listed. Throws FailureError `host-key-changed` when a host is pinned with another key already, and
 * `no-known-hosts` when the text has no host key at all; nothing is pinned then.
 */
export function importKnownHosts(
  { store, by }: Pick<Dependencies, 'store' | 'by'>,
  text: string,
  plan: Plan,
): KnownHostsImport {
  const known = readKnownHosts(text)
  if (!known.knowsAny) throw noKnownHosts(known.notes[0])
  const hosts = plan.hosts.flatMap((host) =>
    doorsOf(host.reach)
      .filter(({ by }) => by === 'SSH')
      .map(({ port }) => ({ name: host.name, address: host.address, port })),
  )
  const pins = known.pinsFor(hosts)
  store.database.transaction(() => {
    for (const { address, port, fingerprint } of pins)
      store.pins.add({ address, port, fingerprint, at: Date.now(), by })
  })
  const found = new Set(pins.map(({ address, port }) => `${address} ${port}`))
  return {
    pinned: pins.map(({ address, port, fingerprint }) => ({ address, port, fingerprint })),
    unknown: hosts.filter(({ address, port }) => !found.has(`${address} ${port}`)).map(({ name }) => name),
    notes: known.notes,
  }
}
