/** Puts a file on a host over SFTP. */
import { FailureError } from '../../../domain/base/failure.ts'
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { FileToPut, Session } from '../../engine/ports.ts'
import { diskFull } from '../shared/failures.ts'
import { folderOf, putFile as sendAndPublish } from '../shared/put-file.ts'
import type { Link } from './link.ts'
import type { SshLimits } from './limits.ts'
import type { Sftp } from './sftp.ts'
import { upload, type Sending } from './upload.ts'

/** Sends and publishes a file. Throws FailureError as Session.put does. */
export async function putFile(
  link: Link,
  sftp: Sftp,
  limits: SshLimits,
  run: Session['run'],
  file: FileToPut,
  sending: Sending,
): Promise<void> {
  const { signal } = sending
  const makeFolder = async () => {
    await run('New-WorkFolder', { Path: folderOf(file.remotePath) }, { signal })
  }
  const send = async () => {
    try {
      return await upload(link, sftp, limits, file, sending, makeFolder)
    } catch (error) {
      if (!(error instanceof FailureError && error.failure.code === 'file-failed')) throw error
      // Where nobody can say, what the transfer said is all there is.
      const room = await hasRoom(run, file, signal).catch(() => true)
      throw room ? error : diskFull(link.peer)
    }
  }
  const discard = () => sftp.remove(partPathOf(file), signal)
  await sendAndPublish({ peer: link.peer, run, send, discard }, file, signal)
}

// SFTP has no code for a full disk, so the host is asked whether the rest of the file fits.
async function hasRoom(run: Session['run'], file: FileToPut, signal: AbortSignal): Promise<boolean> {
  const { freeBytes } = await run('New-WorkFolder', { Path: folderOf(file.remotePath) }, { signal })
  const part = await run('Get-FileState', { Path: partPathOf(file), Hash: false, Signature: false }, { signal })
  return freeBytes === null || freeBytes >= file.size - (part.length ?? 0)
}
