/** Owns the command about host keys: list the pinned ones, import them from known_hosts, remove one with a reason. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { readFile } from 'node:fs/promises'
import type { App } from '../../../app/core/app.ts'
import { unreadFile } from '../../../app/workstation/unread-file.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes, type ExitCode } from '../exit-code.ts'
import { dbOption, vaultOptions, whoAmI, withApp } from '../open.ts'
import { takePlan } from '../plan-input.ts'
import { table, type Terminal } from '../terminal.ts'

export const trust: Command = {
  name: 'trust',
  summary:
    'Keeps the host keys that were seen or imported. A host that shows another key is refused until its pin is removed with a reason.',
  usage: 'list | import KNOWN_HOSTS PLAN | remove ADDRESS[:PORT] --reason TEXT   [--db FILE]',
  example: `${commandName} trust import ~/.ssh/known_hosts site.json --db site.db`,
  options: {
    ...dbOption,
    ...vaultOptions,
    reason: { type: 'string', value: 'TEXT', help: 'why the host has a new identity, for the audit' },
  },
  positionals: [1, 3],
  run(words, terminal) {
    return withApp(words, { existing: words.positionals[0] !== 'import' }, (app) => {
      switch (words.positionals[0]) {
        case 'list':
          return list(app, terminal)
        case 'import':
          return importFile(app, words, terminal)
        case 'remove':
          return remove(app, words, terminal)
        default:
          throw new CommandEnd(
            exitCodes.invalid,
            `"${words.positionals[0] ?? ''}" is not something to do with host keys: list, import or remove.`,
          )
      }
    })
  },
}

function list(app: App, terminal: Terminal): ExitCode {
  const pins = app.store.pins.list()
  terminal.emit('host-keys', { pins })
  for (const line of pins.length === 0
    ? ['No host keys are pinned yet.']
    : table([
        ['ADDRESS', 'PORT', 'KEY', 'BY'],
        ...pins.map((pin) => [pin.address, String(pin.port), pin.fingerprint, pin.by]),
      ]))
    terminal.say(line)
  return exitCodes.done
}

async function importFile(app: App, words: Words, terminal: Terminal): Promise<ExitCode> {
  const [, file, planFile] = words.positionals
  if (file === undefined || planFile === undefined)
    throw new CommandEnd(exitCodes.invalid, 'Name the known_hosts file and the plan whose hosts are looked up in it.')
  const { plan } = await takePlan(planFile)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandEnd(exitCodes.invalid, unreadFile(file, error).message)
  })
  const imported = app.importKnownHosts(text, plan)
  terminal.emit('host-keys-imported', imported)
  for (const { address, port, fingerprint } of imported.pinned) terminal.say(`${address} port ${port}: ${fingerprint}`)
  for (const note of imported.notes) terminal.say(terminal.paint.dim(note))
  terminal.say(
    `${imported.pinned.length} host keys pinned${imported.unknown.length === 0 ? '' : `; not known there: ${imported.unknown.join(', ')}`}`,
  )
  return exitCodes.done
}

async function remove(app: App, words: Words, terminal: Terminal): Promise<ExitCode> {
  const target = words.positionals[1] ?? ''
  const match = /^(.+?)(?::(\d{1,5}))?$/.exec(
    target.startsWith('[') ? target.replace(/^\[(.+)\](.*)$/, '$1$2') : target,
  )
  const [address, port] = [match?.[1] ?? '', Number(match?.[2] ?? 22)]
  const reason = words.required('reason')
  if (!app.store.pins.pin(address, port))
    throw new CommandEnd(
      exitCodes.invalid,
      `No key is pinned for ${address} port ${port}. See ${commandName} trust list.`,
    )
  const why = await app.cleanedWords(reason, { missing: 'left' })
  app.store.pins.remove(address, port, { by: whoAmI(), at: Date.now(), why })
  terminal.emit('host-key-removed', { removed: { address, port } })
  terminal.say(`The pin of ${address} port ${port} is removed; the key it shows next is recorded anew.`)
  return exitCodes.done
}
