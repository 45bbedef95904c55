/** Gives an arrived file its name. */
import { hashMismatch, partMissing } from './failures.ts'
import type { ResidentPowerShell } from '../powershell/resident-powershell.ts'

/**
 * Lets the host hash `partPath` and move it to `path`. Throws FailureError of kind `host`: `hash-mismatch` if the hash
 * is wrong (nothing is published then), `no-part` if there is no part.
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
  if (answer.sha256 === null) throw partMissing(file.partPath)
  throw hashMismatch(file.path, answer.sha256, file.sha256)
}
