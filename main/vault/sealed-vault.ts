/** The vault file that the operating system seals for one user of one computer: no passphrase, of no use elsewhere. */
import { z } from 'zod'
import { VaultEntry } from './entry.ts'
import { entryChanges } from './entry-changes.ts'
import { newerEntries, notASealedVault, notSealed, placeText, sealedElsewhere } from './failures.ts'
import type { FileVault } from './file-vault.ts'
import { vaultFrom } from './layered-vault.ts'
import { aloneWith } from './one-writer.ts'
import { readPrivately, replaceSame } from './vault-file.ts'

/** DPAPI on Windows, the keychain on macOS, the secret service on Linux. Both methods reject on failure. */
export interface Sealer {
  seal(text: string): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<string>
}

const Document = z.strictObject({
  format: z.literal('exekra-rollout-sealed-vault'),
  version: z.literal(1),
  sealed: z.base64(),
})
const Entries = z.record(z.string(), VaultEntry)

/**
 * The vault in that file. Every call reads the file again, to see changes of other processes. Throws FailureError of
 * kind `workstation`: vault-not-a-vault, vault-sealed-elsewhere, vault-not-sealed, vault-busy, vault-changed.
 */
export function sealedVault(file: string, sealer: Sealer): FileVault {
  let changes: Promise<unknown> = Promise.resolve()

  const openNow = async (): Promise<{
    readonly text: string | undefined
    readonly entries: Map<string, VaultEntry>
  }> => {
    const text = await readPrivately(file)
    if (text === undefined) return { text, entries: new Map() }
    const plain = await sealer.open(Buffer.from(documentIn(file, text).sealed, 'base64')).catch(() => {
      throw sealedElsewhere(file)
    })
    const entries = Entries.safeParse(tryJson(plain))
    if (!entries.success) throw newerEntries(file)
    return { text, entries: new Map(Object.entries(entries.data)) }
  }
  const change = (work: (entries: Map<string, VaultEntry>) => void): Promise<void> => {
    const changed = async () => {
      const { text, entries } = await openNow()
      work(entries)
      const sealed = await sealer.seal(JSON.stringify(Object.fromEntries(entries))).catch((thrown: unknown) => {
        throw notSealed(thrown instanceof Error ? [thrown.message] : [])
      })
      const document: z.infer<typeof Document> = {
        format: 'exekra-rollout-sealed-vault',
        version: 1,
        sealed: Buffer.from(sealed).toString('base64'),
      }
      await replaceSame(file, text, `${JSON.stringify(document, null, 1)}\n`)
    }
    const next = changes.then(() => aloneWith(file, changed))
    changes = next.catch(() => undefined)
    return next
  }
  return {
    ...vaultFrom(
      async (ref) => (await openNow()).entries.get(ref),
      async () => [...(await openNow()).entries.values()],
      placeText.file(file),
    ),
    list: async () =>
      [...(await openNow()).entries]
        .map(([name, { kind }]) => ({ name, kind }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...entryChanges(change, placeText.file(file)),
  }
}

function documentIn(file: string, text: string): z.infer<typeof Document> {
  const document = Document.safeParse(tryJson(text))
  if (!document.success) throw notASealedVault(file)
  return document.data
}

// The message of JSON.parse quotes the text, which may contain a secret.
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
