/** Sends large files as the plan says: fetched by the host, copied to its share, or through the session. */
import type { LargeFiles } from '../../../domain/plan/host.ts'
import type { Session } from '../../engine/ports.ts'
import type { LargeWay } from './files.ts'
import type { Peer } from '../shared/peer.ts'
import type { PullDoors } from './pull/pull-door.ts'
import { pullFile } from './pull/pull-file.ts'
import { copyBySmb } from './smb-copy.ts'
import { pullText } from './text.ts'
import type { Addresses } from './wsmv/request-channel.ts'

export interface LargeFileOptions {
  readonly peer: Peer
  readonly run: Session['run']
  readonly doors: PullDoors
  /** Of the connection that is open now. */
  readonly addresses: () => Addresses | undefined
  /** Kept for the host from one session to the next: a closed path is not tried for every file. */
  readonly memory: { pullClosed: boolean }
}

/** How large files are sent; undefined if they go like small ones. */
export function largeWay(planned: LargeFiles, options: LargeFileOptions): LargeWay | undefined {
  switch (planned.by) {
    case 'session':
      return undefined
    case 'smb':
      return async (missing) => {
        await copyBySmb(options.peer, missing)
        return missing.size
      }
    case 'pull':
      return pulling(planned.port, options)
  }
}

function pulling(port: number, { run, doors, addresses, memory }: LargeFileOptions): LargeWay {
  return async (missing, onNote) => {
    const ends = addresses()
    if (!ends || memory.pullClosed) return missing.offset
    const pulled = await pullFile({ ...missing, run, doors, addresses: ends, port })
    if (pulled.whole) return missing.size
    memory.pullClosed = pulled.length === missing.offset
    onNote(pullText.sentThroughWinrm(pulled.why))
    return pulled.length
  }
}
