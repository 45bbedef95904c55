/** The vaults of a process: entries of a pipeline first, then the encrypted file. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { documentVault, envVault, passphraseVariable, takeSecrets } from '../../vault/env-vault.ts'
import { fileVault, type FileVault, type PassphraseVault } from '../../vault/file-vault.ts'
import { layeredVault, type WholeVault } from '../../vault/layered-vault.ts'
import { askPassphrase } from '../../vault/passphrase.ts'

export { checkEntry } from '../../vault/entry.ts'
export type { VaultEntry } from '../../vault/entry.ts'

export interface VaultOptions {
  readonly file: string | undefined
  /** The JSON document of --vault-stdin. */
  readonly document: string | undefined
  /** Asks a person for the passphrase; left out where there is no terminal. `isNew`: the file does not exist yet. */
  readonly prompt?: (isNew: boolean) => Promise<string>
  /**
   * In place of a prompt: called each time the key of the file is needed, until one has opened it. Throws FailureError
   * `vault-locked` while there is no passphrase.
   */
  readonly ask?: () => Promise<string>
}

export interface OpenVault {
  readonly vault: WholeVault
  readonly file: FileVault
  readonly path: string
}

/** A vault whose file is encrypted with a passphrase. */
export interface OpenFileVault extends OpenVault {
  readonly file: PassphraseVault
  /** The passphrase; asks for it where it is not known yet. */
  readonly passphrase: () => Promise<string>
}

/** The folder of this user's database and vault where no option names another. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  if (process.platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ExekraRollout')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'ExekraRollout')
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'exekra-rollout')
}

let environmentSecrets: Readonly<Record<string, string>> = {}

/**
 * Takes the secrets of a pipeline out of the environment, so that no process started from here inherits them. Every
 * shell calls this first: vaults opened afterwards read what was taken.
 */
export function takeEnvironmentSecrets(environment: Record<string, string | undefined> = process.env): void {
  environmentSecrets = { ...environmentSecrets, ...takeSecrets(environment) }
}

/** A vault of another kind in place of the file. Entries of a pipeline still come first. */
export function sealedInto(vault: WholeVault): WholeVault {
  return layeredVault([envVault(environmentSecrets), vault])
}

/** Opens the vaults. Nothing is read, and no passphrase is asked for, before an entry is needed. */
export function openVault({ file, document, prompt, ask }: VaultOptions): OpenFileVault {
  const path = file ?? process.env['ROLLOUT_VAULT'] ?? join(dataFolder(), 'vault.json')
  const given = environmentSecrets[passphraseVariable]
  const passphrase =
    ask && given === undefined
      ? ask
      : askPassphrase({
          environment: environmentSecrets,
          ...(prompt ? { prompt: () => prompt(!existsSync(path)) } : {}),
        })
  const onFile = fileVault(path, { passphrase })
  const layers: WholeVault[] = [
    envVault(environmentSecrets),
    ...(document === undefined ? [] : [documentVault(document)]),
    onFile,
  ]
  return { vault: layeredVault(layers), file: onFile, path, passphrase }
}
