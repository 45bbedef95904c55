/** The vaults of pipelines: secrets from environment variables, and from one JSON document that the caller read. */
import { checkEntry, type VaultEntry } from './entry.ts'
import { badDocument, placeText } from './failures.ts'
import { vaultFrom, type WholeVault } from './layered-vault.ts'

const prefix = 'ROLLOUT_SECRET_'
export const passphraseVariable = 'ROLLOUT_VAULT_PASSPHRASE'

/** The variable of an entry: ROLLOUT_SECRET_ and the name in upper case, with _ for all but letters and digits. */
export function variableOf(ref: string): string {
  return prefix + ref.toUpperCase().replace(/[^A-Z0-9]/g, '_')
}

/**
 * A vault over environment variables. A value is an entry as JSON ({"kind":"password",...}), or plain text (a secret).
 * Throws FailureError `credential-malformed` or `secret-too-short` when such an entry is asked for.
 */
export function envVault(environment: Readonly<Record<string, string | undefined>>): WholeVault {
  return vaultFrom(
    async (ref) => {
      const text = environment[variableOf(ref)]
      return text === undefined ? undefined : readEntry(ref, text)
    },
    async () =>
      Object.entries(environment).flatMap(([name, text]) =>
        name.startsWith(prefix) && text !== undefined ? [entryOrText(name.slice(prefix.length), text)] : [],
      ),
    placeText.environment,
  )
}

/**
 * A vault over one JSON document, {"NAME": entry or plain text, ...}, for --vault-stdin. Checks all entries at once;
 * throws FailureError `credential-malformed`, never quoting the document.
 */
export function documentVault(text: string): WholeVault {
  const entries = new Map<string, VaultEntry>()
  for (const [ref, value] of Object.entries(readDocument(text)))
    entries.set(ref, typeof value === 'string' ? readEntry(ref, value) : checkEntry(ref, value))
  return vaultFrom(
    async (ref) => entries.get(ref),
    async () => [...entries.values()],
    placeText.standardInput,
  )
}

/**
 * Takes our secrets out of an environment (it is changed) and returns them, so that no child process inherits them:
 * other processes of the same user can read a child's environment.
 */
export function takeSecrets(environment: Record<string, string | undefined>): Record<string, string> {
  const taken: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || !(name === passphraseVariable || name.startsWith(prefix))) continue
    taken[name] = value
    Reflect.deleteProperty(environment, name)
  }
  return taken
}

function readEntry(ref: string, text: string): VaultEntry {
  const json = parsed(text)
  const isEntry = typeof json === 'object' && json !== null && 'kind' in json
  return checkEntry(ref, isEntry ? json : { kind: 'secret', value: text })
}

// A text that is no entry is a secret all the same to whoever must not write it down.
function entryOrText(ref: string, text: string): VaultEntry {
  try {
    return readEntry(ref, text)
  } catch {
    return { kind: 'secret', value: text }
  }
}

function readDocument(text: string): Record<string, unknown> {
  const json = parsed(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw badDocument()
  return json as Record<string, unknown>
}

// JSON.parse quotes the text in its message: that must not get out.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
