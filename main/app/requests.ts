/** Owns the moment a person's request becomes events of the log. */
import type { Event, NewEvent } from '../../domain/event.ts'
import { failed } from '../../domain/failure.ts'
import type { RequestVerdict } from '../../domain/request.ts'

/** Appends the events of a request that was judged; throws FailureError `refused` with why and what is offered instead. */
export function appendRequest(verdict: RequestVerdict, append: (events: readonly NewEvent[]) => Event[]): Event[] {
  if (!verdict.ok) throw failed('plan', 'refused', verdict.message, verdict.hint)
  return append(verdict.events)
}
