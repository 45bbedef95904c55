/** Prints a diagnosis: the cause, its evidence, the remedy, and how to undo it. */
import type { Diagnosis } from '../../../domain/doctor/diagnosis.ts'
import { whereToRun } from '../../../domain/doctor/text/diagnosis.ts'
import type { Terminal } from './terminal.ts'
import { diagnosisBlocks } from './text/diagnosis.ts'

/** Prints a diagnosis as text, and nothing with --json. */
export function sayDiagnosis(
  { cause, sentence, evidence, hint, remedy, notes }: Diagnosis,
  { say, paint }: Terminal,
): void {
  const block = (title: string, text: string) => {
    say(paint.bold(title))
    for (const line of text.split('\n')) say(`  ${line}`)
  }
  say(`${paint.bad(diagnosisBlocks.cause)}  ${cause}: ${sentence}`)
  for (const line of evidence) say(paint.dim(`  | ${line}`))
  say(`  ${hint}`)
  for (const note of notes) say(`  ${note}`)
  if (!remedy) return
  const { at, look, script, policy, undo } = remedy
  if (look !== null) block(diagnosisBlocks.check(whereToRun[at]), look)
  if (script === null) return
  block(diagnosisBlocks.change(whereToRun[at]), script)
  if (policy) block(diagnosisBlocks.policy, `${policy.path}\n${policy.setting}: ${policy.value}`)
  else say(diagnosisBlocks.noPolicy)
  if (undo !== null) block(diagnosisBlocks.undo, undo)
  else say(diagnosisBlocks.noUndo)
}
