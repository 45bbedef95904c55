/** Tries every mutant: first inside of the tests that reach it, then alone where a test could not show it. */
import type { Line } from './assignment.ts'
import type { Session } from './session.ts'

export type Verdict = 'killed' | 'late' | 'survived' | 'unreached'

export interface Measured {
  readonly verdicts: ReadonlyMap<number, Verdict>
  /** Tests that fail without a mutant; they could show nothing. */
  readonly broken: readonly string[]
  /** Tests that were tried with no mutant, for they take too long. */
  readonly slow: readonly string[]
}

/** `say` hears how far it is. */
export async function measure(
  session: Session,
  ids: readonly number[],
  say: (text: string) => void,
): Promise<Measured> {
  const verdicts = new Map<number, Verdict>(ids.map((id) => [id, 'unreached']))
  const outside = new Map<number, Set<string>>()
  const unclear = new Map<number, Set<string>>()
  const broken = new Set<string>()
  const weak = new Set<string>()
  const slow = new Set<string>()
  const isOpen = (id: number) => !isKilled(verdicts.get(id))
  const add = (to: Map<number, Set<string>>, id: number, file: string) =>
    to.set(id, (to.get(id) ?? new Set()).add(file))
  const fails = (file: string, why: string) => {
    broken.add(`${file}: ${why}`)
    weak.add(file)
  }
  const learn = (line: Line) => {
    if ('reached' in line) for (const id of line.reached) if (isOpen(id)) verdicts.set(id, 'survived')
    if ('outside' in line) for (const id of line.outside) add(outside, id, line.file)
    if ('unclear' in line) add(unclear, line.unclear, line.file)
    if ('broken' in line) fails(line.file, `${line.broken}: ${line.why}`)
    if ('slow' in line) slow.add(`${line.file}: ${line.slow}`)
    if (!('killed' in line)) return
    verdicts.set(line.killed, 'killed')
  }

  for (let files = [...session.related]; files.length > 0;) {
    const open = ids.filter((id) => isOpen(id) && !unclear.has(id))
    say(`${files.length} test files, ${open.length} mutants`)
    const { lines, hung, failed } = await session.run(files, open)
    lines.forEach(learn)
    for (const id of hung) verdicts.set(id, 'late')
    // No test of a first try fails here, so it is the file itself that does not load, or a hook of it.
    for (const { file, why } of hung.length > 0 ? [] : failed) fails(file, why)
    const clean = new Set(lines.flatMap((line) => ('ended' in line && line.ended === 'clean' ? [line.file] : [])))
    const again = files.filter((file) => !clean.has(file))
    // A file that was left unclean has one mutant fewer to try: this comes to an end.
    const learnt = hung.length > 0 || lines.some((line) => 'unclear' in line)
    if (again.length > 0 && !learnt) for (const file of again) fails(file, 'it did not run to its end')
    files = learnt ? again : []
  }

  const alone = ids.filter((id) => isOpen(id) && (outside.has(id) || unclear.has(id)))
  for (const [n, id] of alone.entries()) {
    if (n % 20 === 0) say(`${n} of ${alone.length} mutants alone`)
    const files = [...new Set([...(outside.get(id) ?? []), ...(unclear.get(id) ?? [])])]
    const { failed, hung } = await session.run(
      files.filter((file) => !weak.has(file)),
      [id],
      id,
    )
    verdicts.set(id, hung.length > 0 ? 'late' : failed.length > 0 ? 'killed' : 'survived')
  }
  return { verdicts, broken: [...broken], slow: [...slow] }
}

/** True where a test noticed: by failing, or by not coming to its end. */
export function isKilled(verdict: Verdict | undefined): boolean {
  return verdict === 'killed' || verdict === 'late'
}
