/** Owns what the vault says when it cannot give a secret, or must not keep one. */
import { commandName } from '../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../domain/base/failure.ts'

/** The code by which a layered vault knows that it may ask the next one. */
export const unknownCode = 'credential-unknown'

/** No entry of that name. `where` names the vault. */
export function unknownEntry(ref: string, where: string): FailureError {
  return failed(
    'credential',
    unknownCode,
    `There is no entry ${ref} in ${where}.`,
    `Add it with: ${commandName} vault set ${ref} --user USER`,
  )
}

/** The entry is there and is of another kind than was asked for. */
export function wrongKind(ref: string, found: string, wanted: string): FailureError {
  return failed(
    'credential',
    'credential-kind',
    `The vault entry ${ref} is a ${found}; ${wanted} is needed here.`,
    `Set it again with: ${commandName} vault set ${ref} --user USER`,
  )
}

/** The entry's text is no entry. Never quotes the text: it is a secret. */
export function badEntry(ref: string, what: string): FailureError {
  return failed(
    'credential',
    'credential-malformed',
    `The vault entry ${ref} is not usable: ${what}.`,
    'Give an entry such as {"kind":"password","user":"...","password":"..."}, or plain text for a bare secret.',
  )
}

/** A vault refuses what redaction could not keep out of the log. */
export function tooShort(ref: string, part: string, least: number): FailureError {
  return failed(
    'credential',
    'secret-too-short',
    `The ${part} of ${ref} has fewer than ${least} characters: it could not be kept out of the log without striking out ordinary text.`,
    `Use a ${part} of at least ${least} characters.`,
  )
}

/** A vault refuses what is no password, key or token any more. */
export function tooLong(ref: string, part: string, most: number): FailureError {
  return failed(
    'credential',
    'secret-too-long',
    `The ${part} of ${ref} has more than ${most} characters.`,
    'Keep large content in a file, and only its key in the vault.',
  )
}

/** The vault's file cannot be used on this computer as it is. */
export function vaultFile(code: string, message: string, hint: string, evidence: string[] = []): FailureError {
  return failed('workstation', code, message, hint, 'never', evidence)
}

/** The vault's passphrase is missing or wrong. */
export function vaultPassphrase(code: string, message: string, hint: string): FailureError {
  return failed('credential', code, message, hint)
}

/** A change of the vault that was asked for and cannot be made. */
export function vaultRequest(code: string, message: string, hint: string): FailureError {
  return failed('request', code, message, hint)
}
