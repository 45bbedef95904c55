/** Chooses the transport for each reach. Adapters are loaded when a plan needs them; reading a plan loads none. */
import { autoReaches, type Reach } from '../../domain/plan/host.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Clock, Transport, Transports, TrustStore } from '../engine/ports.ts'
import { createAutoTransport } from './auto/transport.ts'
import { noPracticeSite, noTransport } from './failures.ts'
import type { SignIns } from './shared/sign-ins.ts'

export interface TransportsOptions {
  readonly plan: Pick<Plan, 'hosts'>
  readonly clock: Clock
  readonly trust: TrustStore
  /** The one of this process: it knows the passwords that hosts refused. */
  readonly signIns: SignIns
  /** The file of the practice site, for plans that have one. */
  readonly siteFile: string | undefined
  readonly durability?: 'full' | 'relaxed'
}

/**
 * Opens the transports that the plan's hosts are reached by. Throws FailureError of kind `plan` when a practice host
 * has no practice site.
 */
export async function openTransports(options: TransportsOptions): Promise<Transports> {
  const open = new Map<Reach['kind'], { readonly transport: Transport; readonly close: () => void | Promise<void> }>()
  const kinds = new Set(options.plan.hosts.map((host) => host.reach.kind))
  if (kinds.has('auto')) for (const { kind } of autoReaches) kinds.add(kind)
  for (const kind of kinds) {
    const opened = await openOne(kind, options)
    if (opened) open.set(kind, opened)
  }
  const auto = createAutoTransport({ trust: options.trust, transportOf: ({ kind }) => transportOf(kind) })
  function transportOf(kind: Reach['kind']): Transport {
    const found = kind === 'auto' ? auto : open.get(kind)?.transport
    if (!found) throw new Error(`no transport was opened for ${kind}`)
    return found
  }
  return {
    for(host) {
      if (host.reach.kind !== 'auto' && !open.has(host.reach.kind)) throw noTransport(host.name, host.reach.kind)
      return transportOf(host.reach.kind)
    },
    async close() {
      for (const { close } of open.values()) await close()
    },
  }
}

async function openOne(kind: Reach['kind'], { clock, trust, siteFile, durability, signIns }: TransportsOptions) {
  switch (kind) {
    case 'simulated': {
      if (siteFile === undefined) throw noPracticeSite()
      const { simulatedTransport } = await import('./simulated/transport.ts')
      const transport = simulatedTransport({ siteFile, clock, ...(durability ? { durability } : {}) })
      return {
        transport,
        close: () => {
          transport.close()
        },
      }
    }
    case 'ssh': {
      const { createSshTransport } = await import('./ssh/transport.ts')
      return { transport: createSshTransport({ trust, signIns }), close: () => undefined }
    }
    case 'winrm': {
      const [{ createWinrmTransport }, { connectByHttp }] = await Promise.all([
        import('./winrm/transport.ts'),
        import('./winrm/connection-settings.ts'),
      ])
      return { transport: createWinrmTransport({ connect: connectByHttp(trust, signIns) }), close: () => undefined }
    }
    case 'local': {
      const { localTransport } = await import('./local/transport.ts')
      return { transport: localTransport(), close: () => undefined }
    }
    case 'auto':
    case 'unmanaged':
      return undefined
  }
}
