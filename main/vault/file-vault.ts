/** The passphrase-encrypted vault file: entries by name, read and changed with one passphrase. */
import { FailureError } from '../../domain/base/failure.ts'
import { leastSecret, type VaultEntry } from './entry.ts'
import { type EntryChanges, entryChanges } from './entry-changes.ts'
import { passphraseChanged, placeText, samePassphrase, shortPassphrase, vaultMissing } from './failures.ts'
import { vaultFrom, type WholeVault } from './layered-vault.ts'
import { aloneWith } from './one-writer.ts'
import { readPrivately, removeLeftovers, replaceSame } from './vault-file.ts'
import {
  defaultCost,
  deriveKey,
  newKdf,
  readVault,
  sealVault,
  type Entries,
  type Kdf,
  type LockedVault,
  type ScryptCost,
} from './vault-format.ts'

/** What a list may show of an entry. */
export interface VaultListing {
  readonly name: string
  readonly kind: VaultEntry['kind']
}

export interface FileVault extends WholeVault, EntryChanges {
  /** Names and kinds, by name; nothing else ever leaves this way. Empty where there is no file yet. */
  list(): Promise<VaultListing[]>
}

/** A vault file with a passphrase that can be changed. */
export interface PassphraseVault extends FileVault {
  /**
   * Encrypts the entries with another passphrase and a fresh salt. If the process is killed, one of the two passphrases
   * opens the file and nothing is lost. Throws FailureError and leaves the file unchanged: vault-wrong-passphrase if
   * `current` does not open it, vault-missing, vault-passphrase-unfit, vault-busy, vault-changed,
   * vault-not-written.
   */
  changePassphrase(current: string, fresh: string): Promise<void>
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
 * The vault in that file. Nothing is read before the first call. Every call reads the file again, to see changes of
 * other processes; the key is derived once. Throws FailureError: `credential` (vault-wrong-passphrase, vault-locked) or
 * `workstation` (vault-damaged, vault-not-a-vault, vault-newer, vault-readable-by-others, vault-busy,
 * vault-changed).
 */
export function fileVault(file: string, options: FileVaultOptions): PassphraseVault {
  let derived: { readonly kdf: Kdf; readonly key: Buffer } | undefined
  let changes: Promise<unknown> = Promise.resolve()
  // Changed here: whoever is asked for the passphrase still knows the one before.
  let replaced: string | undefined
  const passphrase = async (): Promise<string> => replaced ?? options.passphrase()

  const keyFor = async (kdf: Kdf): Promise<Buffer> => {
    if (derived && JSON.stringify(derived.kdf) === JSON.stringify(kdf)) return derived.key
    return deriveKey(await passphrase(), kdf)
  }
  const openNow = async (): Promise<Opened> => {
    const text = await readPrivately(file)
    const locked = text === undefined ? undefined : readVault(file, text)
    const kdf = locked?.kdf ?? derived?.kdf ?? newKdf(options.scrypt ?? defaultCost)
    const key = await keyFor(kdf)
    const entries = locked ? unlockNow(locked, key) : new Map<string, VaultEntry>()
    // Only a key that opened the file, or will make it, is kept: a wrong passphrase may be asked for again.
    derived = { kdf, key }
    return { text, kdf, key, entries }
  }
  // What opened the file a moment ago and does not now was changed elsewhere.
  const unlockNow = (locked: LockedVault, key: Buffer): Entries => {
    try {
      return locked.unlock(key)
    } catch (thrown) {
      if (
        !derived ||
        derived.key === key ||
        !(thrown instanceof FailureError) ||
        thrown.failure.code !== 'vault-wrong-passphrase'
      )
        throw thrown
      replaced = undefined
      throw passphraseChanged(file)
    }
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = changes.then(work)
    changes = next.catch(() => undefined)
    return next
  }
  const change = (work: (entries: Entries) => void): Promise<void> =>
    inTurn(async () => {
      // Whoever is asked for the passphrase may think about it: nobody else waits for that.
      await openNow()
      await aloneWith(file, async () => {
        const { text, kdf, key, entries } = await openNow()
        work(entries)
        await replaceSame(file, text, sealVault(entries, kdf, key))
      })
    })
  const changePassphrase = (current: string, fresh: string): Promise<void> =>
    inTurn(async () => {
      if (fresh === current) throw samePassphrase()
      if (fresh.trim().length < leastSecret) throw shortPassphrase(leastSecret)
      if ((await readPrivately(file)) === undefined) throw vaultMissing(file)
      const kdf = newKdf(options.scrypt ?? defaultCost)
      const key = await deriveKey(fresh, kdf)
      await aloneWith(file, async () => {
        const text = await readPrivately(file)
        if (text === undefined) throw vaultMissing(file)
        const locked = readVault(file, text)
        // The current passphrase is needed even if the vault is open: somebody else may sit at the screen now.
        const entries = locked.unlock(await deriveKey(current, locked.kdf))
        await replaceSame(file, text, sealVault(entries, kdf, key))
        derived = { kdf, key }
        replaced = fresh
        // What a process that died left beside the file opens with a passphrase that may be known to others by now.
        await removeLeftovers(file)
      })
    })
  return {
    ...vaultFrom(
      async (ref) => {
        if ((await readPrivately(file)) === undefined) return undefined
        return (await openNow()).entries.get(ref)
      },
      async () => {
        if ((await readPrivately(file)) === undefined) return []
        const { entries } = await openNow()
        // What opens the vault is as secret as what lies in it.
        return [...entries.values(), { kind: 'secret', value: await passphrase() }]
      },
      placeText.file(file),
    ),
    list: async () => {
      if ((await readPrivately(file)) === undefined) return []
      const { entries } = await openNow()
      return [...entries].map(([name, { kind }]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    ...entryChanges(change, placeText.file(file)),
    changePassphrase,
  }
}
