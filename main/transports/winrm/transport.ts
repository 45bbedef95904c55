/** The WinRM transport: from a host of the plan and a credential to an open session. */
import { setTimeout as delay } from 'node:timers/promises'
import { doorOf, pullPort, type Host } from '../../../domain/plan/host.ts'
import type { Credential, Transport } from '../../engine/ports.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { standardLimits, type WinrmLimits } from './limits.ts'
import type { Peer } from '../shared/peer.ts'
import { noCredential } from '../shared/failures.ts'
import { slotsFor } from '../shared/slots.ts'
import { hostBehind, type HostMemory } from './host-memory.ts'
import { pullDoors } from './pull/pull-door.ts'
import { openSession } from './session.ts'
import { createClient } from './wsmv/client.ts'
import type { OpenConnection } from './wsmv/request-channel.ts'

/** The settings by which the plan reaches a host of this transport. */
export type WinrmReach = Extract<Host['reach'], { kind: 'winrm' }>

/**
 * Prepares the connections to one host; each is opened when it is needed. Throws FailureError `credential` when the
 * credential cannot be used that way.
 */
export type Connect = (peer: Peer, reach: WinrmReach, credential: Credential, limits: WinrmLimits) => OpenConnection

export interface WinrmTransportOptions {
  readonly connect: Connect
  /**
   * What the shell of the host finds PowerShell by. Hosts that are not Windows are for tests only, so the plan does not
   * say.
   */
  readonly powershell?: string
  readonly scripts?: Scripts
  readonly limits?: Partial<WinrmLimits>
}

/**
 * The way to hosts whose reach is winrm. Throws FailureError: `link`, `credential`, `trust`, or `host` when it has no
 * usable PowerShell.
 */
export function createWinrmTransport(options: WinrmTransportOptions): Transport {
  const limits = { ...standardLimits, ...options.limits }
  const doors = pullDoors(() => Date.now())
  const memories = new Map<string, HostMemory>()
  return {
    async open(host, credential, signal) {
      const { reach } = host
      if (reach.kind !== 'winrm') throw new Error(`host ${host.name} is reached by ${reach.kind}, not by winrm`)
      if (!credential) throw noCredential(host.name)
      const peer: Peer = { name: host.name, address: host.address, port: doorOf(reach).port }
      const key = hostBehind(peer)
      const memory = memories.get(key) ?? { shellSlots: slotsFor(limits.shells), mode: undefined, pullClosed: false }
      memories.set(key, memory)
      const client = createClient({
        peer,
        tls: reach.tls,
        limits,
        sleep,
        open: options.connect(peer, reach, credential, limits),
      })
      return openSession(
        {
          peer,
          client,
          memory,
          limits,
          sleep,
          doors,
          largeFiles: host.largeFiles ?? { by: 'pull', port: pullPort },
          powershell: options.powershell ?? 'powershell.exe',
          ...(options.scripts && { scripts: options.scripts }),
        },
        signal,
      )
    },
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => undefined)
}
