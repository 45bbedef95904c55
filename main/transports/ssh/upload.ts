/** Uploads a file in chunks into a part file, continuing where an earlier try stopped. */
import type { FileHandle } from 'node:fs/promises'
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { FileToPut } from '../../engine/ports.ts'
import { openLocal, readFully } from '../shared/local-file.ts'
import { noFolder } from './failures.ts'
import type { Link } from './link.ts'
import type { SshLimits } from './limits.ts'
import { pipelined } from './pipeline.ts'
import type { RemoteFile, Sftp } from './sftp.ts'

export interface Sending {
  readonly signal: AbortSignal
  readonly onProgress?: (sentBytes: number) => void
}

/**
 * Brings the part file to the full size and returns the byte at which it began. Only the size of an earlier part is
 * trusted: the host checks the hash when the file is published. `makeFolder` is called if the folder is missing. Throws
 * FailureError.
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
  const existing = await part.size()
  // A part longer than the file does not come from it.
  if (existing > file.size) await part.truncate(0)
  const start = existing > file.size ? 0 : existing
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
  throw noFolder(link.peer, file.remotePath)
}
