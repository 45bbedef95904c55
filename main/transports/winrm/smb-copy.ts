/**
 * Copies a file to a host's administrative share, with the Windows logon of the user who runs this program, never with
 * a stored password.
 */
import { open, type FileHandle } from 'node:fs/promises'
import type { FailureError } from '../../../domain/base/failure.ts'
import { codeOf } from '../shared/thrown.ts'
import { piecesFrom, type MissingPart } from './missing-part.ts'
import { cancelled, diskFull } from '../shared/failures.ts'
import { smbLost, smbNeedsDrive, smbNeedsWindows, smbUnreachable } from './failures.ts'
import type { Peer } from '../shared/peer.ts'

/** How this workstation reaches a share; tests pass another. */
export interface SmbWorkstation {
  readonly platform: NodeJS.Platform
  /** The path of the share for C:\\folder\\file of the host. */
  readonly shareOf: (address: string, hostPath: string) => string
}

export const thisWorkstation: SmbWorkstation = {
  platform: process.platform,
  shareOf: (address, hostPath) =>
    `\\\\${address.includes(':') ? `${address.replaceAll(':', '-')}.ipv6-literal.net` : address}\\${hostPath[0]}$${hostPath.slice(2)}`,
}

const pieceBytes = 1_048_576

/**
 * Copies the missing part to the host. (A host that fetched it from a share of ours would need the password a second
 * time.) Throws FailureError `plan`, `workstation`, `link`, `credential` or `host`.
 */
export async function copyBySmb(
  peer: Peer,
  missing: MissingPart,
  { platform, shareOf }: SmbWorkstation = thisWorkstation,
): Promise<void> {
  const { partPath, offset, signal, onProgress } = missing
  if (platform !== 'win32') throw smbNeedsWindows(peer)
  if (!/^[A-Za-z]:\\/.test(partPath)) throw smbNeedsDrive(peer, partPath)
  const path = shareOf(peer.address, partPath)
  let target: FileHandle
  try {
    // Creates the part if there is none; otherwise keeps it up to the offset.
    target = await open(path, offset > 0 ? 'r+' : 'w')
  } catch (error) {
    throw smbUnreachable(peer, path, codeOf(error) ?? 'unknown')
  }
  const orBroken = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw broken(peer, error)
    })
  try {
    // A new file has nothing to cut off, and not every share supports that.
    if (offset > 0) await orBroken(target.truncate(offset))
    let at = offset
    for await (const piece of piecesFrom(offset, missing, pieceBytes)) {
      if (signal.aborted) throw cancelled(peer)
      for (let written = 0; written < piece.length;) {
        const { bytesWritten } = await orBroken(target.write(piece, written, piece.length - written, at + written))
        // A share that accepts nothing and reports no error would be asked forever.
        if (bytesWritten === 0) throw broken(peer, null)
        written += bytesWritten
      }
      at += piece.length
      onProgress(at)
    }
    // Data that this workstation still buffers is not on the host: a share may report only now that it is full, or
    // gone.
    await orBroken(target.sync())
  } finally {
    await target.close().catch(() => undefined)
  }
}

function broken(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error) ?? 'unknown'
  return code === 'ENOSPC' ? diskFull(peer) : smbLost(peer, code)
}
