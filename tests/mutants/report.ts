/** What a measurement says to a person: the survivors, and the share of killed mutants by folder. */
import type { Equivalent } from './equivalent.ts'
import type { Mutant } from './instrument.ts'
import { isKilled, type Verdict } from './measure.ts'

/** A mutant with its end, and the line of the source it begins on. */
export interface Judged extends Mutant {
  readonly source: string
  readonly verdict: Verdict
}

/** A change in one line. */
export function changeOf({ original, replacement }: Pick<Mutant, 'original' | 'replacement'>): string {
  return `${short(original)} → ${short(replacement)}`
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 70)} … ${line.slice(-25)}` : line
}

/** True when the list of equivalents names this mutant. */
export function names(entry: Equivalent, mutant: Judged): boolean {
  return entry.file === mutant.file && entry.line === mutant.source && entry.change === changeOf(mutant)
}

/** The mutants that count and were not killed, one a line. */
export function survivors(judged: readonly Judged[]): string {
  return judged
    .filter(({ verdict }) => !isKilled(verdict))
    .map((mutant) => {
      const reached = mutant.verdict === 'unreached' ? '  (no test reaches it)' : ''
      return `${mutant.file}:${mutant.line}  ${mutant.kind}  ${changeOf(mutant)}${reached}\n`
    })
    .join('')
}

/** What is wrong with the list of equivalents: an entry that names nothing, or one that a test does show. */
export function untrue(entries: readonly Equivalent[], judged: readonly Judged[], whole: boolean): string[] {
  const files = new Set(judged.map(({ file }) => file))
  return entries
    .filter(({ file }) => files.has(file))
    .flatMap((entry) => {
      const named = judged.filter((mutant) => names(entry, mutant))
      const what = `${entry.file}: ${entry.change}`
      if (named.some(({ verdict }) => isKilled(verdict))) return [`listed as equivalent, but a test shows it: ${what}`]
      return named.length === 0 && whole ? [`listed as equivalent, but there is no such mutant: ${what}`] : []
    })
}

/** The share of killed mutants: of every folder that holds files, and of all. */
export function table(judged: readonly Judged[]): string {
  const byFolder = new Map<string, Judged[]>()
  for (const mutant of judged) {
    const folder = mutant.file.slice(0, mutant.file.lastIndexOf('/'))
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), mutant])
  }
  const rows = [...byFolder].sort(([one], [other]) => (one < other ? -1 : 1))
  return [...rows.map(([folder, of]) => row(folder, of)), row('all', [...judged])].join('')
}

function row(name: string, judged: readonly Judged[]): string {
  const killed = judged.filter(({ verdict }) => isKilled(verdict)).length
  const unreached = judged.filter(({ verdict }) => verdict === 'unreached').length
  const share = judged.length === 0 ? '' : `${((100 * killed) / judged.length).toFixed(1)} %`
  return `${name.padEnd(36)} ${String(judged.length).padStart(6)} mutants ${String(killed).padStart(6)} killed ${String(unreached).padStart(5)} unreached ${share.padStart(8)}\n`
}
