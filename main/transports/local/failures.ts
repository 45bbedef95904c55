/** Failures of this machine as a host. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { plural } from '../../../domain/base/plural.ts'
import { codeOf, textOf } from '../shared/thrown.ts'

/** The file to copy cannot be read. */
export function sourceUnreadable(path: string, error: unknown): FailureError {
  return failed(
    'workstation',
    'no-file',
    `This workstation cannot read ${path}: ${textOf(error)}.`,
    'Put the file there, or correct the plan.',
  )
}

/** The operator or the engine cancelled the copy. */
export function copyCancelled(path: string): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    `Rollout cancelled the copy of ${path}.`,
    'The copy continues where it stopped when the step runs again.',
  )
}

/** The copy cannot be written. */
export function notWritten(path: string, error: unknown): FailureError {
  const full = codeOf(error) === 'ENOSPC'
  return failed(
    'host',
    full ? 'disk-full' : 'not-written',
    `Rollout cannot write ${path}: ${textOf(error)}.`,
    full ? 'Free space on that drive, then retry.' : 'Make the folder writable, then retry.',
  )
}

/** The file to fetch cannot be read. */
export function fileUnreadable(path: string, error: unknown): FailureError {
  return failed(
    'host',
    'no-file',
    `Rollout cannot read ${path}: ${textOf(error)}.`,
    'Check the path. The step that writes the file may not have run.',
  )
}

/** The file to fetch is larger than Rollout fetches. */
export function fileTooLarge(path: string, size: number, maxBytes: number): FailureError {
  return failed(
    'host',
    'file-too-large',
    `${path} has ${plural(size, 'byte')}, but Rollout fetches at most ${plural(maxBytes, 'byte')}.`,
    'Open the file itself.',
  )
}

/** The part to publish does not exist. */
export function partMissing(path: string): FailureError {
  return failed('host', 'no-part', `${path} does not exist on the host.`, 'Send the file again.', 'backoff')
}

/** The file that arrived has another hash. */
export function hashMismatch(path: string, sha256: string, expected: string): FailureError {
  return failed(
    'host',
    'hash-mismatch',
    `${path} was not published: its SHA-256 is ${sha256} instead of ${expected}.`,
    'Compare the file on this workstation with its source. If it is right, send it again.',
  )
}

/** There is no PowerShell, or it cannot be started. */
export function noPowerShell(executable: string, reason: string): FailureError {
  return failed(
    'host',
    'no-powershell',
    `The PowerShell of this workstation (${executable}) could not start: ${reason}`,
    'Install PowerShell 7, or name one in ROLLOUT_POWERSHELL.',
  )
}

/** How the PowerShell ended; follows its name. */
export const endedText = {
  withCodeZero: 'it ended with exit code 0.',
  otherwise: (how: string) => `it ended: ${how}.`,
} as const
