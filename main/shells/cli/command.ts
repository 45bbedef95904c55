/** The shape of a command, its arguments, and its help. */
import { parseArgs, type ParseArgsOptionDescriptor } from 'node:util'
import { CommandEnd, exitCodes, type ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'
import { commandText, optionText } from './text/common.ts'

export interface Words {
  readonly positionals: readonly string[]
  /** The value of an option, or undefined. */
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** A whole number in a range; ends the command when it is none. */
  number(name: string, range: { readonly min: number; readonly max: number; readonly otherwise: number }): number
  /** The value of an option that must be given. */
  required(name: string): string
}

/** An option of a command; `value` names what is to be written after it in the help. */
export type Option = ParseArgsOptionDescriptor & { readonly help: string; readonly value?: string }

export interface Command {
  /** As typed, for example `plan check`. */
  readonly name: string
  readonly summary: string
  /** What follows the name, for the first line of the help. */
  readonly usage: string
  readonly example: string
  readonly options: Readonly<Record<string, Option>>
  /** How many words may follow the name. */
  readonly positionals: readonly [min: number, max: number]
  run(words: Words, terminal: Terminal): Promise<ExitCode> | ExitCode
}

const everywhere: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: optionText.json },
  help: { type: 'boolean', short: 'h', help: optionText.help },
}

/** Reads the words of a command; ends it with `invalid` and its usage when they are wrong. */
export function readWords(command: Command, args: readonly string[]): Words {
  const options = { ...everywhere, ...command.options }
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw invalid(command, error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  const [min, max] = command.positionals
  if (values['help'] !== true && (positionals.length < min || positionals.length > max))
    throw invalid(command, positionals.length < min ? commandText.tooFew : commandText.tooMany(positionals[max] ?? ''))
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  return {
    positionals,
    text,
    texts: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
    flag: (name) => values[name] === true,
    number(name, { min: least, max: most, otherwise }) {
      const written = text(name)
      if (written === undefined) return otherwise
      const value = Number(written)
      if (!Number.isInteger(value) || value < least || value > most)
        throw invalid(command, commandText.notWhole(name, least, most, written))
      return value
    },
    required(name) {
      const value = text(name)
      if (value === undefined || value === '') throw invalid(command, commandText.optionMissing(name))
      return value
    },
  }
}

function invalid(command: Command, message: string): CommandEnd {
  return new CommandEnd(
    exitCodes.invalid,
    `${message}\n\n${commandText.usage(command.name, command.usage)}\n${commandText.more(command.name)}`,
  )
}

/** The help of one command. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...everywhere }).map(([name, option]) => {
    const value = option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''
    return [`  --${name}${value}`, option.help] as const
  })
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return [
    command.summary,
    '',
    commandText.usage(command.name, command.usage),
    '',
    commandText.options,
    ...rows.map(([left, right]) => left.padEnd(width) + right),
    '',
    commandText.example,
    `  ${command.example}`,
    '',
  ].join('\n')
}
