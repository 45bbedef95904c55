/** Owns which vaults a command line has: pipeline entries first, then the passphrase-encrypted file. */
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
  /** Asks a person, for a vault that is there or for one that is about to be made; left out where there is no terminal. */
  readonly prompt?: (isNew: boolean) => Promise<string>
  /** In place of a prompt: asked each time the file's key is needed, until one has opened it. Throws FailureError `vault-locked` while nobody has said. */
  readonly ask?: () => Promise<string>
}

export interface OpenVault {
  readonly vault: WholeVault
  readonly file: FileVault
  readonly path: string
}

/** A vault whose file stands under a passphrase. */
export interface OpenFileVault extends OpenVault {
  readonly file: PassphraseVault
  /** The passphrase, asked for where nobody has given it. */
  readonly passphrase: () => Promise<string>
}

/** The folder where this user's database and vault lie when no option names them. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  if (process.platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ExekraRollout')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'ExekraRollout')
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'exekra-rollout')
}

let environmentSecrets: Readonly<Record<string, string>> = {}

/**
 * Takes the secrets of a pipeline out of the environment, so that no process started from here inherits them. Every shell
 * calls this first: vaults opened afterwards read what was taken.
 */
export function takeEnvironmentSecrets(environment: Record<string, string | undefined> = process.env): void {
  environmentSecrets = { ...environmentSecrets, ...takeSecrets(environment) }
}

/** A vault of another kind in place of the file: pipeline entries still come first. */
export function sealedInto(vault: WholeVault): WholeVault {
  return layeredVault([envVault(environmentSecrets), vault])
}

/** Opens the vaults; nothing is read and no passphrase asked for before an entry is needed. */
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
