/** The pinned host keys: the identity each address showed first. */
import { failed } from '../../domain/base/failure.ts'
import type { TrustStore } from '../engine/ports.ts'
import type { AuditStore } from './audit-store.ts'
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, type SealedRow } from './database/seal.ts'
import { pinText } from './text.ts'

/** `at` is milliseconds since 1970, UTC. */
export interface Pin {
  readonly address: string
  readonly port: number
  readonly fingerprint: string
  readonly at: number
  readonly by: string
}

export interface PinStore {
  /** The pin of that address (in any case of letters) and port. */
  pin(address: string, port: number): Pin | undefined
  /**
   * Pins a fingerprint; the same one again changes nothing.
   * Throws `host-key-changed` for another one: remove the pin first, with a reason.
   */
  add(pin: Pin): void
  /** Forgets a pin, because a person says why the host has a new identity. False where there was none. */
  remove(
    address: string,
    port: number,
    change: { readonly by: string; readonly at: number; readonly why: string },
  ): boolean
  /** Every pin, by address and port. */
  list(): Pin[]
  /** The engine's port: pins are made in the name of `by`, at the time of `now`. */
  forSession(by: string, now: () => number): TrustStore
}

type Row = SealedRow & {
  readonly address: string
  readonly port: number
  readonly fingerprint: string
  readonly pinned_at: number
  readonly pinned_by: string
}

/** The pins of a database. */
export function createPinStore(database: Database, audit: AuditStore): PinStore {
  const toPin = (row: Row): Pin => {
    checkSealed(database, 'pins', row)
    return { address: row.address, port: row.port, fingerprint: row.fingerprint, at: row.pinned_at, by: row.pinned_by }
  }
  const find = (address: string, port: number): Pin | undefined => {
    const row = database.get<Row>('SELECT * FROM pins WHERE address = ? AND port = ?', address.toLowerCase(), port)
    return row && toPin(row)
  }
  const add = (pin: Pin) =>
    database.transaction(() => {
      const known = find(pin.address, pin.port)
      if (known?.fingerprint === pin.fingerprint) return
      if (known) {
        throw failed(
          'trust',
          'host-key-changed',
          pinText.changed(
            pinText.host(pin.address, pin.port),
            pin.fingerprint,
            known.fingerprint,
            known.by,
            new Date(known.at).toISOString(),
          ),
          pinText.changedHint,
        )
      }
      insertSealed(database, 'pins', [pin.address.toLowerCase(), pin.port, pin.fingerprint, pin.at, pin.by])
      audit.record({
        at: pin.at,
        by: pin.by,
        action: 'host-key.pinned',
        subject: `${pin.address} port ${pin.port}, ${pin.fingerprint}`,
        why: '',
      })
    })
  return {
    pin: find,
    add,
    remove: (address, port, change) =>
      database.transaction(() => {
        const known = find(address, port)
        if (!known) return false
        database.run('DELETE FROM pins WHERE address = ? AND port = ?', address.toLowerCase(), port)
        audit.record({
          at: change.at,
          by: change.by,
          action: 'host-key.removed',
          subject: `${address} port ${port}, ${known.fingerprint}`,
          why: change.why,
        })
        return true
      }),
    list: () => database.all<Row>('SELECT * FROM pins ORDER BY address, port').map(toPin),
    forSession: (by, now) => ({
      pinned: (address, port) => find(address, port)?.fingerprint,
      pin: (address, port, fingerprint) => add({ address, port, fingerprint, at: now(), by }),
    }),
  }
}
