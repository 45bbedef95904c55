/** Sends a file as a part file, then lets the host hash and publish it. */
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { FileToPut, Session } from '../../engine/ports.ts'
import { hashMismatch } from './failures.ts'
import type { Peer } from './peer.ts'

export interface PutWay {
  readonly peer: Peer
  readonly run: Session['run']
  /** Brings the part file to the full size; returns at which byte it began. */
  readonly send: () => Promise<number>
  /** Discards a part file whose hash is wrong. */
  readonly discard: () => Promise<void>
}

/**
 * Sends and publishes a file. A part that an earlier try began and that turns out wrong is sent once more from its
 * first byte. Throws FailureError `hash-mismatch`, with the part discarded, if a file is wrong although it was sent
 * whole.
 */
export async function putFile(
  { peer, run, send, discard }: PutWay,
  file: FileToPut,
  signal: AbortSignal,
): Promise<void> {
  const sendAndPublish = async () => {
    const startedAt = await send()
    const answer = await run(
      'Publish-File',
      { PartPath: partPathOf(file), Path: file.remotePath, Sha256: file.sha256 },
      { signal, timeoutMs: publishMs(file.size) },
    )
    if (answer.published) return undefined
    await discard()
    return { startedAt, sha256: answer.sha256 }
  }
  let wrong = await sendAndPublish()
  if (wrong !== undefined && wrong.startedAt > 0) wrong = await sendAndPublish()
  if (wrong !== undefined) throw hashMismatch(peer, file, wrong.sha256)
}

// A slow disk with a virus scanner in front of it still hashes some 10 MB a second.
function publishMs(size: number): number {
  return 60_000 + Math.ceil(size / 10_000)
}

/** The folder of a path on the host, in the host's own spelling; a drive keeps its backslash. */
export function folderOf(hostPath: string): string {
  const cut = Math.max(hostPath.lastIndexOf('\\'), hostPath.lastIndexOf('/'))
  const folder = hostPath.slice(0, cut)
  return /^[A-Za-z]:$/.test(folder) || folder === '' ? hostPath.slice(0, cut + 1) : folder
}
