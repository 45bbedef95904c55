/** Prints for people and programs: plain lines when piped, colour and redrawn lines on a terminal. */
import { withFormat, type FormatName } from '../../../domain/base/formats.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { harmless, harmlessJson } from './harmless.ts'
import { writeText } from './text/common.ts'

export interface Terminal {
  readonly json: boolean
  /** True on a terminal that may be redrawn. */
  readonly live: boolean
  readonly width: number
  /** One line for people; nothing under --json. */
  say(line?: string): void
  /** One JSON document on one line, with its format and version; only under --json. */
  emit(format: FormatName, value: object): void
  /** A line about what went wrong, on standard error. */
  complain(line: string): void
  /** Replaces the lines drawn last; only where `live`. */
  redraw(lines: readonly string[]): void
  /**
   * Sets what happens when the output is no longer read (a pager was quit) or cannot be written (a full disk).
   * By default the process ends: with 0, and with 3.
   */
  whenGone(work: () => void): void
  readonly paint: Paint
}

export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
  readonly accent: (text: string) => string
}

interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** A terminal over the process's streams. NO_COLOR and FORCE_COLOR are honoured (no-color.org). */
export function openTerminal(json: boolean, streams: Streams = process): Terminal {
  const { stdout, stderr } = streams
  const live = !json && stdout.isTTY && process.env['TERM'] !== 'dumb'
  const coloured = (process.env['NO_COLOR'] ?? '') === '' && (live || (process.env['FORCE_COLOR'] ?? '0') !== '0')
  let drawn = 0
  let gone: (code: ExitCode) => void = (code) => process.exit(code)
  let broken = false
  // EPIPE: a pager was quit. EIO: the terminal itself is gone.
  const goneCodes: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO'])
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (goneCodes.has(error.code)) return gone(exitCodes.done)
    // Most often a full disk. Half of the output must not pass for the whole.
    if (!broken) stderr.write(`${writeText.outputLost(error.message)}\n`)
    broken = true
    gone(exitCodes.invalid)
  })
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of this message is gone; the exit code still tells of it.
    if (!goneCodes.has(error.code)) throw error
  })
  const erase = () => {
    // To the first column first: a ^C that the terminal echoed has moved on.
    if (drawn > 0) stdout.write(`\r\u001b[${drawn}A\u001b[0J`)
    drawn = 0
  }
  return {
    json,
    live,
    get width() {
      return stdout.isTTY ? stdout.columns : 100
    },
    say(line = '') {
      if (json) return
      erase()
      stdout.write(`${harmless(line)}\n`)
    },
    emit(format, value) {
      if (json) stdout.write(`${harmlessJson(JSON.stringify(withFormat(format, value)))}\n`)
    },
    complain(line) {
      erase()
      stderr.write(`${harmless(line)}\n`)
    },
    redraw(lines) {
      if (!live) return
      erase()
      // A line that wraps, or one above the top, could not be erased.
      const shown = lines.slice(0, Math.max(1, stdout.rows - 1)).map((line) => fit(harmless(line), stdout.columns))
      stdout.write(shown.map((line) => `${line}\n`).join(''))
      drawn = shown.length
    },
    whenGone(work) {
      gone = work
    },
    paint: coloured ? colours : plain,
  }
}

const sgr = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
const colours: Paint = {
  bold: sgr('1'),
  dim: sgr('2'),
  good: sgr('32'),
  warn: sgr('33'),
  bad: sgr('31'),
  accent: sgr('36'),
}
const same = (text: string) => text
const plain: Paint = { bold: same, dim: same, good: same, warn: same, bad: same, accent: same }

const escape = String.fromCharCode(27)
const escapeOrCharacter = new RegExp(`${escape}\\[[0-9;]*m|.`, 'gu')

/** A line cut to so many columns; colour takes none, and is ended where it is cut. */
export function fit(line: string, columns: number): string {
  let seen = 0
  let text = ''
  for (const [part] of line.matchAll(escapeOrCharacter)) {
    if (part.startsWith(escape)) text += part
    else if (++seen < columns) text += part
    else return `${text}…${line.includes(escape) ? `${escape}[0m` : ''}`
  }
  return text
}

/** Lines of a table: every column as wide as its widest cell, two spaces between. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length)
    })
  return rows.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '))
}
