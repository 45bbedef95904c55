/** Owns how a diagnosis is printed: the cause, what shows it, what helps, and how that is taken back. */
import type { Diagnosis } from '../../../domain/diagnosis.ts'
import type { Terminal } from './terminal.ts'

/** Prints a diagnosis as text; it says nothing where JSON is wanted. */
export function sayDiagnosis({ cause, sentence, evidence, hint, remedy, notes }: Diagnosis, { say, paint }: Terminal): void {
  const block = (title: string, text: string) => {
    say(paint.bold(title))
    for (const line of text.split('\n')) say(`  ${line}`)
  }
  say(`${paint.bad('Cause')}  ${cause}: ${sentence}`)
  for (const line of evidence) say(paint.dim(`  | ${line}`))
  say(`  ${hint}`)
  for (const note of notes) say(`  ${note}`)
  if (!remedy) return
  block('In an elevated Windows PowerShell on the host:', remedy.script)
  if (remedy.policy) block('Or by Group Policy:', `${remedy.policy.path}\n${remedy.policy.setting}: ${remedy.policy.value}`)
  if (remedy.undo !== null) block('To take it back:', remedy.undo)
}
