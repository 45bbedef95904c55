/** Owns copying a file to a host's administrative share, where a plan wants that: with the Windows logon of whoever runs this program, never with a password of ours. */
import { open, type FileHandle } from 'node:fs/promises'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { codeOf } from '../shared/thrown.ts'
import { piecesFrom, type MissingPart } from './missing-part.ts'
import { cancelled } from '../shared/failures.ts'
import { describePeer, type Peer } from '../shared/peer.ts'

/** What this workstation reaches a share by; tests give another. */
export interface SmbWorkstation {
  readonly platform: NodeJS.Platform
  /** Where the workstation finds C:\\folder\\file of the host. */
  readonly shareOf: (address: string, hostPath: string) => string
}

export const thisWorkstation: SmbWorkstation = {
  platform: process.platform,
  shareOf: (address, hostPath) =>
    `\\\\${address.includes(':') ? `${address.replaceAll(':', '-')}.ipv6-literal.net` : address}\\${hostPath[0]}$${hostPath.slice(2)}`,
}

const pieceBytes = 1_048_576

/** Copies what is missing. The copy goes from here to the host: a host that fetched it from a share would need our password a second time. Throws FailureError `plan`, `workstation`, `link`, `credential` or `host`. */
export async function copyBySmb(
  peer: Peer,
  missing: MissingPart,
  { platform, shareOf }: SmbWorkstation = thisWorkstation,
): Promise<void> {
  const { partPath, offset, signal, onProgress } = missing
  if (platform !== 'win32')
    throw failed(
      'workstation',
      'smb-needs-windows',
      `The plan wants large files copied to ${describePeer(peer)} over SMB, and this workstation is not Windows.`,
      'Run Rollout on a Windows workstation that is signed in with an administrator of the host, or let the host fetch files (hosts[].largeFiles.by "pull") or send them through WinRM ("session").',
    )
  if (!/^[A-Za-z]:\\/.test(partPath))
    throw failed(
      'plan',
      'smb-needs-drive',
      `${partPath} is on no drive of ${describePeer(peer)}, so no administrative share has it.`,
      'Give the host a workFolder on a drive.',
    )
  const path = shareOf(peer.address, partPath)
  let target: FileHandle
  try {
    // Also made where nothing is there yet; what is there is kept up to the offset.
    target = await open(path, offset > 0 ? 'r+' : 'w')
  } catch (error) {
    throw noShare(peer, path, error)
  }
  const orBroken = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw broken(peer, error)
    })
  try {
    // Of what was opened anew nothing is there to be cut off, and not every share takes that.
    if (offset > 0) await orBroken(target.truncate(offset))
    let at = offset
    for await (const piece of piecesFrom(offset, missing, pieceBytes)) {
      if (signal.aborted) throw cancelled(peer)
      for (let written = 0; written < piece.length;) {
        const { bytesWritten } = await orBroken(target.write(piece, written, piece.length - written, at + written))
        // A share that takes nothing and names no error would be asked for ever.
        if (bytesWritten === 0) throw broken(peer, null)
        written += bytesWritten
      }
      at += piece.length
      onProgress(at)
    }
    // What the workstation still holds is not on the host: a share may say only now that it is full, or gone.
    await orBroken(target.sync())
  } finally {
    await target.close().catch(() => undefined)
  }
}

function noShare(peer: Peer, path: string, error: unknown): FailureError {
  const code = codeOf(error) ?? 'unknown'
  const refused = code === 'EACCES' || code === 'EPERM'
  return failed(
    refused ? 'credential' : 'link',
    refused ? 'smb-refused' : 'smb-unreachable',
    `${path} cannot be written from this workstation (${code}).`,
    `SMB signs in as whoever runs Rollout: be signed in as an administrator of ${peer.name}, and let TCP 445 through. Or let the host fetch files (hosts[].largeFiles.by "pull").`,
    refused ? 'never' : 'backoff',
    [code],
  )
}

function broken(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error) ?? 'unknown'
  if (code === 'ENOSPC')
    return failed(
      'host',
      'disk-full',
      `There is not enough space on ${describePeer(peer)}.`,
      'Free some space on the host, then retry.',
    )
  return failed(
    'link',
    'smb-lost',
    `The copy to ${describePeer(peer)} broke off (${code}).`,
    'Nothing to do: it goes on where it stopped.',
    'backoff',
    [code],
  )
}
