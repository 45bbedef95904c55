/** Puts a file on a host over SFTP. */
import type { FileToPut, Session } from '../../engine/ports.ts'
import { folderOf, partPathOf, putFile as sendAndPublish } from '../shared/put-file.ts'
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
  const send = () => upload(link, sftp, limits, file, sending, makeFolder)
  const discard = () => sftp.remove(partPathOf(file), signal)
  await sendAndPublish({ peer: link.peer, run, send, discard }, file, signal)
}
