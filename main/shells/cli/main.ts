/** The command line: finds the command, runs it, and turns its end into an exit code. */
import { commandName } from '../../../domain/base/command-name.ts'
import { readFileSync } from 'node:fs'
import { toFailure } from '../../../domain/base/failure.ts'
import { takeEnvironmentSecrets } from '../../app/secrets/open-vault.ts'
import { helpOf, readWords, type Command } from './command.ts'
import { cancel, decide, pause, window } from './commands/decide.ts'
import { doctor } from './commands/doctor.ts'
import { dossier } from './commands/dossier.ts'
import { events, runs, show } from './commands/runs.ts'
import { graph, planCheck, planNew, planShow } from './commands/plan.ts'
import { helpCommand } from './commands/help.ts'
import { practice } from './commands/practice.ts'
import { planLock, resume, run } from './commands/run.ts'
import { survey } from './commands/survey.ts'
import { trust } from './commands/trust.ts'
import { vault } from './commands/vault.ts'
import { CommandEnd, exitCodeOf, exitCodes, type ExitCode } from './exit-code.ts'
import { commandText } from './text/common.ts'
import { helpText } from './text/help.ts'
import { openTerminal, table, type Terminal } from './terminal.ts'

const commands: readonly Command[] = [
  planNew,
  planCheck,
  planShow,
  planLock,
  graph,
  survey,
  doctor,
  practice,
  run,
  resume,
  runs,
  show,
  events,
  dossier,
  decide,
  pause,
  cancel,
  window,
  vault,
  trust,
  helpCommand(overview),
]

/** Runs one command line and sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  takeEnvironmentSecrets()
  const terminal = openTerminal(args.includes('--json'))
  process.exitCode = await obey(args, terminal)
}

async function obey(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (args[0] === '--version' || args[0] === '-v') {
    terminal.say(version())
    terminal.emit('program-version', { program: version() })
    return exitCodes.done
  }
  const command = commandOf(args)
  if (!command) {
    const known = args[0] === undefined || args[0] === '--help' || args[0] === '-h'
    const typed =
      args
        .filter((word) => !word.startsWith('-'))
        .slice(0, 2)
        .join(' ') ||
      (args[0] ?? '')
    if (!known) {
      terminal.complain(commandText.unknown(typed))
      terminal.emit('error', { error: commandText.unknown(typed) })
    }
    for (const line of overview()) terminal.say(line)
    return known ? exitCodes.done : exitCodes.invalid
  }
  try {
    const words = readWords(command, args.slice(command.name.split(' ').length))
    if (words.flag('help')) {
      if (terminal.json) terminal.emit('help', { help: helpOf(command) })
      else process.stdout.write(helpOf(command))
      return exitCodes.done
    }
    return await command.run(words, terminal)
  } catch (error) {
    return explain(error, terminal)
  }
}

function commandOf(args: readonly string[]): Command | undefined {
  return commands.find((command) => command.name === args.slice(0, command.name.split(' ').length).join(' '))
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommandEnd) {
    terminal.complain(error.message)
    terminal.emit('error', { error: error.message, ...error.data })
    return error.exitCode
  }
  const failure = toFailure(error)
  terminal.complain(failure.message)
  terminal.complain(failure.hint)
  for (const line of failure.evidence) terminal.complain(`| ${line}`)
  terminal.emit('error', { error: failure.message, failure })
  return exitCodeOf(failure)
}

/** Lists every command with its summary, and the exit codes. */
function overview(): string[] {
  const rows = commands.map((command) => [`  ${commandName} ${command.name}`, command.summary] as const)
  return [helpText.product, '', ...table(rows), '', helpText.everyCommand, helpText.exitCodes]
}

function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
