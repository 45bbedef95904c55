/** Downloads a small file from a host. */
import { fileMissing, fileTooLarge, remoteFileShrank } from '../shared/failures.ts'
import type { Link } from './link.ts'
import type { SshLimits } from './limits.ts'
import { pipelined } from './pipeline.ts'
import type { RemoteFile, Sftp } from './sftp.ts'

/**
 * The bytes of a file of at most `maxBytes`, as they were when it was opened: what is written to it meanwhile is not
 * waited for.
 */
export async function download(
  link: Link,
  sftp: Sftp,
  limits: SshLimits,
  hostPath: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const file = await sftp.open(hostPath, 'read', signal)
  if (!file) throw fileMissing(link.peer, hostPath)
  try {
    const size = await file.size()
    if (size > maxBytes) throw fileTooLarge(link.peer, hostPath, size, maxBytes)
    const bytes = Buffer.alloc(size)
    await pipelined(
      0,
      size,
      limits,
      (position, length) => readFully(link, file, hostPath, bytes.subarray(position, position + length), position),
      () => undefined,
    )
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  } finally {
    await file.close()
  }
}

async function readFully(
  link: Link,
  file: RemoteFile,
  hostPath: string,
  bytes: Buffer,
  position: number,
): Promise<void> {
  for (let got = 0; got < bytes.length;) {
    const count = await file.read(bytes.subarray(got), position + got)
    if (count === 0) throw remoteFileShrank(link.peer, hostPath)
    got += count
  }
}
