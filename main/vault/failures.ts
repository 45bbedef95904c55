/** The failures of a vault, each with its sentence and its next step. */
import { commandName } from '../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../domain/base/failure.ts'

/** The code by which a layered vault knows that it may ask the next one. */
export const unknownCode = 'credential-unknown'

/** How failures name a vault that is not in a file. */
export const placeText = {
  file: (file: string) => `the vault ${file}`,
  environment: 'the environment',
  standardInput: 'the document on standard input',
  any: 'any vault',
} as const

/** No entry of that name. `where` names the vault. */
export function unknownEntry(ref: string, where: string): FailureError {
  return failed(
    'credential',
    unknownCode,
    `There is no entry ${ref} in ${where}.`,
    `Add it with: ${commandName} vault set ${ref} --user USER`,
  )
}

/** A sign-in is needed, and the entry is a secret. */
export function noSignIn(ref: string, kind: string): FailureError {
  return failed(
    'credential',
    'credential-kind',
    `The vault entry ${ref} is of kind ${kind}. This sign-in needs the kind password, key or agent.`,
    `Set it again with: ${commandName} vault set ${ref} --user USER`,
  )
}

/** A secret text is needed, and the entry is a key or an agent. */
export function noSecret(ref: string, kind: string): FailureError {
  return failed(
    'credential',
    'credential-kind',
    `The vault entry ${ref} is of kind ${kind}. This value needs the kind secret or password.`,
    `Set it again with: ${commandName} vault set ${ref} --kind secret`,
  )
}

/** The text of an entry cannot be read as one. `what` names the wrong parts and never quotes them: they are secret. */
export function badEntry(ref: string, what: string): FailureError {
  return failed(
    'credential',
    'credential-malformed',
    `Rollout cannot use the vault entry ${ref}: ${what}.`,
    'Give an entry such as {"kind":"password","user":"...","password":"..."}, or plain text for a secret.',
  )
}

/** No plan could use an entry of this name. */
export function badName(name: string): FailureError {
  return failed(
    'credential',
    'credential-malformed',
    `${JSON.stringify(name)} cannot be the name of a vault entry.`,
    'Use 1 to 100 letters, digits, dots, dashes, underscores, @ or /.',
  )
}

/** The document of --vault-stdin is not a JSON object. Never quotes it: it contains secrets. */
export function badDocument(): FailureError {
  return failed(
    'credential',
    'credential-malformed',
    'The document on standard input is not a JSON object.',
    'Give one JSON object: each key is the name of an entry, each value an entry or plain text for a secret.',
  )
}

/** A vault refuses what redaction could not keep out of the log. */
export function tooShort(ref: string, part: string, least: number): FailureError {
  return failed(
    'credential',
    'secret-too-short',
    `The ${part} of ${ref} has fewer than ${least} characters. ` +
      'Rollout could not remove it from logs without removing ordinary text.',
    `Use a ${part} of at least ${least} characters.`,
  )
}

/** A vault refuses what is too long for a password, key or token. */
export function tooLong(ref: string, part: string, most: number): FailureError {
  return failed(
    'credential',
    'secret-too-long',
    `The ${part} of ${ref} has more than ${most} characters.`,
    'Keep large content in a file, and store only its key in the vault.',
  )
}

/** The new name of an entry is in use. */
export function nameTaken(name: string): FailureError {
  return failed(
    'request',
    'vault-name-taken',
    `The vault already has an entry ${name}.`,
    'Choose another name, or remove that entry first.',
  )
}

/** No source gave a passphrase. `variable` is the environment variable that could. */
export function noPassphrase(variable: string): FailureError {
  return failed(
    'credential',
    'vault-locked',
    'The vault is locked, and no passphrase was given.',
    `Set ${variable}, or run the command in a terminal, where it asks for the passphrase.`,
  )
}

/** Another process changed the passphrase while this one had the vault open. */
export function passphraseChanged(file: string): FailureError {
  return failed(
    'credential',
    'vault-locked',
    `Another process changed the passphrase of the vault ${file}.`,
    'Unlock the vault with the new passphrase, or start Rollout again with it.',
  )
}

/** The passphrase does not decrypt the file, which is whole. */
export function wrongPassphrase(file: string): FailureError {
  return failed(
    'credential',
    'vault-wrong-passphrase',
    `The passphrase does not open the vault ${file}.`,
    'Enter the passphrase of this vault. If it is right, somebody changed the file: restore a backup.',
  )
}

