/** Owns how a diagnosis is printed: the cause, what shows it, what helps, and how that is taken back. */
import type { Diagnosis } from '../../../domain/doctor/diagnosis.ts'
import { whereToRun } from '../../../domain/doctor/text/diagnosis.ts'
import type { Terminal } from './terminal.ts'

/** Prints a diagnosis as text; it says nothing where JSON is wanted. */
export function sayDiagnosis(
  { cause, sentence, evidence, hint, remedy, notes }: Diagnosis,
  { say, paint }: Terminal,
): void {
  const block = (title: string, text: string) => {
    say(paint.bold(title))
    for (const line of text.split('\n')) say(`  ${line}`)
  }
  say(`${paint.bad('Cause')}  ${cause}: ${sentence}`)
  for (const line of evidence) say(paint.dim(`  | ${line}`))
  say(`  ${hint}`)
  for (const note of notes) say(`  ${note}`)
  if (!remedy) return
  const { at, look, script, policy, undo } = remedy
  if (look !== null) block(`To see what is, ${whereToRun[at]} (this changes nothing):`, look)
  if (script === null) return
  block(`To change it, ${whereToRun[at]}:`, script)
  if (policy) block('Or by Group Policy:', `${policy.path}\n${policy.setting}: ${policy.value}`)
  else say('There is no policy for it.')
  if (undo !== null) block('To take it back:', undo)
  else say('There is nothing to take back.')
}
