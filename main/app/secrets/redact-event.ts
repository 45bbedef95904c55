/** Owns what redaction does to an event: everything written is cleaned, what names things is left whole. */
import type { NewEvent } from '../../../domain/run/event.ts'
import type { Redactor } from '../../vault/redaction.ts'

// Names come from the plan and codes from us. A password that happens to be "runner" must not make a step of the log unknown.
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
