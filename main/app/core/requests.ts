/** Turns a person's request into events of the log. */
import type { Event, NewEvent } from '../../../domain/run/event.ts'
import type { RequestVerdict } from '../../../domain/run/request.ts'
import { requestRefused } from './failures.ts'

/** Appends the events of a request that was accepted; throws FailureError `refused` for one that was not. */
export function appendRequest(verdict: RequestVerdict, append: (events: readonly NewEvent[]) => Event[]): Event[] {
  if (!verdict.ok) throw requestRefused(verdict)
  return append(verdict.events)
}
