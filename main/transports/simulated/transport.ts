/** Owns the practice site as a transport: how a practice host is reached, or not. */
import { failed } from '../../../domain/base/failure.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Clock, Session, Transport } from '../../engine/ports.ts'
import { becomesUnreachable, strike } from './fault-memory.ts'
import { type HostRecord, hostAt, hostOf, isDown } from './world/records.ts'
import type { World } from './conversation.ts'
import { latencyOf, openSession } from './session.ts'
import { isDue, settle } from './world/advance-time.ts'
import { type Durability, openWorldFile } from './world/world-file.ts'

export interface SimulatedTransportOptions {
  /** The file createSite wrote. */
  readonly siteFile: string
  readonly clock: Clock
  /** `full` unless given; `relaxed` is for tests of scale only. */
  readonly durability?: Durability
}

export interface SimulatedTransport extends Transport {
  /** Closes the site file; sessions still open end as lost bugs do, loudly. */
  close(): void
}

const connectTimeoutMs = 5000

/** Opens the practice site of that file. Throws FailureError of kind `workstation` when the file is no practice site. */
export function simulatedTransport(options: SimulatedTransportOptions): SimulatedTransport {
  const site = openWorldFile(options.siteFile, options.durability)
  const counts = new Map<string, number>()
  const world: World = {
    site,
    clock: options.clock,
    count: (host, call) => {
      const key = `${host} ${call}`
      const number = (counts.get(key) ?? 0) + 1
      counts.set(key, number)
      return number
    },
  }
  return {
    open: (host, _credential, signal) => open(world, host, signal),
    close: () => void site.close(),
  }
}

type Reached =
  { readonly host: HostRecord } | { readonly refusal: 'unreachable' | 'wrong-password' | 'host-key-changed' }

async function open(world: World, host: Host, signal: AbortSignal): Promise<Session> {
  const { site, clock } = world
  const known = hostAt(site, host.address) ?? hostAt(site, host.name)
  if (!known)
    throw failed(
      'plan',
      'not-in-practice-site',
      `${host.name} (${host.address}) is not part of the practice site.`,
      'Make the practice site anew for this plan, or reach the host by ssh.',
    )
  await wait(clock, latencyOf(world, known, 'open'), host, signal)
  const reached = reach(world, known.id)
  if ('host' in reached) return openSession(world, reached.host)
  switch (reached.refusal) {
    case 'unreachable':
      await wait(clock, connectTimeoutMs, host, signal)
      throw failed(
        'link',
        'unreachable',
        `${host.name} does not answer at ${host.address}.`,
        'Check that the machine is on and that the network path is open; the rollout tries again by itself.',
        'backoff',
      )
    case 'wrong-password':
      throw failed(
        'credential',
        'not-let-in',
        `${host.name} did not accept the credential ${host.credential ?? 'of the plan'}.`,
        'Correct the credential in the vault, then retry.',
      )
    case 'host-key-changed':
      throw failed(
        'trust',
        'host-key-changed',
        `${host.name} presents another key than the one pinned for it.`,
        'Find out why before anything else; if the machine was set up anew on purpose, remove the old key and retry.',
      )
  }
}

function reach(world: World, id: number): Reached {
  const { site } = world
  const now = world.clock.now()
  const seen = hostOf(site, id)
  // Most opens meet a host with nothing to settle and no fault: no transaction for them.
  if (!seen.faulty && !isDue(seen, now)) return isDown(seen, now) ? { refusal: 'unreachable' } : { host: seen }
  return site.change((): Reached => {
    const host = settle(site, hostOf(site, id), now)
    if (isDown(host, now) || becomesUnreachable(site, host, 'open')) return { refusal: 'unreachable' }
    const struck = strike(site, host, 'open', 'host-key-changed', 'wrong-password')
    return struck ? { refusal: struck.kind === 'wrong-password' ? 'wrong-password' : 'host-key-changed' } : { host }
  })
}

async function wait(clock: Clock, ms: number, host: Host, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal)
  if (signal.aborted)
    throw failed(
      'uncertain',
      'cancelled',
      `Reaching ${host.name} was called off on this side.`,
      'Nothing was done on the host.',
    )
}
