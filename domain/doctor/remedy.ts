/**
 * The remedy for a host that cannot be reached: what to check, the least change as PowerShell and as policy, and how to
 * undo it.
 */
import { z } from 'zod'
import { remedyText } from './text/diagnosis.ts'
import { lines } from './text/powershell.ts'

const Change = z.strictObject({
  script: z.string().describe('for Windows PowerShell 5.1, elevated'),
  policy: z
    .strictObject({ path: z.string(), setting: z.string(), value: z.string() })
    .nullable()
    .describe('null: no Group Policy setting does the same'),
  undo: z.string().nullable().describe('null: there is nothing to undo'),
})
/** One change that helps, and how to undo it. */
export type Change = Readonly<z.infer<typeof Change>>

/**
 * What to run and where. `look` is an inspection that changes nothing; `script` is null if no change can be named from
 * here, and then there is an inspection. Older surveys have none.
 */
export const Remedy = Change.extend({
  at: z.enum(['host', 'workstation']).default('host'),
  look: z.string().nullable().default(null),
  script: Change.shape.script.nullable(),
})
export type Remedy = Readonly<z.infer<typeof Remedy>>

/** A remedy on the host: a change, and an inspection to run before it where `look` is given. */
export function toChange(change: Change, inspection: string | null = null): Remedy {
  return { at: 'host', look: inspection, ...change }
}

/** A remedy that inspects and changes nothing. */
export function toInspection(inspection: string, at: Remedy['at'] = 'host'): Remedy {
  return { at, look: inspection, script: null, policy: null, undo: null }
}

/** The change with the condition under which it is due; an inspection shows whether it is met. */
export function onlyIf(condition: string, change: Change): Change {
  return { ...change, script: lines(remedyText.onlyIf(condition), change.script) }
}
