/** What a window is answered about this workstation: its pins, paths, dialogs, vault, and calls that do not fit. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'

export function unknownPin(address: string, port: number): FailureError {
  return failed(
    'request',
    'unknown-pin',
    `No identity is recorded for ${address} port ${port}.`,
    'Reload the list. Somebody may have removed it.',
  )
}

export function relativePath(path: string): FailureError {
  return failed('request', 'not-a-whole-path', relativePathText(path), 'Enter an absolute path.')
}

/** The same as a problem of a plan file. */
export function relativePathText(path: string): string {
  return `${path} is a relative path.`
}

export function noDialogs(): FailureError {
  return failed(
    'workstation',
    'no-dialogs',
    'A browser window cannot open file dialogs on this workstation.',
    'Enter the path, or use the desktop program.',
  )
}

export function vaultLocked(): FailureError {
  return failed('credential', 'vault-locked', 'The vault is locked.', 'Unlock it with its passphrase.')
}

/** The operating system keeps the vault: there is no passphrase to enter or to change. */
export function vaultWithoutPassphrase(): FailureError {
  return failed(
    'request',
    'vault-not-locked',
    'The vault has no passphrase. The operating system protects it for this user.',
    'No action is needed.',
  )
}

const otherVersion = 'Reload the window. It may belong to another version of Rollout.'

export function unknownMethod(): FailureError {
  return failed('bug', 'unknown-method', 'This window sent a request that Rollout does not know.', otherVersion)
}

export function requestTooLarge(characters: number, limit: number): FailureError {
  const millions = (n: number) => Math.round(n / 1e6)
  return failed(
    'request',
    'too-large',
    `The request has ${millions(characters)} million characters. The limit is ${millions(limit)} million.`,
    'Send less at a time.',
  )
}

export function requestNotJson(): FailureError {
  return failed(
    'request',
    'bad-input',
    'This window sent a request that Rollout cannot read: it is not JSON.',
    otherVersion,
  )
}

/** `misfits`: each value that does not fit, in a line. */
export function badInput(misfits: string[]): FailureError {
  return failed(
    'request',
    'bad-input',
    misfits.length === 1 ? 'One value is not valid.' : 'Some values are not valid.',
    misfits.length === 1 ? 'Correct the value below.' : 'Correct the values below.',
    'never',
    misfits,
  )
}

export function badOutput(method: string, misfits: string[]): FailureError {
  return failed(
    'bug',
    'bad-output',
    'Rollout sent an answer that this window cannot read.',
    'This is a defect of Rollout. Report it with the evidence.',
    'never',
    [method, ...misfits],
  )
}

/** One value that does not fit: where it is, and what was expected. */
export function misfit(path: string, message: string): string {
  return `${path === '' ? '(input)' : path}: ${message}`
}

export const unknownKey = 'has a field that Rollout does not know'
