/** Refusals of practice hosts, as their scripts would report them. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { plural } from '../../../../domain/base/plural.ts'

/** A refusal of a practice host: kind `host`. */
function refused(code: string, message: string, hint: string): FailureError {
  return failed('host', code, message, hint)
}

/** The disk of a practice host is full. */
export function diskFull(host: string): FailureError {
  return refused('disk-full', `Drive C: of ${host} is full.`, 'Free space on the host, then retry.')
}

/** The file to fetch does not exist. */
export function fileMissing(host: string, path: string): FailureError {
  return refused('file-missing', `There is no file ${path} on ${host}.`, 'Check the path.')
}

/** The file to fetch is larger than requested. */
export function fileTooLarge(host: string, path: string, size: number | null, maxBytes: number): FailureError {
  return refused(
    'file-too-large',
    `${path} on ${host} has ${plural(size ?? 0, 'byte')}, but Rollout fetches at most ${plural(maxBytes, 'byte')}.`,
    'Open the file on the host itself.',
  )
}

/** The practice site did not keep the content of a file. */
export function contentNotKept(path: string): FailureError {
  return refused(
    'content-not-kept',
    `The practice site keeps only the length and hash of ${path}, not its content.`,
    'Fetch files of up to 16 MiB that were sent before.',
  )
}

/** A file sent in parts is too long to be kept. */
export function partTooLong(path: string): FailureError {
  return refused(
    'content-not-kept',
    `The practice site keeps the content of files of up to 16 MiB, but ${path} is longer.`,
    'Send longer files whole.',
  )
}

/** The folder of a part does not exist. */
export function noFolder(folder: string): FailureError {
  return refused('no-folder', `There is no folder ${folder}.`, 'Create the folder first.')
}

/** A part is written beyond the end of the file. */
export function partTooShort(path: string, length: number, offset: number): FailureError {
  return refused(
    'part-too-short',
    `${path} has ${plural(length, 'byte')}, so the host cannot write a part from byte ${offset} on.`,
    'Write the parts in order.',
  )
}

/** The program to start does not exist. */
export function noProgram(file: string): FailureError {
  return refused(
    'no-program',
    `There is no program ${file} on this host.`,
    'Check that the file was sent and has not been removed since.',
  )
}

/** The program to start is a batch file. */
export function batchFile(file: string): FailureError {
  return refused(
    'batch-file',
    `${file} is a batch file: cmd.exe parses its arguments by its own rules.`,
    'Name cmd.exe as the program, with /d /c and the batch file as arguments.',
  )
}

/** The service to start does not exist. */
export function noService(service: string): FailureError {
  return refused(
    'no-service',
    `There is no service ${service} on this host.`,
    'Check that the installer succeeded and that the service name in the plan is right.',
  )
}

/** The service to start is disabled. */
export function serviceDisabled(service: string, host: string): FailureError {
  return refused(
    'service-disabled',
    `The service ${service} on ${host} is disabled.`,
    'Set its start type to automatic or manual, then retry.',
  )
}

/** The service did not start in time. */
export function serviceNotStarted(service: string, ms: number, status: string | null): FailureError {
  return refused(
    'service-not-started',
    `The service ${service} was not running within ${ms} ms. Its status is ${status}.`,
    'Check the log of the service and the event log of the host, then retry.',
  )
}

/** The work folder is a file. */
export function notAFolder(path: string): FailureError {
  return refused(
    'not-a-folder',
    `${path} is a file, so the host cannot create the work folder there.`,
    'Choose another work folder, or remove the file.',
  )
}

/** The folder to remove is outside the work folder. */
export function outsideRoot(path: string, root: string): FailureError {
  return refused(
    'outside-root',
    `${path} is not inside ${root}, so the host did not remove it.`,
    'Name a folder inside the work folder of the host.',
  )
}

/** The folder to remove is in use. */
export function folderInUse(path: string): FailureError {
  return refused(
    'script-failed',
    `The folder ${path} is in use: a program is still running in it.`,
    'Wait until the program has ended, then retry.',
  )
}

/** The certificate is not the approved one. */
export function wrongCertificateHash(actual: string, expected: string): FailureError {
  return refused(
    'wrong-hash',
    `The host did not add the certificate: its SHA-256 is ${actual} instead of the approved ${expected}.`,
    'Check which certificate the plan names.',
  )
}

/** A parameter of a verb is out of its range. The message is PowerShell's own. */
export function badParameter(verb: string, parameter: string, issue: string): FailureError {
  return refused(
    'bad-parameter',
    `Cannot validate argument on parameter '${parameter}' of ${verb}: ${issue}.`,
    'Correct on the host what the message names, then retry.',
  )
}

/** A firewall rule cannot name this address. */
export function invalidRuleAddress(text: string): FailureError {
  return refused(
    'invalid-parameter',
    `A firewall rule cannot contain "${text}".`,
    'Use IP addresses, networks (10.20.0.0/16), ranges (10.20.0.1-10.20.0.9), Any or LocalSubnet.',
  )
}
