/** Reads a plan from JSON text and refuses duplicate keys, which JSON.parse accepts silently. */
import { duplicateKeys } from '../base/duplicate-keys.ts'
import { readPlan, type PlanReading } from './plan.ts'

/** Reads a plan from text, with or without a byte order mark. Messages call the text `name`. */
export function readPlanText(written: string, name = 'the text'): PlanReading {
  const text = written.replace(/^\uFEFF/, '')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, problems: [{ path: '(the file)', message: `${name} is not JSON: ${whyNot(text)}` }] }
  }
  const twice = duplicateKeys(text)
  if (twice.length > 0) {
    return {
      ok: false,
      problems: twice.map(({ path, firstLine, line }) => ({
        path,
        message: `is in the file twice, in ${firstLine === line ? `line ${line}` : `lines ${firstLine} and ${line}`}. Keep the right one and remove the other`,
      })),
    }
  }
  return readPlan(json)
}

// The message of JSON.parse quotes the text, which may contain a secret, so only the position is reported.
function whyNot(text: string): string {
  if (text.trim() === '') return 'it is empty'
  if (!isBroken(text)) return 'it ends in the middle, without its closing brackets'
  // The shortest prefix that nothing could complete ends with the error.
  let [whole, broken] = [0, text.length]
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2)
    if (isBroken(text.slice(0, middle))) broken = middle
    else whole = middle
  }
  const before = text.slice(0, broken - 1).split('\n')
  return `see line ${before.length}, character ${(before.at(-1) ?? '').length + 1}`
}

/** True if no continuation could turn the text into JSON. */
function isBroken(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return (
      !/end of JSON input|^Unterminated/.test(message) && Number(/at position (\d+)/.exec(message)?.[1]) !== text.length
    )
  }
}
