/** Owns the vault that the operating system seals for one user of one computer: no passphrase, and of no use anywhere else. */
import { z } from 'zod'
import { VaultEntry } from './entry.ts'
import { entryChanges } from './entry-changes.ts'
import { vaultFile } from './failures.ts'
import type { FileVault } from './file-vault.ts'
import { vaultFrom } from './layered-vault.ts'
import { readPrivately, replacePrivately } from './vault-file.ts'

/** What the operating system does: DPAPI on Windows, the keychain on macOS, the secret service on Linux. Both reject where it will not. */
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
 * The vault in that file. Every call reads the file afresh, so that another process's change is seen. Throws FailureError of kind `workstation`:
 * vault-not-a-vault, vault-sealed-elsewhere, vault-not-sealed, vault-changed.
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
      throw vaultFile(
        'vault-sealed-elsewhere',
        `The vault ${file} was sealed by another user or on another computer: it cannot be opened here.`,
        'Take it away and enter its secrets again; they were never stored anywhere else.',
      )
    })
    const entries = Entries.safeParse(tryJson(plain))
    if (!entries.success)
      throw vaultFile(
        'vault-newer',
        `The vault ${file} holds entries this version does not know.`,
        'Use the Rollout that wrote it.',
      )
    return { text, entries: new Map(Object.entries(entries.data)) }
  }
  const change = (work: (entries: Map<string, VaultEntry>) => void): Promise<void> => {
    const next = changes.then(async () => {
      const { text, entries } = await openNow()
      work(entries)
      const sealed = await sealer.seal(JSON.stringify(Object.fromEntries(entries))).catch((thrown: unknown) => {
        throw vaultFile(
          'vault-not-sealed',
          'The operating system would not seal the vault; it is as it was.',
          'Sign in to this computer again, then try once more.',
          thrown instanceof Error ? [thrown.message] : [],
        )
      })
      if ((await readPrivately(file)) !== text)
        throw vaultFile(
          'vault-changed',
          `Another process changed the vault ${file} at the same moment; this change was not made.`,
          'Try again.',
        )
      const document: z.infer<typeof Document> = {
        format: 'exekra-rollout-sealed-vault',
        version: 1,
        sealed: Buffer.from(sealed).toString('base64'),
      }
      await replacePrivately(file, `${JSON.stringify(document, null, 1)}\n`)
    })
    changes = next.catch(() => undefined)
    return next
  }
  return {
    ...vaultFrom(
      async (ref) => (await openNow()).entries.get(ref),
      async () => [...(await openNow()).entries.values()],
      `the vault ${file}`,
    ),
    list: async () =>
      [...(await openNow()).entries]
        .map(([name, { kind }]) => ({ name, kind }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...entryChanges(change, `the vault ${file}`),
  }
}

function documentIn(file: string, text: string): z.infer<typeof Document> {
  const document = Document.safeParse(tryJson(text))
  if (!document.success)
    throw vaultFile(
      'vault-not-a-vault',
      `${file} is not a sealed vault of Rollout; it was left as it is.`,
      'Name another file with --vault, or take this one away.',
    )
  return document.data
}

// What JSON.parse says quotes the text, which may hold a secret.
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
