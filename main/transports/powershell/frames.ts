/** The lines between us and a resident PowerShell: ASCII both ways, so that no code page can change them. */
import { StringDecoder } from 'node:string_decoder'
import type { Scripts, Script } from './scripts.ts'

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

/** The first line to a PowerShell that has said hello. `nonce` marks every line it answers with. */
export function openingLine(nonce: string, scripts: Scripts): string {
  return `${nonce} ${base64(scripts.module)} ${base64(scripts.worker)} ${base64(scripts.resident)}\n`
}

/** Hands over a script, to be kept under its hash. */
export function scriptLine(script: Script): string {
  return `script ${script.hash} ${base64(script.text)}\n`
}

/** Runs a script that was handed over. `timeoutMs` is enforced on the host. */
export function runLine(id: number, timeoutMs: number, script: Script, params: unknown): string {
  return `${['run', id, Math.ceil(timeoutMs), script.hash, ...wordsOf(params)].join(' ')}\n`
}

/** Asks the host to stop a script that is running. */
export function cancelLine(id: number): string {
  return `cancel ${id}\n`
}

// A value as words, a letter first: what it is. A list or an object says how many follow. Not JSON: ConvertFrom-Json
// takes some strings for dates, and where module logging is on, Windows logs what any cmdlet was given, secrets among
// it. Half a surrogate pair is no text, and refused by some readers: it becomes U+FFFD here rather than there.
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [`s${base64(value.toWellFormed())}`]
  if (typeof value === 'number') return [`n${value}`]
  if (typeof value === 'boolean') return [value ? 't' : 'f']
  if (Array.isArray(value)) return [`l${value.length}`, ...value.flatMap(wordsOf)]
  if (typeof value !== 'object' || value === null) return ['z']
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return [`o${given.length}`, ...given.flatMap(([key, inner]) => [...wordsOf(key), ...wordsOf(inner)])]
}

export const frameKinds = ['ready', 'output', 'error', 'warning', 'verbose', 'data', 'end'] as const
export type FrameKind = (typeof frameKinds)[number]

/** One line of a resident, or text that something else wrote on the same stream. */
export type Received =
  | { readonly kind: 'frame'; readonly id: number; readonly frame: FrameKind; readonly payload: Buffer }
  | { readonly kind: 'stray'; readonly text: string }

/**
 * What a line is: a frame that bears the nonce (with stray text before it, if a program left its line open), or stray
 * text.
 */
export function parseLine(line: string, nonce: string): Received[] {
  const at = line.indexOf(`${nonce} `)
  if (at === -1) return line === '' ? [] : [{ kind: 'stray', text: `${line}\n` }]
  const match = /^(\d{1,9}) ([a-z]{1,10}) ([A-Za-z0-9+/]*={0,2})$/.exec(line.slice(at + nonce.length + 1))
  const frame = frameKinds.find((kind) => kind === match?.[2])
  if (!match || frame === undefined) return [{ kind: 'stray', text: `${line}\n` }]
  const received: Received = {
    kind: 'frame',
    id: Number(match[1]),
    frame,
    payload: Buffer.from(match[3] ?? '', 'base64'),
  }
  return at === 0 ? [received] : [{ kind: 'stray', text: line.slice(0, at) }, received]
}

/**
 * Splits a stream of chunks into lines without their ends. A line longer than `maxLength` characters is given out in
 * pieces, so that a program that never ends its line cannot fill our memory.
 */
export function lineSplitter(
  onLine: (line: string) => void,
  maxLength = 262_144,
): { push(chunk: string | Uint8Array): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let pieces: string[] = []
  let length = 0
  const give = () => {
    const line = pieces.join('')
    pieces = []
    length = 0
    onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
  const take = (text: string) => {
    let from = 0
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, to))
      give()
      from = to + 1
    }
    for (let rest = text.slice(from); rest !== '';) {
      const piece = rest.slice(0, maxLength - length)
      pieces.push(piece)
      length += piece.length
      rest = rest.slice(piece.length)
      if (length >= maxLength) give()
    }
  }
  return {
    push: (chunk) => {
      take(typeof chunk === 'string' ? chunk : decoder.write(chunk))
    },
    end: () => {
      take(decoder.end())
      if (length > 0) give()
    },
  }
}
