/** Owns sending a file: in chunks into a part file, going on where an earlier try stopped. */
import { open, type FileHandle } from 'node:fs/promises'
import { failed } from '../../../domain/base/failure.ts'
import type { FileToPut } from '../../engine/ports.ts'
import { inWords } from './failures.ts'
import type { Link } from './link.ts'
import type { SshLimits } from './limits.ts'
import { pipelined } from './pipeline.ts'
import type { RemoteFile, Sftp } from './sftp.ts'

/** The part file of a file: it bears the start of the hash, so that a part of another version is never gone on with. */
export function partPathOf(file: FileToPut): string {
  return `${file.remotePath}.${file.sha256.slice(0, 12)}.part`
}

export interface Sending {
  readonly signal: AbortSignal
  readonly onProgress?: (sentBytes: number) => void
}

/**
 * Brings the part file to the full size and answers at which byte it began. What an earlier try left is trusted for its size only:
 * the hash, taken on the host when the file is published, says whether it was right. `makeFolder` is called when the folder is missing.
 */
export async function upload(
  link: Link,
  sftp: Sftp,
  limits: SshLimits,
  file: FileToPut,
  sending: Sending,
  makeFolder: () => Promise<void>,
): Promise<number> {
  const local = await openLocal(file)
  try {
    const part =
      (await sftp.open(partPathOf(file), 'go-on', sending.signal)) ??
      (await create(link, sftp, file, sending.signal, makeFolder))
    try {
      return await send(local, part, limits, file, sending)
    } finally {
      await part.close()
    }
  } finally {
    await local.close()
  }
}

async function send(
  local: FileHandle,
  part: RemoteFile,
  limits: SshLimits,
  file: FileToPut,
  sending: Sending,
): Promise<number> {
  const there = await part.size()
  // Longer than the file can only be somebody else's bytes.
  if (there > file.size) await part.truncate(0)
  const start = there > file.size ? 0 : there
  sending.onProgress?.(start)
  const spare: Buffer[] = []
  await pipelined(
    start,
    file.size,
    limits,
    async (position, length) => {
      const buffer = spare.pop() ?? Buffer.allocUnsafe(limits.chunkBytes)
      const bytes = buffer.subarray(0, length)
      await readFully(local, bytes, position, file)
      await part.write(bytes, position)
      spare.push(buffer)
    },
    (upTo) => sending.onProgress?.(upTo),
  )
  return start
}

async function create(
  link: Link,
  sftp: Sftp,
  file: FileToPut,
  signal: AbortSignal,
  makeFolder: () => Promise<void>,
): Promise<RemoteFile> {
  const path = partPathOf(file)
  const created = await sftp.open(path, 'create', signal)
  if (created) return created
  await makeFolder()
  const again = await sftp.open(path, 'create', signal)
  if (again) return again
  throw failed(
    'host',
    'no-folder',
    `${inWords(link.peer)} has no folder for ${file.remotePath}, and it could not be made.`,
    'Check the work folder of the host in the plan.',
  )
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

function changed(file: FileToPut, how: string) {
  return failed(
    'plan',
    'local-file-changed',
    `The file ${file.localPath} on this workstation is not the one that was checked: ${how}.`,
    'Put the right file there, or check and lock the plan again.',
  )
}
