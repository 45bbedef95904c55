/**
 * The command `vault`: list, set, remove, rename, passphrase.
 * Secrets come by standard input or a hidden prompt, never as arguments.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createApp, type App } from '../../../app/core/app.ts'
import type { OpenVault, VaultEntry } from '../../../app/secrets/open-vault.ts'
import { checkEntry } from '../../../app/secrets/open-vault.ts'
import { unreadFile } from '../../../app/workstation/unread-file.ts'
import { askHidden, readStdin } from '../ask.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes, type ExitCode } from '../exit-code.ts'
import { databaseOf, dbOption, vaultOf, whoAmI } from '../open.ts'
import { table, type Terminal } from '../terminal.ts'
import { optionText } from '../text/common.ts'
import { vaultText } from '../text/vault.ts'

const namesOf: Readonly<Record<string, number>> = { list: 0, set: 1, remove: 1, rename: 2, passphrase: 0 }

export const vault: Command = {
  name: 'vault',
  summary: vaultText.summary,
  usage: vaultText.usage,
  example: vaultText.example,
  options: {
    db: {
      ...dbOption.db,
      help: vaultText.dbOption,
    },
    vault: {
      type: 'string',
      value: 'FILE',
      help: optionText.vault,
    },
    kind: { type: 'string', value: 'KIND', help: vaultText.kindOption },
    user: { type: 'string', value: 'USER', help: vaultText.userOption },
    'key-file': {
      type: 'string',
      value: 'FILE',
      help: vaultText.keyFileOption,
    },
  },
  positionals: [1, 3],
  async run(words, terminal) {
    const [action = '', name = '', fresh = ''] = words.positionals
    const wanted = namesOf[action]
    if (wanted === undefined) throw new CommandEnd(exitCodes.invalid, vaultText.unknownAction(action))
    if (words.positionals.length - 1 !== wanted)
      throw new CommandEnd(exitCodes.invalid, vaultText.wrongCount(action, wanted))
    const vault = await vaultOf(words)
    switch (action) {
      case 'list':
        return list(vault, terminal)
      case 'set': {
        const entry = await entryOf(words, name)
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.set', subject: name, done: vaultText.set(name, vault.path) },
          () => vault.file.set(name, entry),
        )
      }
      case 'remove':
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.removed', subject: name, done: vaultText.removed(name, vault.path) },
          () => vault.file.remove(name),
        )
      case 'rename':
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.renamed', subject: `${name} to ${fresh}`, done: vaultText.renamed(name, fresh, vault.path) },
          () => vault.file.rename(name, fresh),
        )
      case 'passphrase': {
        const current = await vault.passphrase()
        const fresh = await newPassphrase()
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.passphrase-changed', subject: vault.path, done: vaultText.passphraseChanged(vault.path) },
          () => vault.file.changePassphrase(current, fresh),
        )
      }
      default:
        throw new Error(`no way to ${action}`)
    }
  },
}

async function list({ file, path }: OpenVault, terminal: Terminal): Promise<ExitCode> {
  const entries = await file.list()
  terminal.emit('vault-entries', { entries })
  for (const line of entries.length === 0
    ? [vaultText.empty(path)]
    : table([vaultText.columns, ...entries.map((entry) => [entry.name, entry.kind])]))
    terminal.say(line)
  return exitCodes.done
}

interface Change {
  readonly action: 'vault.set' | 'vault.removed' | 'vault.renamed' | 'vault.passphrase-changed'
  readonly subject: string
  /** The sentence to print afterwards. */
  readonly done: string
}

/** Makes a change and records it. The database is opened first: a change that cannot be recorded is not made. */
async function change(
  vault: OpenVault,
  words: Words,
  terminal: Terminal,
  { action, subject, done }: Change,
  make: () => Promise<void>,
): Promise<ExitCode> {
  const app = auditor(vault, words)
  try {
    await make()
    app?.store.audit.record({ at: Date.now(), by: whoAmI(), action, subject, why: '' })
  } finally {
    app?.close()
  }
  terminal.emit('vault-change', {
    done: words.positionals[0],
    name: words.positionals[1],
    audit: app?.store.file ?? null,
  })
  terminal.say(`${done} ${app ? vaultText.recorded(app.store.file) : vaultText.notRecorded}`)
  return exitCodes.done
}

function auditor({ vault }: OpenVault, words: Words): App | undefined {
  const dbFile = databaseOf(words)
  // No database is made for it: a vault may be filled before there is a plan.
  return words.text('db') === undefined && !existsSync(dbFile) ? undefined : createApp({ dbFile, by: whoAmI(), vault })
}

async function entryOf(words: Words, name: string): Promise<VaultEntry> {
  const kind = words.text('kind') ?? (words.text('key-file') === undefined ? 'password' : 'key')
  switch (kind) {
    case 'password':
      return checkEntry(name, {
        kind,
        user: words.required('user'),
        password: await secret(vaultText.password(words.required('user'))),
      })
    case 'secret':
      return checkEntry(name, { kind, value: await secret(vaultText.value(name)) })
    case 'agent':
      return checkEntry(name, { kind, user: words.required('user') })
    case 'key': {
      const privateKey = await readFile(words.required('key-file'), 'utf8').catch((error: unknown) => {
        throw new CommandEnd(exitCodes.invalid, unreadFile(words.required('key-file'), error).message)
      })
      if (!/^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|^PuTTY-User-Key-File-/m.test(privateKey))
        throw new CommandEnd(exitCodes.invalid, vaultText.notAPrivateKey(words.required('key-file')))
      const passphrase =
        /ENCRYPTED|bcrypt/.test(privateKey) || !process.stdin.isTTY ? await secret(vaultText.keyPassphrase) : ''
      return checkEntry(name, {
        kind,
        user: words.required('user'),
        privateKey,
        ...(passphrase === '' ? {} : { passphrase }),
      })
    }
    default:
      throw new CommandEnd(exitCodes.invalid, vaultText.unknownKind(kind))
  }
}

// Typed twice at the hidden prompt; a pipe sends it once.
async function newPassphrase(): Promise<string> {
  const first = await secret(vaultText.newPassphrase)
  if (process.stdin.isTTY && (await askHidden(vaultText.passphraseAgain)) !== first)
    throw new CommandEnd(exitCodes.invalid, vaultText.passphrasesDiffer)
  return first
}

async function secret(question: string): Promise<string> {
  return (await askHidden(question)) ?? (await readStdin()).replace(/\r?\n$/, '')
}
