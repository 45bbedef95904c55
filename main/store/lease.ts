/** The lease: one engine per database, known by a token, alive by its heartbeat. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { failed, FailureError } from '../../domain/base/failure.ts'
import type { AuditStore } from './audit-store.ts'
import type { Database } from './database/database.ts'
import { leaseText } from './text.ts'

/**
 * Milliseconds without a heartbeat after which a lease may be taken over; a holder beats at least every third of it.
 */
export const leaseTimeout = 30_000

/** Who wants the lease. `boot` tells one start of the machine from another; empty where that is not known. */
export interface Holder {
  readonly holder: string
  readonly pid: number
  readonly host: string
  readonly boot: string
}

/** The lease as stored in the database; times in milliseconds since 1970 by the real clock of the machine. */
export interface LeaseState extends Holder {
  readonly acquiredAt: number
  readonly heartbeatAt: number
}

export interface Leases {
  /** Takes the lease, or throws FailureError `lease-held` saying who holds it and since when. */
  acquire(by: Holder, now: number): void
  /** Renews the lease. Throws LeaseLost where another engine took over. */
  heartbeat(now: number): void
  /** Gives the lease back; nothing happens where it is not ours. */
  release(): void
  /** Throws LeaseLost unless the lease is ours at this moment; inside a transaction it stays so until the end. */
  assertHeld(): void
  /** Who holds the lease, dead or alive. */
  current(): LeaseState | undefined
  /** Who works on the database now, as far as `by` can tell; undefined where the holder is dead or silent too long. */
  atWork(by: Holder, now: number): LeaseState | undefined
}

/** Another engine took over, or this process never held the lease. Its code is `lease-lost`. */
export class LeaseLost extends FailureError {
  constructor(file: string, holder: LeaseState | undefined) {
    super({
      kind: 'workstation',
      code: 'lease-lost',
      retry: 'never',
      evidence: [],
      message: holder ? leaseText.takenOver(describe(holder), file) : leaseText.notHeld(file),
      hint: leaseText.lostHint,
    })
    this.name = 'LeaseLost'
  }
}

/** This process as a holder. `now` is only used where the system names no boot. */
export function thisProcess(holder: string, now: number): Holder {
  return { holder, pid: process.pid, host: hostname(), boot: bootOf(now) }
}

/** The lease of a database. `isAlive` asks the system whether a process of this machine exists. */
export function createLeases(
  database: Database,
  audit: AuditStore,
  isAlive: (pid: number) => boolean = processExists,
): Leases {
  let token: string | undefined
  const read = () =>
    database.get<LeaseState & { token: string }>(
      'SELECT holder, pid, host, boot, acquired_at AS acquiredAt, heartbeat_at AS heartbeatAt, token FROM lease',
    )
  const current = (): LeaseState | undefined => {
    const found = read()
    if (!found) return undefined
    const { token: _, ...state } = found
    return state
  }
  const assertHeld = () => {
    const found = read()
    if (token === undefined || found?.token !== token) throw new LeaseLost(database.file, current())
  }
  return {
    acquire: (by, now) =>
      database.transaction(() => {
        const found = read()
        if (found && found.token === token) return
        if (found && !isOver(found, by, now, isAlive)) throw held(database.file, found)
        if (found)
          audit.record({
            at: now,
            by: by.holder,
            action: 'lease.taken-over',
            subject: describe(found),
            why: `last seen ${time(found.heartbeatAt)}`,
          })
        const newToken = randomBytes(16).toString('hex')
        database.run(
          'INSERT OR REPLACE INTO lease (only, holder, pid, host, boot, acquired_at, heartbeat_at, token) VALUES (1, ?, ?, ?, ?, ?, ?, ?)',
          by.holder,
          by.pid,
          by.host,
          by.boot,
          now,
          now,
          newToken,
        )
        token = newToken
      }),
    heartbeat: (now) =>
      database.transaction(() => {
        assertHeld()
        database.run('UPDATE lease SET heartbeat_at = ?', now)
      }),
    release: () => {
      if (token === undefined) return
      database.run('DELETE FROM lease WHERE token = ?', token)
      token = undefined
    },
    assertHeld,
    current,
    atWork: (by, now) => {
      const found = current()
      return found && !isOver(found, by, now, isAlive) ? found : undefined
    },
  }
}

function isOver(lease: LeaseState, by: Holder, now: number, isAlive: (pid: number) => boolean): boolean {
  // In both directions: a clock that was set back must not keep a dead holder alive for months.
  if (Math.abs(now - lease.heartbeatAt) > leaseTimeout) return true
  const sameBoot = lease.host === by.host && lease.boot !== '' && lease.boot === by.boot
  return sameBoot && !isAlive(lease.pid)
}

function held(file: string, lease: LeaseState): FailureError {
  return failed(
    'workstation',
    'lease-held',
    leaseText.inUse(describe(lease), file, time(lease.acquiredAt)),
    leaseText.inUseHint(time(lease.heartbeatAt), leaseTimeout / 1000),
  )
}

function describe(lease: Holder): string {
  return leaseText.holder(lease.holder, lease.pid, lease.host)
}

function time(at: number): string {
  return new Date(at).toISOString()
}

/** Whether a process of this machine exists, whoever runs it. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // EPERM: it exists and belongs to somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

function bootOf(now: number): string {
  if (process.platform === 'linux') return readBootId()
  // Windows and macOS name no boot in a file: use the minute of the start. Off by one only means a timeout.
  return `minute ${Math.round((now - uptime() * 1000) / 60_000)}`
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}
