/** What a window is answered about evidence and the acceptance summary where something cannot be done. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'

export function unknownEvidence(name: string): FailureError {
  return failed(
    'request',
    'unknown-evidence',
    `${name} is not stored with this rollout.`,
    'Add the file to the checklist again.',
  )
}

export function evidenceIncomplete(name: string): FailureError {
  return failed('request', 'bad-input', `Rollout did not receive all of ${name}.`, 'Choose the file again.')
}

export function evidenceEmpty(name: string): FailureError {
  return failed('request', 'file-empty', `${name} is empty.`, 'Choose a file with content.')
}

export function evidenceTooLarge(name: string, maxBytes: number): FailureError {
  return failed(
    'request',
    'file-too-large',
    `${name} is larger than ${maxBytes / 2 ** 20} MB.`,
    'Choose a smaller file, for example a screenshot.',
  )
}

export function evidenceAfterEnd(): FailureError {
  return failed('request', 'refused', 'The rollout has finished.', 'Keep the file with its acceptance summary.')
}

export function secretInEvidence(name: string): FailureError {
  return failed(
    'request',
    'secret-in-evidence',
    `${name} contains a secret stored in the vault.`,
    'Remove the secret from the file, then choose it again.',
  )
}

export function evidenceInUse(): FailureError {
  return failed(
    'request',
    'refused',
    'A gate was opened with this file, so it cannot be removed.',
    'No action is needed.',
  )
}

export function summaryNotReady(runId: string): FailureError {
  return failed(
    'request',
    'run-unfinished',
    `Run ${runId} has not finished.`,
    'The acceptance summary is available after the acceptance stage.',
  )
}

export function summaryChanged(): FailureError {
  return failed(
    'request',
    'summary-changed',
    'The summary has changed since it was shown.',
    'Read it again, then sign.',
  )
}

export function lineSigned(): FailureError {
  return failed(
    'request',
    'signed-already',
    'This line is already signed and cannot be removed.',
    'No action is needed.',
  )
}
