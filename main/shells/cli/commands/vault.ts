/** Owns the command that keeps the vault file: list, set, remove, rename. Secrets come by standard input or a hidden prompt, never as words. */
import { readFile } from 'node:fs/promises'
import type { VaultEntry } from '../../../app/open-vault.ts'
import { checkEntry } from '../../../app/open-vault.ts'
import { askHidden, readStdin } from '../ask.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { vaultOf } from '../open.ts'
import { table } from '../terminal.ts'

export const vault: Command = {
  name: 'vault',
  summary: 'Keeps the vault file. A secret is typed at a hidden prompt or comes by standard input; it is never a word of the command.',
  usage: 'list | set NAME [--kind password|key|agent|secret] [--user USER] [--key-file FILE] | remove NAME | rename NAME NEW',
  example: 'rollout vault set site-admin --user VOLTA\\\\admin',
  options: {
    vault: { type: 'string', value: 'FILE', help: 'the vault file (default: ROLLOUT_VAULT, else the one of this user)' },
    kind: { type: 'string', value: 'KIND', help: 'password (default), key, agent or secret' },
    user: { type: 'string', value: 'USER', help: 'who signs in with it' },
    'key-file': { type: 'string', value: 'FILE', help: 'the private key; standard input is then its passphrase, if there is one' },
  },
  positionals: [1, 3],
  async run(words, terminal) {
    const [action, name = '', fresh = ''] = words.positionals
    const { file, path } = await vaultOf(words)
    switch (action) {
      case 'list': {
        const entries = await file.list()
        terminal.emit({ entries })
        for (const line of entries.length === 0 ? [`${path} holds no entries.`] : table([['NAME', 'KIND'], ...entries.map((entry) => [entry.name, entry.kind])])) terminal.say(line)
        return exitCodes.done
      }
      case 'set':
        await file.set(name, await entryOf(words, name))
        break
      case 'remove':
        await file.remove(name)
        break
      case 'rename':
        await file.rename(name, fresh)
        break
      default:
        throw new CommandEnd(exitCodes.invalid, `"${action ?? ''}" is not something to do with the vault: list, set, remove or rename.`)
    }
    terminal.emit({ done: action, name })
    terminal.say(`${path}: ${action} ${name}${fresh === '' ? '' : ` to ${fresh}`}, done`)
    return exitCodes.done
  },
}

async function entryOf(words: Words, name: string): Promise<VaultEntry> {
  const kind = words.text('kind') ?? (words.text('key-file') === undefined ? 'password' : 'key')
  switch (kind) {
    case 'password':
      return checkEntry(name, { kind, user: words.required('user'), password: await secret(`Password of ${words.required('user')}: `) })
    case 'secret':
      return checkEntry(name, { kind, value: await secret(`Value of ${name}: `) })
    case 'agent':
      return checkEntry(name, { kind, user: words.required('user') })
    case 'key': {
      const privateKey = await readFile(words.required('key-file'), 'utf8').catch((error: unknown) => { throw new CommandEnd(exitCodes.invalid, `The key file cannot be read: ${error instanceof Error ? error.message : String(error)}`) })
      const passphrase = /ENCRYPTED|bcrypt/.test(privateKey) || !process.stdin.isTTY ? await secret('Passphrase of the key (empty for none): ') : ''
      return checkEntry(name, { kind, user: words.required('user'), privateKey, ...(passphrase === '' ? {} : { passphrase }) })
    }
    default:
      throw new CommandEnd(exitCodes.invalid, `--kind is password, key, agent or secret; "${kind}" is none.`)
  }
}

async function secret(question: string): Promise<string> {
  return (await askHidden(question)) ?? (await readStdin()).replace(/\r?\n$/, '')
}
