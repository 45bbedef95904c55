/** Owns the passphrase-encrypted vault file: entries by name, read and changed under one passphrase. */
import type { VaultEntry } from './entry.ts'
import { type EntryChanges, entryChanges } from './entry-changes.ts'
import { vaultFile } from './failures.ts'
import { vaultFrom, type WholeVault } from './layered-vault.ts'
import { readPrivately, replacePrivately } from './vault-file.ts'
import { defaultCost, deriveKey, newKdf, readVault, sealVault, type Entries, type Kdf, type ScryptCost } from './vault-format.ts'

/** What a list may show of an entry. */
export interface VaultListing {
  readonly name: string
  readonly kind: VaultEntry['kind']
}

export interface FileVault extends WholeVault, EntryChanges {
  /** Names and kinds, by name; nothing else ever leaves this way. Empty where there is no file yet. */
  list(): Promise<VaultListing[]>
}

export interface FileVaultOptions {
  /** Asked for when it is first needed; see askPassphrase. */
  readonly passphrase: () => Promise<string>
  /** The cost for a vault made from now on; an existing one keeps the cost in its header. */
  readonly scrypt?: ScryptCost
}

interface Opened {
  readonly text: string | undefined
  readonly kdf: Kdf
  readonly key: Buffer
  readonly entries: Entries
}

/**
 * The vault in that file. Nothing is read before the first call. Every call reads the file afresh, so that another process's change is seen;
 * the key is derived once. Throws FailureError of kind `credential`: vault-wrong-passphrase, vault-damaged, vault-not-a-vault, vault-newer,
 * vault-readable-by-others, vault-locked, vault-changed.
 */
export function fileVault(file: string, options: FileVaultOptions): FileVault {
  let derived: { readonly kdf: Kdf; readonly key: Buffer } | undefined
  let changes: Promise<unknown> = Promise.resolve()

  const keyFor = async (kdf: Kdf): Promise<Buffer> => {
    if (derived && JSON.stringify(derived.kdf) === JSON.stringify(kdf)) return derived.key
    return deriveKey(await options.passphrase(), kdf)
  }
  const openNow = async (): Promise<Opened> => {
    const text = await readPrivately(file)
    const locked = text === undefined ? undefined : readVault(file, text)
    const kdf = locked?.kdf ?? derived?.kdf ?? newKdf(options.scrypt ?? defaultCost)
    const key = await keyFor(kdf)
    const entries = locked ? locked.unlock(key) : new Map<string, VaultEntry>()
    // Only a key that opened the file, or will make it, is kept: a wrong passphrase may be asked for again.
    derived = { kdf, key }
    return { text, kdf, key, entries }
  }
  const change = (work: (entries: Entries) => void): Promise<void> => {
    const next = changes.then(async () => {
      const { text, kdf, key, entries } = await openNow()
      work(entries)
      if ((await readPrivately(file)) !== text) {
        throw vaultFile('vault-changed', `Another process changed the vault ${file} at the same moment; this change was not made.`, 'Try again.')
      }
      await replacePrivately(file, sealVault(entries, kdf, key))
    })
    changes = next.catch(() => undefined)
    return next
  }
  return {
    ...vaultFrom(async (ref) => {
      if ((await readPrivately(file)) === undefined) return undefined
      return (await openNow()).entries.get(ref)
    }, async () => {
      if ((await readPrivately(file)) === undefined) return []
      const { entries } = await openNow()
      // What opens the vault is as secret as what lies in it.
      return [...entries.values(), { kind: 'secret', value: await options.passphrase() }]
    }, `the vault ${file}`),
    list: async () => {
      if ((await readPrivately(file)) === undefined) return []
      const { entries } = await openNow()
      return [...entries].map(([name, { kind }]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    ...entryChanges(change, `the vault ${file}`),
  }
}
