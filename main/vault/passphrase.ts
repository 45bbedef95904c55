/** Where the vault's passphrase comes from: never the command line, which every user of the computer can read. */
import { noPassphrase } from './failures.ts'
import { passphraseVariable } from './env-vault.ts'

export interface PassphraseSources {
  /** The environment, or what takeSecrets took out of it. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Reads from a file descriptor that the caller was given. */
  readonly read?: () => Promise<string>
  /** Asks a person; only where there is a terminal. */
  readonly prompt?: () => Promise<string>
}

/**
 * A function that gets the passphrase from the first source there is, and only once. Throws FailureError `vault-locked`
 * if there is none.
 */
export function askPassphrase(sources: PassphraseSources): () => Promise<string> {
  let asked: Promise<string> | undefined
  return () => (asked ??= ask(sources))
}

async function ask(sources: PassphraseSources): Promise<string> {
  const given = sources.environment?.[passphraseVariable] ?? (await sources.read?.()) ?? (await sources.prompt?.())
  // A line read from a file or a terminal ends in a line break that belongs to nobody's passphrase.
  const passphrase = given?.replace(/\r?\n$/, '')
  if (passphrase === undefined || passphrase === '') throw noPassphrase(passphraseVariable)
  return passphrase
}
