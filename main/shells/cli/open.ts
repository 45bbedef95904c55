/** Opens the application for a command: its database, its vault, and the user it acts for. */
import { existsSync, mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { createApp, type App } from '../../app/core/app.ts'
import { dataFolder, openVault, type OpenFileVault } from '../../app/secrets/open-vault.ts'
import { askHidden, readStdin } from './ask.ts'
import type { Words } from './command.ts'
import { CommandEnd, exitCodes } from './exit-code.ts'
import { harmless } from './harmless.ts'
import { openText, optionText } from './text/common.ts'

export const dbOption = {
  db: { type: 'string', value: 'FILE', help: optionText.db },
} as const
export const vaultOptions = {
  vault: { type: 'string', value: 'FILE', help: optionText.vault },
  'vault-stdin': { type: 'boolean', help: optionText.vaultStdin },
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
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return file
}

// A typing error in the passphrase of a new vault would make its entries unreadable.
async function askPassphrase(isNew: boolean): Promise<string> {
  const given = (await askHidden(isNew ? openText.newPassphrase : openText.passphrase)) ?? ''
  if (isNew && given !== '' && (await askHidden(openText.passphraseAgain)) !== given)
    throw new CommandEnd(exitCodes.invalid, openText.passphrasesDiffer)
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

/** Opens the application, passes it to `work` and always closes it. With `existing`, the database must exist. */
export async function withApp<T>(
  words: Words,
  how: { readonly readonly?: boolean; readonly existing?: boolean },
  work: (app: App) => Promise<T> | T,
): Promise<T> {
  const dbFile = databaseOf(words)
  // A typing error in the name must not make a database.
  if (how.existing === true && !existsSync(dbFile)) throw new CommandEnd(exitCodes.invalid, openText.noDatabase(dbFile))
  const { vault } = await vaultOf(words)
  const app = createApp({
    dbFile,
    by: whoAmI(),
    vault,
    readonly: how.readonly ?? false,
    // On standard error, where it is seen beside the events of --json.
    onPinned: ({ address, port, fingerprint }) => {
      process.stderr.write(`${harmless(openText.pinned(address, port, fingerprint))}\n`)
    },
  })
  let result: T
  try {
    result = await work(app)
  } catch (error) {
    // The first error is the cause; one of closing is not reported.
    try {
      app.close()
    } catch {
      /* reported above */
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
      openText.noRun(
        word ?? '',
        app.store.file,
        runs.slice(0, 3).map((newest) => newest.runId),
      ),
    )
  return run.runId
}
