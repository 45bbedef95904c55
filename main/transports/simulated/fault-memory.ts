/** Which faults of a practice site have shown already. A used-up fault stays used up when the program restarts. */
import { type Call, callsOfStep, type Fault, type FaultKind, strikesIn } from './fault.ts'
import type { HostRecord } from './world/records.ts'
import type { WorldFile } from './world/world-file.ts'

interface FaultRecord extends Omit<Fault, 'host'> {
  readonly id: number
  readonly remaining: number
  readonly seen: number
  readonly shown: number
  readonly armed: number
}

export interface Struck {
  readonly id: number
  readonly kind: FaultKind
  /** How often it had shown before. */
  readonly shown: number
}

/** Writes a fault into the site file. */
export function addFault(world: WorldFile, hostId: number, fault: Fault): void {
  world
    .statement('INSERT INTO faults (host, kind, step, skip, count, remaining) VALUES (?, ?, ?, ?, ?, ?)')
    .run(hostId, fault.kind, fault.step, fault.skip, fault.count, fault.count)
  world.statement('UPDATE hosts SET faulty = 1 WHERE id = ?').run(hostId)
}

/**
 * Uses up one showing of the first fault of these kinds that strikes in this call; undefined when none does. Call it
 * inside the transaction of the call's effect.
 */
export function strike(
  world: WorldFile,
  host: HostRecord,
  call: Call,
  ...kinds: readonly FaultKind[]
): Struck | undefined {
  if (!host.faulty) return undefined
  for (const fault of faultsOf(world, host)) {
    if (fault.remaining === 0 || !kinds.includes(fault.kind) || !strikes(fault, call)) continue
    if (fault.seen < fault.skip) {
      world.statement('UPDATE faults SET seen = seen + 1 WHERE id = ?').run(fault.id)
      continue
    }
    world
      .statement(
        'UPDATE faults SET shown = shown + 1, remaining = CASE WHEN remaining > 0 THEN remaining - 1 ELSE remaining END WHERE id = ?',
      )
      .run(fault.id)
    return { id: fault.id, kind: fault.kind, shown: fault.shown }
  }
  return undefined
}

/**
 * True where the host is, or now becomes, unreachable. A fault aimed at a later step waits: a call of that step arms it
 * and breaks the connection; from then on every open uses up one showing.
 */
export function becomesUnreachable(world: WorldFile, host: HostRecord, call: Call): boolean {
  if (!host.faulty) return false
  for (const fault of faultsOf(world, host)) {
    if (fault.kind !== 'unreachable' || fault.remaining === 0) continue
    const waits = fault.step !== null && fault.step !== 'reach-host' && !fault.armed
    if (call === 'open' ? !waits : waits && strikesIn(fault, call)) {
      if (fault.seen < fault.skip) {
        world.statement('UPDATE faults SET seen = seen + 1 WHERE id = ?').run(fault.id)
        continue
      }
      if (waits) world.statement('UPDATE faults SET armed = 1 WHERE id = ?').run(fault.id)
      else
        world
          .statement(
            'UPDATE faults SET shown = shown + 1, remaining = CASE WHEN remaining > 0 THEN remaining - 1 ELSE remaining END WHERE id = ?',
          )
          .run(fault.id)
      return true
    }
  }
  return false
}

/** True while a fault of that kind is on the host, without using it up. */
export function isOn(world: WorldFile, host: HostRecord, kind: FaultKind, call?: Call): boolean {
  return (
    host.faulty === 1 &&
    faultsOf(world, host).some(
      (fault) => fault.kind === kind && fault.remaining !== 0 && (call === undefined || strikesIn(fault, call)),
    )
  )
}

function faultsOf(world: WorldFile, host: HostRecord): FaultRecord[] {
  return world.statement('SELECT * FROM faults WHERE host = ? ORDER BY id').all(host.id) as FaultRecord[]
}

// A lost connection with a skip counts all calls of its step, so that it can also break while a long job runs.
function strikes(fault: FaultRecord, call: Call): boolean {
  if (fault.kind !== 'drop' || fault.skip === 0 || fault.step === null) return strikesIn(fault, call)
  const calls: readonly Call[] = callsOfStep[fault.step]
  return calls.includes(call)
}
