/** Owns copying a file to a host's administrative share, where a plan wants that: with the Windows logon of whoever runs this program, never with a password of ours. */
import { open, type FileHandle } from 'node:fs/promises'
import { failed, type FailureError } from '../../../domain/failure.ts'
import { inWords, type Peer } from './peer.ts'

export interface SmbCopy {
  readonly peer: Peer
  readonly file: FileHandle
  readonly size: number
  /** On the host, by its own path. */
  readonly partPath: string
  readonly offset: number
  readonly signal: AbortSignal
  readonly onProgress: (bytes: number) => void
}

/** What this workstation reaches a share by; tests give another. */
export interface SmbWorkstation {
  readonly platform: NodeJS.Platform
  /** Where the workstation finds C:\\folder\\file of the host. */
  readonly shareOf: (address: string, hostPath: string) => string
}

export const thisWorkstation: SmbWorkstation = {
  platform: process.platform,
  shareOf: (address, hostPath) => `\\\\${address.includes(':') ? `${address.replaceAll(':', '-')}.ipv6-literal.net` : address}\\${hostPath[0]}$${hostPath.slice(2)}`,
}

const pieceBytes = 1_048_576

/** Copies what is missing. The copy goes from here to the host: a host that fetched it from a share would need our password a second time. Throws FailureError `plan` or `link`. */
export async function copyBySmb({ peer, file, size, partPath, offset, signal, onProgress }: SmbCopy, { platform, shareOf }: SmbWorkstation = thisWorkstation): Promise<void> {
  if (platform !== 'win32')
    throw failed('plan', 'smb-needs-windows', `The plan wants large files copied to ${inWords(peer)} over SMB, and this workstation is not Windows.`,
      'Run Rollout on a Windows workstation that is signed in with an administrator of the host, or let the host fetch files (hosts[].largeFiles.by "pull") or send them through WinRM ("session").')
  if (!/^[A-Za-z]:\\/.test(partPath)) throw failed('plan', 'smb-needs-drive', `${partPath} is on no drive of ${inWords(peer)}, so no administrative share has it.`, 'Give the host a workFolder on a drive.')
  const path = shareOf(peer.address, partPath)
  let target: FileHandle
  try {
    // Also made where nothing is there yet; what is there is kept up to the offset.
    target = await open(path, offset > 0 ? 'r+' : 'w')
  } catch (error) {
    throw noShare(peer, path, error)
  }
  try {
    await target.truncate(offset)
    const buffer = Buffer.allocUnsafe(pieceBytes)
    for (let at = offset; at < size; ) {
      if (signal.aborted) throw failed('uncertain', 'cancelled', `The copy to ${inWords(peer)} was called off on this side.`, 'Look at the host before it is run again.')
      const { bytesRead } = await file.read(buffer, 0, Math.min(pieceBytes, size - at), at)
      if (bytesRead === 0) throw failed('plan', 'local-file-changed', 'The file on this workstation became shorter while it was being copied.', 'Put the right file there, or check and lock the plan again.')
      await target.write(buffer, 0, bytesRead, at).catch((error: unknown) => { throw broken(peer, error) })
      at += bytesRead
      onProgress(at)
    }
  } finally {
    await target.close().catch(() => undefined)
  }
}

function noShare(peer: Peer, path: string, error: unknown): FailureError {
  const code = codeOf(error)
  const refused = code === 'EACCES' || code === 'EPERM'
  return failed(refused ? 'credential' : 'link', refused ? 'smb-refused' : 'smb-unreachable', `${path} cannot be written from this workstation (${code}).`,
    `SMB signs in as whoever runs Rollout: be signed in as an administrator of ${peer.name}, and let TCP 445 through. Or let the host fetch files (hosts[].largeFiles.by "pull").`, refused ? 'never' : 'backoff', [code])
}

function broken(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error)
  if (code === 'ENOSPC') return failed('host', 'disk-full', `There is not enough space on ${inWords(peer)}.`, 'Free some space on the host, then retry.')
  return failed('link', 'smb-lost', `The copy to ${inWords(peer)} broke off (${code}).`, 'Nothing to do: it goes on where it stopped.', 'backoff', [code])
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
