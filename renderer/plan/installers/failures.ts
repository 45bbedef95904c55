/** Failures of the installer forms. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** The file of an artefact does not exist or cannot be read. `file` is its path. */
export function fileUnreadable(file: string): FailureError {
  return failed(
    'request',
    'no-such-file',
    `Rollout cannot read the file ${file}.`,
    'Put the file there, or correct its path or the media folder.',
  )
}
