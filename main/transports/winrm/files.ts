/** Owns files over WinRM: large ones as the plan says, all others piece by piece through the session's own PowerShell; published only under the right hash. */
import { open, type FileHandle } from 'node:fs/promises'
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { FileToPut, Session } from '../../engine/ports.ts'
import type { MissingPart } from './missing-part.ts'
import { inWords, type Peer } from './peer.ts'

export interface FileOptions {
  readonly peer: Peer
  readonly run: Session['run']
  /** Bytes of one piece. */
  readonly partBytes: number
  /** What is larger than this many bytes goes by `large`, if there is that. */
  readonly largeBytes: number
  readonly large: LargeWay | undefined
}

/** Another way for what a file still lacks, from `offset` on. Gives back how far it came, for the session to go on from there. */
export type LargeWay = (missing: MissingPart, onNote: (note: string) => void) => Promise<number>

type PutOptions = Parameters<Session['put']>[1]

/**
 * Sends a file, going on where an earlier try stopped, and lets the host hash and publish it. A part that an earlier try began and that turns
 * out wrong is sent once more from its first byte. Throws FailureError as Session.put does.
 */
export async function putFile(setting: FileOptions, file: FileToPut, options: PutOptions): Promise<void> {
  const { peer, run } = setting
  const { signal } = options
  const part = `${file.remotePath}.${file.sha256.slice(0, 12)}.part`
  const local = await openLocal(file)
  try {
    const sendAndPublish = async () => {
      const startedAt = await send(setting, local, part, file, options)
      // A slow disk with a virus scanner in front of it still hashes some 10 MB a second.
      const answer = await run(
        'Publish-File',
        { PartPath: part, Path: file.remotePath, Sha256: file.sha256 },
        { signal, timeoutMs: 60_000 + Math.ceil(file.size / 10_000) },
      )
      if (answer.published) return undefined
      await run('Write-FilePart', { PartPath: part, Offset: 0, Base64: '' }, { signal })
      return { startedAt, sha256: answer.sha256 }
    }
    let wrong = await sendAndPublish()
    if (wrong !== undefined && wrong.startedAt > 0) wrong = await sendAndPublish()
    if (wrong === undefined) return
    throw failed(
      'host',
      'hash-mismatch',
      `${file.remotePath} on ${inWords(peer)} was not published: its SHA-256 is ${wrong.sha256 ?? 'unknown'}, and ${file.sha256} was expected.`,
      `Check ${file.localPath} on this workstation: if its SHA-256 is not the expected one, put the right file there; otherwise something between the two machines changes files.`,
      'never',
      [`expected ${file.sha256}`, `on the host ${wrong.sha256 ?? 'unknown'}`],
    )
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
    if (!answer.exists || answer.length === null)
      throw failed(
        'host',
        'file-missing',
        `${inWords(peer)} has no file ${remotePath}.`,
        'Check the path; the step that writes the file may not have run.',
      )
    length ??= answer.length
    if (length > maxBytes)
      throw failed(
        'host',
        'file-too-large',
        `${remotePath} on ${inWords(peer)} has ${length} bytes; at most ${maxBytes} are fetched.`,
        'Look at the file on the host itself.',
      )
    const piece = Buffer.from(answer.base64, 'base64')
    if (piece.length === 0 && offset < length)
      throw failed(
        'host',
        'file-changed',
        `${remotePath} on ${inWords(peer)} became shorter while it was being fetched.`,
        'Fetch it again.',
        'backoff',
      )
    pieces.push(piece)
    offset += piece.length
  }
  return new Uint8Array(Buffer.concat(pieces))
}

// What an earlier try left is trusted for its length only: the hash says whether it was right. Longer than the file it is somebody else's.
async function send(
  setting: FileOptions,
  local: FileHandle,
  part: string,
  file: FileToPut,
  options: PutOptions,
): Promise<number> {
  const { run, partBytes, large, largeBytes } = setting
  const { signal, onProgress } = options
  const there = (await run('Get-FileState', { Path: part, Hash: false, Signature: false }, { signal })).length ?? 0
  const start = there > file.size ? 0 : there
  onProgress?.(start)
  if (start === file.size && start > 0) return start
  const buffer = Buffer.allocUnsafe(partBytes)
  let offset = start
  if (large && file.size - start > largeBytes) {
    // Makes the folder, and drops what is too much.
    await write(setting, part, start, buffer.subarray(0, 0), file, signal)
    offset = await large(
      { file: local, size: file.size, partPath: part, offset, signal, onProgress: (bytes) => onProgress?.(bytes) },
      (note) => options.onNote?.(note),
    )
    if (offset === file.size) return start
  }
  do {
    const bytes = buffer.subarray(0, Math.min(partBytes, file.size - offset))
    await readFully(local, bytes, offset, file)
    await write(setting, part, offset, bytes, file, signal)
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

async function openLocal(file: FileToPut): Promise<FileHandle> {
  let local: FileHandle
  try {
    local = await open(file.localPath, 'r')
  } catch (error) {
    throw failed(
      'plan',
      'local-file',
      `The file ${file.localPath} cannot be read on this workstation: ${error instanceof Error ? error.message : String(error)}.`,
      'Put the file where the plan says it is.',
    )
  }
  const { size } = await local.stat()
  if (size === file.size) return local
  await local.close()
  throw changed(file, `it has ${size} bytes, and ${file.size} were expected`)
}

async function readFully(local: FileHandle, bytes: Buffer, position: number, file: FileToPut): Promise<void> {
  for (let got = 0; got < bytes.length;) {
    const { bytesRead } = await local.read(bytes, got, bytes.length - got, position + got)
    if (bytesRead === 0) throw changed(file, 'it became shorter while it was being sent')
    got += bytesRead
  }
}

function changed(file: FileToPut, how: string): FailureError {
  return failed(
    'plan',
    'local-file-changed',
    `The file ${file.localPath} on this workstation is not the one that was checked: ${how}.`,
    'Put the right file there, or check and lock the plan again.',
  )
}

// The folder of a path on the host; a drive keeps its backslash.
function folderOf(hostPath: string): string {
  const cut = Math.max(hostPath.lastIndexOf('\\'), hostPath.lastIndexOf('/'))
  const folder = hostPath.slice(0, cut)
  return /^[A-Za-z]:$/.test(folder) || folder === '' ? hostPath.slice(0, cut + 1) : folder
}