/** The new passphrase equals the current one. */
export function samePassphrase(): FailureError {
  return failed(
    'request',
    'vault-passphrase-unfit',
    'The new passphrase is the same as the current one.',
    'Choose another passphrase.',
  )
}

/** The new passphrase has fewer than `least` characters. */
export function shortPassphrase(least: number): FailureError {
  return failed(
    'request',
    'vault-passphrase-unfit',
    `The new passphrase has fewer than ${least} characters.`,
    'Choose a longer passphrase.',
  )
}

/** There is no file whose passphrase could be changed. */
export function vaultMissing(file: string): FailureError {
  return failed(
    'request',
    'vault-missing',
    `There is no vault ${file} yet.`,
    'Add a first entry: this creates the vault, with the passphrase that you give then.',
  )
}

/** The file changed between reading and writing. */
export function vaultBusy(file: string): FailureError {
  return workstation(
    'vault-busy',
    `Another process has been changing the vault ${file} for 10 seconds. Rollout did not make your change.`,
    'Try again.',
  )
}

export function vaultChanged(file: string): FailureError {
  return workstation(
    'vault-changed',
    `Another process changed the vault ${file} at the same moment. Rollout did not make your change.`,
    'Try again.',
  )
}

/** POSIX only: the file's mode gives rights to others. `path` is the file, quoted for a shell. */
export function readableByOthers(file: string, mode: string, path: string): FailureError {
  return workstation(
    'vault-readable-by-others',
    `Other users of this workstation can access the vault ${file} (mode ${mode}).`,
    `Restrict access with: chmod 600 ${path}`,
  )
}

/** The file cannot be read. `reason` is what the operating system reported. */
export function vaultUnreadable(file: string, reason: string): FailureError {
  return workstation(
    'vault-unreadable',
    `Rollout cannot read the vault ${file}.`,
    'Check that your account may read the file and its folder.',
    [reason],
  )
}

/** The file could not be replaced. `reason` is what the operating system reported. */
export function vaultNotWritten(file: string, reason: string): FailureError {
  return workstation(
    'vault-not-written',
    `Rollout could not write the vault ${file} and did not change it.`,
    'Check that the folder exists, has free space, and may be written by your account.',
    [reason],
  )
}

/** The file is something else than a vault with a passphrase. */
export function notAVault(file: string): FailureError {
  return workstation(
    'vault-not-a-vault',
    `${file} is not a vault of Rollout, so Rollout did not change it.`,
    'Name another file with --vault.',
  )
}

/** The file is something else than a vault that the operating system sealed. */
export function notASealedVault(file: string): FailureError {
  return workstation(
    'vault-not-a-vault',
    `${file} is not a vault that this workstation encrypted. Rollout did not change it.`,
    'Name another file with --vault, or move this file away.',
  )
}

/** The file's format has a later version. */
export function newerVault(file: string): FailureError {
  return workstation(
    'vault-newer',
    `A newer version of Rollout wrote the vault ${file}.`,
    'Use that version, or another vault file.',
  )
}

/** The file has entries of an unknown kind or form. */
export function newerEntries(file: string): FailureError {
  return workstation(
    'vault-newer',
    `The vault ${file} contains entries that this version of Rollout does not know.`,
    'Use the version of Rollout that wrote it.',
  )
}

/** The file is a vault by its header, and its checksum is wrong. */
export function vaultDamaged(file: string): FailureError {
  return workstation(
    'vault-damaged',
    `The vault ${file} is damaged. Rollout did not change it.`,
    'Restore a backup of the file, or create a new vault.',
  )
}

/** The operating system does not open the seal for this user on this workstation. */
export function sealedElsewhere(file: string): FailureError {
  return workstation(
    'vault-sealed-elsewhere',
    `Another user or another computer encrypted the vault ${file}, so Rollout cannot open it here.`,
    'Move the file away and enter its secrets again. They are stored nowhere else.',
  )
}

/** The operating system refused to seal. `evidence` is what it reported. */
export function notSealed(evidence: string[]): FailureError {
  return workstation(
    'vault-not-sealed',
    'The operating system did not encrypt the vault, so Rollout did not change it.',
    'Sign in to this workstation again, then retry.',
    evidence,
  )
}

// What is wrong lies on this workstation, and a retry alone does not help.
function workstation(code: string, message: string, hint: string, evidence: string[] = []): FailureError {
  return failed('workstation', code, message, hint, 'never', evidence)
}
