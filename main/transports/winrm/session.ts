/**
 * A WinRM session: one shell on the host with one PowerShell that is kept or one for each script; files go through the
 * same.
 */
import { FailureError } from '../../../domain/base/failure.ts'
import type { LargeFiles } from '../../../domain/plan/host.ts'
import type { Session } from '../../engine/ports.ts'
import { ResidentPowerShell } from '../powershell/resident-powershell.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { outputLost } from './failures.ts'
import { getFile, putFile } from './files.ts'
import { largeWay } from './large-files.ts'
import type { WinrmLimits } from './limits.ts'
import type { Peer } from '../shared/peer.ts'
import type { HostMemory } from './host-memory.ts'
import type { PullDoors } from './pull/pull-door.ts'
import { winrsShell } from './remote-shell.ts'
import { powershellOver } from './winrs-channel.ts'
import type { WsmvClient } from './wsmv/client.ts'

export interface SessionOptions {
  readonly peer: Peer
  readonly client: WsmvClient
  readonly memory: HostMemory
  readonly limits: WinrmLimits
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly powershell: string
  readonly scripts?: Scripts
  readonly largeFiles: LargeFiles
  readonly doors: PullDoors
}

/**
 * Begins a session: proves that PowerShell runs on the host, and ends everything again if it does not. A host that does
 * not pass standard input on line by line gets one process per script, in this session and all later ones. Throws
 * FailureError.
 */
export async function openSession(options: SessionOptions, signal: AbortSignal): Promise<Session> {
  const { client, limits, memory, peer, sleep } = options
  const shell = winrsShell({ peer, client, slots: memory.shellSlots, limits, sleep })
  const open = powershellOver({ client, shell, limits, sleep, powershell: options.powershell })
  const powershellIn = (mode: 'resident' | 'process') =>
    new ResidentPowerShell({
      open,
      mode,
      limits: { startMs: limits.startMs },
      ...(options.scripts && { scripts: options.scripts }),
    })
  let powershell = powershellIn(memory.mode ?? 'resident')
  const useSingle = async () => {
    await powershell.close()
    powershell = powershellIn('process')
    await powershell.run('Get-BootId', {}, { signal })
    memory.mode = 'process'
  }

  const run: Session['run'] = async (verb, params, options) => {
    const repeats = client.repeats()
    try {
      return await powershell.run(verb, params, options)
    } catch (error) {
      throw client.repeats() > repeats && error instanceof FailureError && error.failure.code === 'bad-answer'
        ? outputLost(peer, error.failure.evidence)
        : error
    }
  }
  const close = async () => {
    await powershell.close()
    await shell.close()
    client.close()
  }
  const large = largeWay(options.largeFiles, {
    peer,
    run,
    doors: options.doors,
    addresses: () => client.addresses(),
    memory,
  })
  const files = { peer, run, partBytes: limits.filePartBytes, largeBytes: limits.largeBytes, large }
  try {
    // The host's own limits, if it reports them: an account may open shells and still not read the configuration.
    await client.limits(signal).then(
      ({ maxShellsPerUser }) => {
        if (maxShellsPerUser !== null) memory.shellSlots.atMost(maxShellsPerUser)
      },
      (error: unknown) => {
        if (!(error instanceof FailureError && error.failure.code.startsWith('wsman-'))) throw error
      },
    )
    if (memory.mode === 'process') await run('Get-BootId', {}, { signal })
    else
      await powershell.start(signal).then(
        () => {
          memory.mode = 'resident'
        },
        async (error: unknown) => {
          if (memory.mode !== undefined || !delaysInput(error)) throw error
          // If that does not work either, the first error says more.
          await useSingle().catch(() => {
            throw error
          })
        },
      )
  } catch (error) {
    await close()
    throw error
  }
  return {
    run,
    put: (file, options) => putFile(files, file, options),
    get: (remotePath, options) => getFile(files, remotePath, options),
    close,
  }
}

// A host that passes standard input on only at its end stays silent, or ends as soon as there is something to read.
function delaysInput(error: unknown): boolean {
  return error instanceof FailureError && ['powershell-silent', 'powershell-ended'].includes(error.failure.code)
}
