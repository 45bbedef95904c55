/** Owns the command that keeps the vault file: list, set, remove, rename, passphrase. Secrets come by standard input or a hidden prompt, never as words. */
import { commandName } from '../../../../domain/base/command-name.ts'
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

const namesOf: Readonly<Record<string, number>> = { list: 0, set: 1, remove: 1, rename: 2, passphrase: 0 }

export const vault: Command = {
  name: 'vault',
  summary:
    'Keeps the vault file. A secret is typed at a hidden prompt or comes by standard input; it is never a word of the command.',
  usage:
    'list | set NAME [--kind password|key|agent|secret] [--user USER] [--key-file FILE] | remove NAME | rename NAME NEW | passphrase   [--db FILE]',
  example: `${commandName} vault set site-admin --user VOLTA\\\\admin`,
  options: {
    db: {
      ...dbOption.db,
      help: 'the database whose audit records the change (default: the one of this user, if there is one)',
    },
    vault: {
      type: 'string',
      value: 'FILE',
      help: 'the vault file (default: ROLLOUT_VAULT, else the one of this user)',
    },
    kind: { type: 'string', value: 'KIND', help: 'password (default), key, agent or secret' },
    user: { type: 'string', value: 'USER', help: 'who signs in with it' },
    'key-file': {
      type: 'string',
      value: 'FILE',
      help: 'the private key; standard input is then its passphrase, if there is one',
    },
  },
  positionals: [1, 3],
  async run(words, terminal) {
    const [action = '', name = '', fresh = ''] = words.positionals
    const wanted = namesOf[action]
    if (wanted === undefined)
      throw new CommandEnd(
        exitCodes.invalid,
        `"${action}" is not something to do with the vault: list, set, remove, rename or passphrase.`,
      )
    if (words.positionals.length - 1 !== wanted)
      throw new CommandEnd(
        exitCodes.invalid,
        `vault ${action} takes ${['no name', 'one name', 'two names'][wanted]}. A secret is never a word of the command: it is asked for, or comes by standard input.`,
      )
    const vault = await vaultOf(words)
    switch (action) {
      case 'list':
        return list(vault, terminal)
      case 'set': {
        const entry = await entryOf(words, name)
        return change(vault, words, terminal, { action: 'vault.set', subject: name, done: `set ${name}` }, () =>
          vault.file.set(name, entry),
        )
      }
      case 'remove':
        return change(vault, words, terminal, { action: 'vault.removed', subject: name, done: `remove ${name}` }, () =>
          vault.file.remove(name),
        )
      case 'rename':
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.renamed', subject: `${name} to ${fresh}`, done: `rename ${name} to ${fresh}` },
          () => vault.file.rename(name, fresh),
        )
      case 'passphrase': {
        const current = await vault.passphrase()
        const fresh = await newPassphrase()
        return change(
          vault,
          words,
          terminal,
          { action: 'vault.passphrase-changed', subject: vault.path, done: 'another passphrase' },
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
    ? [`${path} holds no entries.`]
    : table([['NAME', 'KIND'], ...entries.map((entry) => [entry.name, entry.kind])]))
    terminal.say(line)
  return exitCodes.done
}

interface Change {
  readonly action: 'vault.set' | 'vault.removed' | 'vault.renamed' | 'vault.passphrase-changed'
  readonly subject: string
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
  terminal.say(
    `${vault.path}: ${done}, done. ${app ? `Recorded in the audit of ${app.store.file}.` : 'No database keeps an audit of it yet; --db names one.'}`,
  )
  return exitCodes.done
}

function auditor({ vault }: OpenVault, words: Words): App | undefined {
  const dbFile = databaseOf(words)
  // Nobody's database is made for it: a vault may be filled before there is a plan.
  return words.text('db') === undefined && !existsSync(dbFile) ? undefined : createApp({ dbFile, by: whoAmI(), vault })
}

async function entryOf(words: Words, name: string): Promise<VaultEntry> {
  const kind = words.text('kind') ?? (words.text('key-file') === undefined ? 'password' : 'key')
  switch (kind) {
    case 'password':
      return checkEntry(name, {
        kind,
        user: words.required('user'),
        password: await secret(`Password of ${words.required('user')}: `),
      })
    case 'secret':
      return checkEntry(name, { kind, value: await secret(`Value of ${name}: `) })
    case 'agent':
      return checkEntry(name, { kind, user: words.required('user') })
    case 'key': {
      const privateKey = await readFile(words.required('key-file'), 'utf8').catch((error: unknown) => {
        throw new CommandEnd(exitCodes.invalid, unreadFile(words.required('key-file'), error).message)
      })
      if (!/^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|^PuTTY-User-Key-File-/m.test(privateKey))
        throw new CommandEnd(
          exitCodes.invalid,
          `${words.required('key-file')} is not a private key: it holds no line -----BEGIN ... PRIVATE KEY-----. The file with .pub at its end is the other half.`,
        )
      const passphrase =
        /ENCRYPTED|bcrypt/.test(privateKey) || !process.stdin.isTTY
          ? await secret('Passphrase of the key (empty for none): ')
          : ''
      return checkEntry(name, {
        kind,
        user: words.required('user'),
        privateKey,
        ...(passphrase === '' ? {} : { passphrase }),
      })
    }
    default:
      throw new CommandEnd(exitCodes.invalid, `--kind is password, key, agent or secret; "${kind}" is none.`)
  }
}

// Typed twice where it is not shown; a pipe says it once.
async function newPassphrase(): Promise<string> {
  const first = await secret('New passphrase: ')
  if (process.stdin.isTTY && (await askHidden('The same again: ')) !== first)
    throw new CommandEnd(exitCodes.invalid, 'The two differ; nothing was changed.')
  return first
}

async function secret(question: string): Promise<string> {
  return (await askHidden(question)) ?? (await readStdin()).replace(/\r?\n$/, '')
}
