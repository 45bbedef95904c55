/** Owns how an arrived file gets its name, whatever way it arrived. */
import { failed } from '../../../domain/base/failure.ts'
import type { ResidentPowerShell } from '../powershell/resident-powershell.ts'

/**
 * Lets the host hash `partPath` and move it to `path`. Throws FailureError of kind `host`: `hash-mismatch` when what arrived is not what was
 * sent (nothing is published then), `no-part` when nothing arrived.
 */
export async function publishFile(
  powershell: Pick<ResidentPowerShell, 'run'>,
  file: { readonly partPath: string; readonly path: string; readonly sha256: string },
  signal: AbortSignal,
): Promise<void> {
  const answer = await powershell.run(
    'Publish-File',
    { PartPath: file.partPath, Path: file.path, Sha256: file.sha256 },
    { signal },
  )
  if (answer.published) return
  if (answer.sha256 === null)
    throw failed('host', 'no-part', `${file.partPath} is not on the host.`, 'Send the file again.', 'backoff')
  throw failed(
    'host',
    'hash-mismatch',
    `${file.path} arrived with SHA-256 ${answer.sha256}; due is ${file.sha256}. It was not published.`,
    'Compare the file on the workstation with its source; if it is right, send it again.',
  )
}
