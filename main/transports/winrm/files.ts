/** Files over WinRM: large ones as the plan says, all others in pieces through the session's own PowerShell. */
import type { FileHandle } from 'node:fs/promises'
import { FailureError } from '../../../domain/base/failure.ts'
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { FileToPut, Session } from '../../engine/ports.ts'
import type { MissingPart } from './missing-part.ts'
import { fileMissing, fileTooLarge, remoteFileShrank } from '../shared/failures.ts'
import { openLocal, readFully } from '../shared/local-file.ts'
import type { Peer } from '../shared/peer.ts'
import { folderOf, putFile as publish } from '../shared/put-file.ts'

export interface FileOptions {
  readonly peer: Peer
  readonly run: Session['run']
  /** Bytes of one piece. */
  readonly partBytes: number
  /** Files larger than this many bytes are sent by `large`, if it is set. */
  readonly largeBytes: number
  readonly large: LargeWay | undefined
}

/** Another way to send the missing part of a file. Returns how far it came; the session continues from there. */
export type LargeWay = (missing: MissingPart, onNote: (note: string) => void) => Promise<number>

type PutOptions = Parameters<Session['put']>[1]

/**
 * Sends a file, continuing where an earlier try stopped, and lets the host hash and publish it. Throws as Session.put
 * does.
 */
export async function putFile(target: FileOptions, file: FileToPut, options: PutOptions): Promise<void> {
  const { peer, run } = target
  const { signal } = options
  const part = partPathOf(file)
  const local = await openLocal(file)
  try {
    const discard = async () => {
      await run('Write-FilePart', { PartPath: part, Offset: 0, Base64: '' }, { signal })
    }
    await publish({ peer, run, send: () => send(target, local, part, file, options), discard }, file, signal)
  } finally {
    await local.close()
  }
}

/** The bytes of a file of at most `maxBytes`, as long as it was when its first piece was read. */
export async function getFile(
  { peer, run, partBytes }: FileOptions,
  remotePath: string,
  { signal, maxBytes }: Parameters<Session['get']>[1],
): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let length: number | undefined
  for (let offset = 0; length === undefined || offset < length;) {
    const MaxBytes = Math.max(1, Math.min(partBytes, (length ?? maxBytes) - offset))
    const answer = await run('Read-FilePart', { Path: remotePath, Offset: offset, MaxBytes }, { signal })
    if (!answer.exists || answer.length === null) throw fileMissing(peer, remotePath)
    length ??= answer.length
    if (length > maxBytes) throw fileTooLarge(peer, remotePath, length, maxBytes)
    const piece = Buffer.from(answer.base64, 'base64')
    if (piece.length === 0 && offset < length) throw remoteFileShrank(peer, remotePath)
    pieces.push(piece)
    offset += piece.length
  }
  return new Uint8Array(Buffer.concat(pieces))
}

// Only the length of an earlier part is trusted: the hash decides. A part longer than the file does not come from it.
async function send(
  target: FileOptions,
  local: FileHandle,
  part: string,
  file: FileToPut,
  options: PutOptions,
): Promise<number> {
  const { run, partBytes, large, largeBytes } = target
  const { signal, onProgress } = options
  const existing = (await run('Get-FileState', { Path: part, Hash: false, Signature: false }, { signal })).length ?? 0
  const start = existing > file.size ? 0 : existing
  onProgress?.(start)
  if (start === file.size && start > 0) return start
  const buffer = Buffer.allocUnsafe(partBytes)
  let offset = start
  if (large && file.size - start > largeBytes) {
    // Creates the folder, and cuts off what is too much.
    await write(target, part, start, buffer.subarray(0, 0), file, signal)
    offset = await large(
      { file: local, size: file.size, partPath: part, offset, signal, onProgress: (bytes) => onProgress?.(bytes) },
      (note) => options.onNote?.(note),
    )
    if (offset === file.size) return start
  }
  do {
    const bytes = buffer.subarray(0, Math.min(partBytes, file.size - offset))
    await readFully(local, bytes, offset, file)
    await write(target, part, offset, bytes, file, signal)
    offset += bytes.length
    onProgress?.(offset)
  } while (offset < file.size)
  return start
}

async function write(
  { run }: FileOptions,
  part: string,
  offset: number,
  bytes: Buffer,
  file: FileToPut,
  signal: AbortSignal,
): Promise<void> {
  const params = { PartPath: part, Offset: offset, Base64: bytes.toString('base64') }
  try {
    await run('Write-FilePart', params, { signal })
  } catch (error) {
    if (!(error instanceof FailureError && error.failure.code === 'no-folder')) throw error
    await run('New-WorkFolder', { Path: folderOf(file.remotePath) }, { signal })
    await run('Write-FilePart', params, { signal })
  }
}
