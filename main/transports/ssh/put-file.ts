/** Owns putting a file on a host: send the part, then let the host hash and publish it. */
import { failed } from '../../../domain/base/failure.ts'
import type { FileToPut, Session } from '../../engine/ports.ts'
import { inWords } from './failures.ts'
import type { Link } from './link.ts'
import type { SshLimits } from './limits.ts'
import { folderOf } from './remote-path.ts'
import type { Sftp } from './sftp.ts'
import { partPathOf, upload, type Sending } from './upload.ts'

/**
 * Sends and publishes a file. A part that an earlier try began and that turns out wrong is sent once more from its first byte; a
 * file that is wrong although it was sent whole is refused with `hash-mismatch`, and its part is removed.
 */
export async function putFile(
  link: Link,
  sftp: Sftp,
  limits: SshLimits,
  run: Session['run'],
  file: FileToPut,
  sending: Sending,
): Promise<void> {
  const { signal } = sending
  const part = partPathOf(file)
  const makeFolder = async () => {
    await run('New-WorkFolder', { Path: folderOf(file.remotePath) }, { signal })
  }
  const sendAndPublish = async () => {
    const startedAt = await upload(link, sftp, limits, file, sending, makeFolder)
    const answer = await run(
      'Publish-File',
      { PartPath: part, Path: file.remotePath, Sha256: file.sha256 },
      { signal, timeoutMs: publishMs(file.size) },
    )
    if (answer.published) return undefined
    await sftp.remove(part, signal)
    return { startedAt, sha256: answer.sha256 }
  }
  let wrong = await sendAndPublish()
  if (wrong !== undefined && wrong.startedAt > 0) wrong = await sendAndPublish()
  if (wrong === undefined) return
  throw failed(
    'host',
    'hash-mismatch',
    `${file.remotePath} on ${inWords(link.peer)} was not published: its SHA-256 is ${wrong.sha256 ?? 'unknown'}, and ${file.sha256} was expected.`,
    `Check ${file.localPath} on this workstation: if its SHA-256 is not the expected one, put the right file there; otherwise something between the two machines changes files.`,
    'never',
    [`expected ${file.sha256}`, `on the host ${wrong.sha256 ?? 'unknown'}`],
  )
}

// A slow disk with a virus scanner in front of it still hashes some 10 MB a second.
function publishMs(size: number): number {
  return 60_000 + Math.ceil(size / 10_000)
}
