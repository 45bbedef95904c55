/** Owns a winrm session: one shell on the host, in it one PowerShell that is kept or one for each script, and files through the same. */
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { LargeFiles } from '../../../domain/plan/host.ts'
import type { Session } from '../../engine/ports.ts'
import { ResidentPowerShell } from '../powershell/resident-powershell.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { getFile, putFile } from './files.ts'
import { largeWay } from './large-files.ts'
import type { WinrmLimits } from './limits.ts'
import { describePeer, type Peer } from '../shared/peer.ts'
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
 * Begins a session: proves that PowerShell runs on the host, and ends everything again when it does not. A host that does not hand on standard
 * input line by line is worked with one process a script, in this session and all later ones.
 */
export async function openSession(setting: SessionOptions, signal: AbortSignal): Promise<Session> {
  const { client, limits, memory, peer, sleep } = setting
  const shell = winrsShell({ peer, client, slots: memory.shellSlots, limits, sleep })
  const open = powershellOver({ client, shell, limits, sleep, powershell: setting.powershell })
  const powershellIn = (mode: 'resident' | 'process') =>
    new ResidentPowerShell({
      open,
      mode,
      limits: { startMs: limits.startMs },
      ...(setting.scripts && { scripts: setting.scripts }),
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
        ? holedAnswer(peer, error)
        : error
    }
  }
  const close = async () => {
    await powershell.close()
    await shell.close()
    client.close()
  }
  const large = largeWay(setting.largeFiles, {
    peer,
    run,
    doors: setting.doors,
    addresses: () => client.addresses(),
    memory,
  })
  const files = { peer, run, partBytes: limits.filePartBytes, largeBytes: limits.largeBytes, large }
  try {
    // The host's own limits, where it tells them; an account may be allowed a shell and not its configuration.
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
          if (memory.mode !== undefined || !holdsInputBack(error)) throw error
          // If that does not work either, what was seen first says more.
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

// Silence, or an end as soon as there is something to read, is what a host shows that hands on standard input only when it has ended.
function holdsInputBack(error: unknown): boolean {
  return error instanceof FailureError && ['powershell-silent', 'powershell-ended'].includes(error.failure.code)
}

function holedAnswer(peer: Peer, error: FailureError): FailureError {
  return failed(
    'link',
    'output-lost',
    `An answer of ${describePeer(peer)} was lost on the way, and output with it.`,
    'Nothing to do: what the last request did is looked at first.',
    'backoff',
    error.failure.evidence,
  )
}
