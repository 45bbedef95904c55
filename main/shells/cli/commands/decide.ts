/** Owns the commands by which a person answers a run: decide, cancel, pause, and the change window it is planned for. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { closesAt } from '../../../../domain/run/change-window.ts'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { needsReason, writtenChoices, type RunRequest } from '../../../../domain/run/request.ts'
import type { App } from '../../../app/core/app.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes, type ExitCode } from '../exit-code.ts'
import { databaseOf, dbOption, runNamed, vaultOptions, whoAmI, withApp } from '../open.ts'
import type { Terminal } from '../terminal.ts'

type Asked =
  | Pick<Extract<RunRequest, { kind: 'decide' }>, 'kind' | 'target' | 'choice'>
  | { readonly kind: 'cancel' }
  | { readonly kind: 'pause' }
  | Pick<Extract<RunRequest, { kind: 'window' }>, 'kind' | 'closesAt'>

// The vault is opened to strike its secrets out of the reason; only where the plan names entries of it.
const answerOptions = {
  ...dbOption,
  ...vaultOptions,
  reason: {
    type: 'string',
    value: 'TEXT',
    help: 'why, for the log (skip, exclude, abort and cancel need it); what the vault holds is struck out of it',
  },
} as const

export const decide: Command = {
  name: 'decide',
  summary:
    'Answers what waits for you: opens a gate, or decides about a step that failed. Reaches a running engine too.',
  usage: 'RUN|last GATE-OR-STEP retry|fixed|skip|exclude|abort|open --reason TEXT --db FILE [--vault FILE]',
  example: `${commandName} decide last gate:studio open --reason "licence is active" --db site.db`,
  options: answerOptions,
  positionals: [3, 3],
  run(words, terminal) {
    const [, target = '', written = ''] = words.positionals
    const choice = writtenChoices.find((known) => known === written)
    if (choice === undefined)
      throw new CommandEnd(exitCodes.invalid, `"${written}" is no decision. It is one of ${writtenChoices.join(', ')}.`)
    return ask(
      words,
      terminal,
      { kind: 'decide', target, choice },
      needsReason(choice) ? words.required('reason') : (words.text('reason') ?? ''),
    )
  },
}

export const cancel: Command = {
  name: 'cancel',
  summary: 'Cancels a run: attempts under way end by themselves, staged files are cleared, nothing else is undone.',
  usage: 'RUN|last --reason TEXT --db FILE [--vault FILE]',
  example: `${commandName} cancel last --reason "wrong weekend" --db site.db`,
  options: answerOptions,
  positionals: [1, 1],
  run: (words, terminal) => ask(words, terminal, { kind: 'cancel' }, words.required('reason')),
}

export const pause: Command = {
  name: 'pause',
  summary: 'Pauses a run: what is under way is finished, nothing new begins.',
  usage: 'RUN|last [--reason TEXT] --db FILE [--vault FILE]',
  example: `${commandName} pause last --reason "network works on the switch" --db site.db`,
  options: answerOptions,
  positionals: [1, 1],
  run: (words, terminal) => ask(words, terminal, { kind: 'pause' }, words.text('reason') ?? ''),
}

export const window: Command = {
  name: 'window',
  summary:
    'Says until when the change window of a run is open; every shell shows whether what is left fits. Nothing stops when it closes.',
  usage: 'RUN|last HH:MM|none --db FILE',
  example: `${commandName} window last 18:00 --db site.db`,
  options: dbOption,
  positionals: [2, 2],
  run(words, terminal) {
    const [, written = ''] = words.positionals
    if (written !== 'none' && closesAt(written, 0) === null)
      throw new CommandEnd(exitCodes.invalid, `"${written}" is no time. Write it as 18:00, or none for no window.`)
    // The first such time after the run began: a window may go over midnight.
    return ask(
      words,
      terminal,
      (app, runId) => ({
        kind: 'window',
        closesAt: written === 'none' ? null : closesAt(written, app.readRun(runId).state.startedAt ?? Date.now()),
      }),
      '',
    )
  },
}

function ask(
  words: Words,
  terminal: Terminal,
  asked: Asked | ((app: App, runId: string) => Asked),
  why: string,
): Promise<ExitCode> {
  return withApp(words, { existing: true }, async (app) => {
    const runId = runNamed(app, words.positionals[0])
    const { seq, handedOver } = await app.request(runId, {
      ...(typeof asked === 'function' ? asked(app, runId) : asked),
      by: whoAmI(),
      why,
    })
    terminal.emit('request', { run: runId, seq })
    terminal.say(
      handedOver
        ? `Done by the engine at work, event ${seq}.`
        : `Recorded as event ${seq}. Go on with: ${commandName} resume ${runId} --db ${pasteable(databaseOf(words), process.platform)}`,
    )
    return exitCodes.done
  })
}
