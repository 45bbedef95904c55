/** Owns the changes of a vault's entries that every kind of vault file makes alike. */
import { checkEntry, type VaultEntry } from './entry.ts'
import { unknownEntry, vaultRequest } from './failures.ts'

export interface EntryChanges {
  /** Adds or replaces an entry, making the file where there is none. Refuses empty, short and huge secrets with the reason. */
  set(name: string, entry: VaultEntry): Promise<void>
  /** Throws FailureError `credential-unknown` where there is no such entry. */
  remove(name: string): Promise<void>
  /** Refuses a name that is taken (`vault-name-taken`). */
  rename(from: string, to: string): Promise<void>
}

/** Adding, removing and renaming over `change`, which hands the entries out to be changed and stores them. `where` names the vault in what is refused. */
export function entryChanges(
  change: (edit: (entries: Map<string, VaultEntry>) => void) => Promise<void>,
  where: string,
): EntryChanges {
  return {
    set: async (name, entry) => {
      const accepted = checkEntry(name, entry)
      return change((entries) => void entries.set(name, accepted))
    },
    remove: (name) =>
      change((entries) => {
        if (!entries.delete(name)) throw unknownEntry(name, where)
      }),
    rename: (from, to) =>
      change((entries) => {
        const entry = entries.get(from)
        if (!entry) throw unknownEntry(from, where)
        if (entries.has(to))
          throw vaultRequest(
            'vault-name-taken',
            `There is an entry ${to} already.`,
            'Choose another name, or remove that entry first.',
          )
        entries.set(to, checkEntry(to, entry))
        entries.delete(from)
      }),
  }
}
