/** Redaction of an event: all text is redacted, names and codes are left as they are. */
import type { NewEvent } from '../../../domain/run/event.ts'
import type { Redactor } from '../../vault/redaction.ts'

// Names come from the plan and codes from us: a password "runner" must not make a step of the log unknown.
const names = [
  'type',
  'step',
  'host',
  'gate',
  'stage',
  'mode',
  'phase',
  'observation',
  'choice',
  'outcome',
  'planId',
  'planHash',
  'graphHash',
  'ticket',
  'learned',
] as const

/** The event as it may enter the log. */
export function redactEvent(redactor: Redactor, event: NewEvent): NewEvent {
  const cleaned = redactor.redactDeep(event)
  if (cleaned === event) return event
  const kept = Object.fromEntries(
    names.flatMap((name) => (name in event ? [[name, Object.getOwnPropertyDescriptor(event, name)?.value]] : [])),
  )
  return { ...cleaned, ...kept }
}
