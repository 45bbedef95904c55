/** Owns how commands open the application: which database, which vault, in whose name. */
import { existsSync, mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { createApp, type App } from '../../app/core/app.ts'
import { dataFolder, openVault, type OpenFileVault } from '../../app/secrets/open-vault.ts'
import { askHidden, readStdin } from './ask.ts'
import type { Words } from './command.ts'
import { CommandEnd, exitCodes } from './exit-code.ts'

export const dbOption = {
  db: { type: 'string', value: 'FILE', help: 'the database of plans and runs (default: the one of this user)' },
} as const
export const vaultOptions = {
  vault: { type: 'string', value: 'FILE', help: 'the vault file (default: ROLLOUT_VAULT, else the one of this user)' },
  'vault-stdin': { type: 'boolean', help: 'read vault entries as JSON from standard input' },
} as const

/** user@machine, as it goes into the log. */
export function whoAmI(): string {
  return `${userName()}@${hostname()}`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // In containers a process may run as a number that no user has.
    return process.env['USER'] ?? `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

/** The database a command means. */
export function databaseOf(words: Words): string {
  const named = words.text('db') ?? process.env['ROLLOUT_DB']
  if (named !== undefined) return named
  const file = join(dataFolder(), 'rollout.db')
  mkdirSync(dirname(file), { recursive: true })
  return file
}

// A slip in the passphrase of a new vault would lock away what is put into it.
async function askPassphrase(isNew: boolean): Promise<string> {
  const given = (await askHidden(isNew ? 'A passphrase for the new vault: ' : 'Passphrase of the vault: ')) ?? ''
  if (isNew && given !== '' && (await askHidden('The same once more: ')) !== given)
    throw new CommandEnd(exitCodes.invalid, 'The two passphrases differ; no vault was made. Try again.')
  return given
}

/** The vault a command means. */
export async function vaultOf(words: Words): Promise<OpenFileVault> {
  const prompt = process.stdin.isTTY ? askPassphrase : undefined
  return openVault({
    file: words.text('vault'),
    document: words.flag('vault-stdin') ? await readStdin() : undefined,
    ...(prompt ? { prompt } : {}),
  })
}

/** Opens the application, hands it to the work, and closes it whatever happens. `existing`: the database must be there. */
export async function withApp<T>(
  words: Words,
  how: { readonly readonly?: boolean; readonly existing?: boolean },
  work: (app: App) => Promise<T> | T,
): Promise<T> {
  const dbFile = databaseOf(words)
  // A slip in the name must not make a database.
  if (how.existing === true && !existsSync(dbFile))
    throw new CommandEnd(
      exitCodes.invalid,
      `There is no database ${dbFile}. Name the one that the run was begun with: --db FILE.`,
    )
  const { vault } = await vaultOf(words)
  const app = createApp({
    dbFile,
    by: whoAmI(),
    vault,
    readonly: how.readonly ?? false,
    // On standard error, where it is seen beside the events of --json.
    onPinned: ({ address, port, fingerprint }) => {
      process.stderr.write(
        `First sight of ${address} port ${port}: its host key or certificate is ${fingerprint}. Recorded and held from now on; compare it with the host's own.\n`,
      )
    },
  })
  let result: T
  try {
    result = await work(app)
  } catch (error) {
    // Whatever closing meets after that, the first reason is the one to tell.
    try {
      app.close()
    } catch {
      /* told already */
    }
    throw error
  }
  app.close()
  return result
}

/** The run a command names; ends it with `invalid` when there is none of that name. `last` means the newest. */
export function runNamed(app: App, word: string | undefined): string {
  const runs = app.store.runs.list()
  const run = word === 'last' ? runs[0] : runs.find(({ runId }) => runId === word)
  if (!run)
    throw new CommandEnd(
      exitCodes.invalid,
      `There is no run ${word ?? ''} in ${app.store.file}. ${
        runs.length === 0
          ? 'It holds no runs.'
          : `The newest are ${runs
              .slice(0, 3)
              .map(({ runId }) => runId)
              .join(', ')}.`
      }`,
    )
  return run.runId
}
