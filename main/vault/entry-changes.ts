/** The changes of entries that all vault files share: set, remove, rename. */
import { checkEntry, type VaultEntry } from './entry.ts'
import { nameTaken, unknownEntry } from './failures.ts'

export interface EntryChanges {
  /** Adds or replaces an entry, and creates the file if there is none. Refuses empty, short and huge secrets. */
  set(name: string, entry: VaultEntry): Promise<void>
  /** Throws FailureError `credential-unknown` where there is no such entry. */
  remove(name: string): Promise<void>
  /** Refuses a name that is taken (`vault-name-taken`). */
  rename(from: string, to: string): Promise<void>
}

/**
 * Setting, removing and renaming over `change`, which passes the entries to an edit and stores them.
 * `where` names the vault in failures.
 */
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
        if (entries.has(to)) throw nameTaken(to)
        entries.set(to, checkEntry(to, entry))
        entries.delete(from)
      }),
  }
}
