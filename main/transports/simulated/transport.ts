/** The practice site as a transport: connects to practice hosts. */
import * as failures from './failures.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Clock, Session, Transport } from '../../engine/ports.ts'
import { becomesUnreachable, strike } from './fault-memory.ts'
import { type HostRecord, hostAt, hostOf, isDown } from './world/records.ts'
import type { Simulation } from './conversation.ts'
import { latencyOf, openSession } from './session.ts'
import { isDue, advanceTime } from './world/advance-time.ts'
import { type Durability, openWorldFile } from './world/world-file.ts'

export interface SimulatedTransportOptions {
  /** The file createSite wrote. */
  readonly siteFile: string
  readonly clock: Clock
  /** `full` unless given; `relaxed` is for tests of scale only. */
  readonly durability?: Durability
}

export interface SimulatedTransport extends Transport {
  /** Closes the site file; sessions that are still open fail loudly. */
  close(): void
}

const connectTimeoutMs = 5000

/**
 * Opens the practice site of that file. Throws FailureError of kind `workstation` when the file is no practice site.
 */
export function simulatedTransport(options: SimulatedTransportOptions): SimulatedTransport {
  const world = openWorldFile(options.siteFile, options.durability)
  const counts = new Map<string, number>()
  const simulation: Simulation = {
    world,
    clock: options.clock,
    count: (host, call) => {
      const key = `${host} ${call}`
      const number = (counts.get(key) ?? 0) + 1
      counts.set(key, number)
      return number
    },
  }
  return {
    open: (host, _credential, signal) => open(simulation, host, signal),
    close: () => void world.close(),
  }
}

type Reached =
  { readonly host: HostRecord } | { readonly refusal: 'unreachable' | 'wrong-password' | 'host-key-changed' }

async function open(simulation: Simulation, host: Host, signal: AbortSignal): Promise<Session> {
  const { world, clock } = simulation
  const known = hostAt(world, host.address) ?? hostAt(world, host.name)
  if (!known) throw failures.notInPracticeSite(host.name, host.address)
  await wait(clock, latencyOf(simulation, known, 'open'), host, signal)
  const reached = reach(simulation, known.id)
  if ('host' in reached) return openSession(simulation, reached.host)
  switch (reached.refusal) {
    case 'unreachable':
      await wait(clock, connectTimeoutMs, host, signal)
      throw failures.unreachable(host.name, host.address)
    case 'wrong-password':
      throw failures.credentialRefused(host.name, host.credential)
    case 'host-key-changed':
      throw failures.hostKeyChanged(host.name)
  }
}

function reach(simulation: Simulation, id: number): Reached {
  const { world } = simulation
  const now = simulation.clock.now()
  const seen = hostOf(world, id)
  // Most connections meet a host with nothing due and no fault: they need no transaction.
  if (!seen.faulty && !isDue(seen, now)) return isDown(seen, now) ? { refusal: 'unreachable' } : { host: seen }
  return world.change((): Reached => {
    const host = advanceTime(world, hostOf(world, id), now)
    if (isDown(host, now) || becomesUnreachable(world, host, 'open')) return { refusal: 'unreachable' }
    const struck = strike(world, host, 'open', 'host-key-changed', 'wrong-password')
    return struck ? { refusal: struck.kind === 'wrong-password' ? 'wrong-password' : 'host-key-changed' } : { host }
  })
}

async function wait(clock: Clock, ms: number, host: Host, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal)
  if (signal.aborted) throw failures.connectCancelled(host.name)
}
