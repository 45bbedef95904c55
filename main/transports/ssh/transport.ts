/** The ssh transport: from a host of the plan and a credential to an open session. */
import type { Host } from '../../../domain/plan/host.ts'
import type { Credential, Transport, TrustStore } from '../../engine/ports.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { createSignIns, type SignIns } from '../shared/sign-ins.ts'
import { agentSocketOf } from './authentication.ts'
import { connect } from './connect.ts'
import { noCredential } from '../shared/failures.ts'
import type { Peer } from '../shared/peer.ts'
import type { Expectation, SeenKey } from './host-key.ts'
import { standardLimits, type SshLimits } from './limits.ts'
import { linkOver, type Link } from './link.ts'
import { openSession } from './session.ts'

export interface SshTransportOptions {
  readonly trust: TrustStore
  /** Shared by all transports of the process; left out, nobody else shows passwords. */
  readonly signIns?: SignIns
  /** Told of a key that was seen for the first time and is now pinned, before the credential is shown to the host. */
  readonly onFirstSight?: (host: Host, key: SeenKey) => void
  /** Fingerprints that must never be accepted, for example those a known_hosts file marks as revoked. */
  readonly revoked?: ReadonlySet<string>
  /**
   * Where the agent listens, unless the credential says; left out, where this workstation's agent listens by
   * convention.
   */
  readonly agentSocket?: string
  /**
   * What the shell of the host finds PowerShell by. Hosts that are not Windows are for tests only, so the plan does not
   * say.
   */
  readonly powershell?: string
  readonly scripts?: Scripts
  readonly limits?: Partial<SshLimits>
}

/**
 * The way to hosts whose reach is ssh. Throws FailureError: `link`, `credential`, `trust`, or `host` when it has no
 * usable PowerShell.
 */
export function createSshTransport(options: SshTransportOptions): Transport {
  const limits = { ...standardLimits, ...options.limits }
  return {
    async open(host, credential, signal) {
      const link = await openLink(host, credential, options, signal)
      return openSession(
        link,
        {
          limits,
          powershell: options.powershell ?? 'powershell.exe',
          ...(options.scripts && { scripts: options.scripts }),
        },
        signal,
      )
    },
  }
}

/** The connection alone, without a PowerShell on it. */
export async function openLink(
  host: Host,
  credential: Credential | undefined,
  options: SshTransportOptions,
  signal: AbortSignal,
): Promise<Link> {
  if (host.reach.kind !== 'ssh') throw new Error(`host ${host.name} is reached by ${host.reach.kind}, not by ssh`)
  if (!credential) throw noCredential(host.name)
  const { trust } = options
  const limits = { ...standardLimits, ...options.limits }
  const peer: Peer = { name: host.name, address: host.address, port: host.reach.port }
  const connected = await connect({
    peer,
    credential,
    signIns: options.signIns ?? createSignIns(),
    agentSocket: options.agentSocket ?? agentSocketOf(process.env, process.platform),
    expectation: expectationOf(peer, host.reach.hostKey, options),
    limits,
    signal,
    onFirstSight(key) {
      trust.pin(peer.address, peer.port, key.fingerprint)
      options.onFirstSight?.(host, key)
    },
  })
  return linkOver(connected, peer, limits)
}

function expectationOf(peer: Peer, planned: string | undefined, options: SshTransportOptions): Expectation {
  const revoked = options.revoked ?? new Set<string>()
  if (planned !== undefined) return { pinned: { fingerprint: planned, by: 'plan' }, revoked }
  const recorded = options.trust.pinned(peer.address, peer.port)
  return recorded === undefined ? { revoked } : { pinned: { fingerprint: recorded, by: 'record' }, revoked }
}
