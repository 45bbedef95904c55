/** The vault as windows use it: unlocked by a passphrase typed there. Secrets go in and never come out. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from '../../../domain/contract/api.ts'
import type { VaultState } from '../../../domain/contract/shapes.ts'
import { FailureError } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { fileVault, type PassphraseVault } from '../../vault/file-vault.ts'
import { sealedVault, type Sealer } from '../../vault/sealed-vault.ts'
import { dataFolder, openVault, sealedInto, type OpenVault } from '../secrets/open-vault.ts'
import type { App } from '../core/app.ts'
import { vaultLocked, vaultWithoutPassphrase } from './text/computer-failures.ts'
import { vaultText } from './text/window-text.ts'

export type { Sealer } from '../../vault/sealed-vault.ts'

type VaultMethods = Pick<Api, Extract<keyof Api, `vault.${string}`>>

/** A vault that a window can unlock; `given.passphrase` is what was typed there. */
export interface WindowVault extends OpenVault {
  readonly given: { passphrase: string | undefined }
  /** Null where the system keeps the vault. */
  readonly changePassphrase: PassphraseVault['changePassphrase'] | null
  readonly keeper: VaultState['keeper']
  /** Why the system does not keep it, where that was tried. */
  readonly why: string | null
}

/** Opens the vault file for a window; nothing is read before it is needed. */
export function windowVault(file: string | undefined, why: string | null = null): WindowVault {
  const given: WindowVault['given'] = { passphrase: undefined }
  const ask = async () => {
    if (given.passphrase === undefined) throw vaultLocked()
    return given.passphrase
  }
  const opened = openVault({ file, document: undefined, ask })
  return { ...opened, given, changePassphrase: opened.file.changePassphrase, keeper: 'passphrase', why }
}

/**
 * The vault of a shell whose operating system can seal it; `sealer` is the reason where it cannot. There is one vault
 * at a time: an existing vault with a passphrase stays in use.
 */
export function systemVault(sealer: Sealer | string): WindowVault {
  const withPassphrase = windowVault(undefined, typeof sealer === 'string' ? sealer : null)
  if (typeof sealer === 'string') return withPassphrase
  if (process.env['ROLLOUT_VAULT'] !== undefined) return windowVault(undefined, vaultText.namedByVariable)
  if (existsSync(withPassphrase.path)) return windowVault(undefined, vaultText.fileExists)
  const path = join(dataFolder(), 'vault-sealed.json')
  const file = sealedVault(path, sealer)
  return {
    vault: sealedInto(file),
    file,
    path,
    given: { passphrase: undefined },
    changePassphrase: null,
    keeper: 'system',
    why: null,
  }
}

/** The methods about the vault; changes are audited by name. */
export function vaultMethods(
  { store, redactor }: Pick<App, 'store' | 'redactor'>,
  { file, path, given, changePassphrase, keeper, why }: WindowVault,
  by: string,
): VaultMethods {
  const note = (action: 'vault.set' | 'vault.removed' | 'vault.passphrase-changed', subject: string) => {
    store.audit.record({ at: Date.now(), by, action, subject, why: '' })
  }

  async function state(): Promise<VaultState> {
    if (keeper === 'system') return { path, state: 'unlocked', keeper, why }
    if (!existsSync(path)) return { path, state: 'none', keeper, why }
    // Checked each time: the environment may have the passphrase, and another process may have changed it.
    const unlocked = await file.list().then(() => true, isLocked)
    return { path, state: unlocked ? 'unlocked' : 'locked', keeper, why }
  }

  return {
    'vault.state': state,
    'vault.unlock': async ({ passphrase }) => {
      if (keeper === 'system') throw vaultWithoutPassphrase()
      // The file itself is opened: a vault that is open already would accept any passphrase.
      await fileVault(path, { passphrase: async () => passphrase }).list()
      // Only the right passphrase is a secret: a slip such as "runner" must not be redacted everywhere.
      redactor.learn(passphrase)
      given.passphrase = passphrase
      return state()
    },
    'vault.changePassphrase': async ({ current, fresh }) => {
      if (!changePassphrase) throw vaultWithoutPassphrase()
      await changePassphrase(current, fresh)
      redactor.learn(current)
      redactor.learn(fresh)
      given.passphrase = fresh
      note('vault.passphrase-changed', path)
      return state()
    },
    'vault.list': async () => {
      const now = await state()
      return { ...now, entries: now.state === 'unlocked' ? await file.list() : [] }
    },
    'vault.set': async ({ name, entry }) => {
      for (const secret of Object.entries(entry).flatMap(([part, value]) =>
        part === 'kind' || part === 'user' || part === 'socket' || value === undefined ? [] : [value],
      ))
        redactor.learn(secret)
      await file.set(name, entry)
      note('vault.set', name)
      return {}
    },
    'vault.remove': async ({ name }) => {
      await file.remove(name)
      note('vault.removed', name)
      return {}
    },
  }
}

/**
 * Throws FailureError `vault-locked` where the plan's hosts or installers need an entry and the vault is locked. A
 * missing entry is left to the lane that needs it.
 */
export async function mustBeUnlocked(vault: OpenVault['vault'], plan: Plan): Promise<void> {
  for (const ref of secretsNamed(plan)) {
    try {
      await vault.secret(ref)
      return
    } catch (thrown) {
      if (thrown instanceof FailureError && thrown.failure.code === 'vault-locked') throw thrown
    }
  }
}

function secretsNamed(plan: Plan): string[] {
  const remote = plan.hosts.filter(
    ({ reach }) => reach.kind !== 'simulated' && reach.kind !== 'local' && reach.kind !== 'unmanaged',
  )
  const signIns = remote.flatMap((host) => host.credential ?? plan.defaultCredential ?? [])
  const ofInstallers = Object.values(plan.installers).flatMap((installer) =>
    installer.mode === 'unattended'
      ? Object.values(installer.environment).flatMap((value) => ('secret' in value ? [value.secret] : []))
      : [],
  )
  return [...new Set([...signIns, ...ofInstallers])]
}

function isLocked(thrown: unknown): false {
  if (thrown instanceof FailureError && thrown.failure.code === 'vault-locked') return false
  throw thrown
}
