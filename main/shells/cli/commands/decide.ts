/** The commands that answer a run: decide, cancel, pause, and its change window. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { closesAt } from '../../../../domain/run/change-window.ts'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { needsReason, writtenChoices, type RunRequest } from '../../../../domain/run/request.ts'
import type { App } from '../../../app/core/app.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes, type ExitCode } from '../exit-code.ts'
import { databaseOf, dbOption, runNamed, vaultOptions, whoAmI, withApp } from '../open.ts'
import type { Terminal } from '../terminal.ts'
import { answerText } from '../text/runs.ts'

type Asked =
  | Pick<Extract<RunRequest, { kind: 'decide' }>, 'kind' | 'target' | 'choice'>
  | { readonly kind: 'cancel' }
  | { readonly kind: 'pause' }
  | Pick<Extract<RunRequest, { kind: 'window' }>, 'kind' | 'closesAt'>

// The vault is opened to remove its secrets from the reason, and only if the plan names entries.
const answerOptions = {
  ...dbOption,
  ...vaultOptions,
  reason: {
    type: 'string',
    value: 'TEXT',
    help: answerText.reasonOption,
  },
} as const

export const decide: Command = {
  name: 'decide',
  summary: answerText.decideSummary,
  usage: 'RUN|last GATE-OR-STEP retry|fixed|skip|exclude|abort|open --reason TEXT --db FILE [--vault FILE]',
  example: answerText.decideExample,
  options: answerOptions,
  positionals: [3, 3],
  run(words, terminal) {
    const [, target = '', written = ''] = words.positionals
    const choice = writtenChoices.find((known) => known === written)
    if (choice === undefined) throw new CommandEnd(exitCodes.invalid, answerText.noChoice(written, writtenChoices))
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
  summary: answerText.cancelSummary,
  usage: 'RUN|last --reason TEXT --db FILE [--vault FILE]',
  example: answerText.cancelExample,
  options: answerOptions,
  positionals: [1, 1],
  run: (words, terminal) => ask(words, terminal, { kind: 'cancel' }, words.required('reason')),
}

export const pause: Command = {
  name: 'pause',
  summary: answerText.pauseSummary,
  usage: 'RUN|last [--reason TEXT] --db FILE [--vault FILE]',
  example: answerText.pauseExample,
  options: answerOptions,
  positionals: [1, 1],
  run: (words, terminal) => ask(words, terminal, { kind: 'pause' }, words.text('reason') ?? ''),
}

export const window: Command = {
  name: 'window',
  summary: answerText.windowSummary,
  usage: 'RUN|last HH:MM|none --db FILE',
  example: `${commandName} window last 18:00 --db site.db`,
  options: dbOption,
  positionals: [2, 2],
  run(words, terminal) {
    const [, written = ''] = words.positionals
    if (written !== 'none' && closesAt(written, 0) === null)
      throw new CommandEnd(exitCodes.invalid, answerText.noTime(written))
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
        ? answerText.handedOver(seq)
        : answerText.recorded(
            seq,
            `${commandName} resume ${runId} --db ${pasteable(databaseOf(words), process.platform)}`,
          ),
    )
    return exitCodes.done
  })
}
