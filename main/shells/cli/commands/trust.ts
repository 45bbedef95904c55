/** The command `trust`: lists recorded host keys, imports them from known_hosts, and removes one with a reason. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { readFile } from 'node:fs/promises'
import type { App } from '../../../app/core/app.ts'
import { unreadFile } from '../../../app/workstation/unread-file.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes, type ExitCode } from '../exit-code.ts'
import { dbOption, vaultOptions, whoAmI, withApp } from '../open.ts'
import { takePlan } from '../plan-input.ts'
import { table, type Terminal } from '../terminal.ts'
import { trustText } from '../text/trust.ts'

export const trust: Command = {
  name: 'trust',
  summary: trustText.summary,
  usage: 'list | import KNOWN_HOSTS PLAN | remove ADDRESS[:PORT] --reason TEXT   [--db FILE]',
  example: `${commandName} trust import ~/.ssh/known_hosts site.json --db site.db`,
  options: {
    ...dbOption,
    ...vaultOptions,
    reason: { type: 'string', value: 'TEXT', help: trustText.reasonOption },
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
          throw new CommandEnd(exitCodes.invalid, trustText.unknownAction(words.positionals[0] ?? ''))
      }
    })
  },
}

function list(app: App, terminal: Terminal): ExitCode {
  const pins = app.store.pins.list()
  terminal.emit('host-keys', { pins })
  for (const line of pins.length === 0
    ? [trustText.none]
    : table([trustText.columns, ...pins.map((pin) => [pin.address, String(pin.port), pin.fingerprint, pin.by])]))
    terminal.say(line)
  return exitCodes.done
}

async function importFile(app: App, words: Words, terminal: Terminal): Promise<ExitCode> {
  const [, file, planFile] = words.positionals
  if (file === undefined || planFile === undefined) throw new CommandEnd(exitCodes.invalid, trustText.importNeeds)
  const { plan } = await takePlan(planFile)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandEnd(exitCodes.invalid, unreadFile(file, error).message)
  })
  const imported = app.importKnownHosts(text, plan)
  terminal.emit('host-keys-imported', imported)
  for (const { address, port, fingerprint } of imported.pinned) terminal.say(trustText.key(address, port, fingerprint))
  for (const note of imported.notes) terminal.say(terminal.paint.dim(note))
  terminal.say(trustText.imported(imported.pinned.length, imported.unknown))
  return exitCodes.done
}

async function remove(app: App, words: Words, terminal: Terminal): Promise<ExitCode> {
  const target = words.positionals[1] ?? ''
  const match = /^(.+?)(?::(\d{1,5}))?$/.exec(
    target.startsWith('[') ? target.replace(/^\[(.+)\](.*)$/, '$1$2') : target,
  )
  const [address, port] = [match?.[1] ?? '', Number(match?.[2] ?? 22)]
  const reason = words.required('reason')
  if (!app.store.pins.pin(address, port)) throw new CommandEnd(exitCodes.invalid, trustText.notRecorded(address, port))
  const why = await app.redactReason(reason, { missing: 'left' })
  app.store.pins.remove(address, port, { by: whoAmI(), at: Date.now(), why })
  terminal.emit('host-key-removed', { removed: { address, port } })
  terminal.say(trustText.removed(address, port))
  return exitCodes.done
}
