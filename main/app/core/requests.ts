/** Owns the moment a person's request becomes events of the log. */
import type { Event, NewEvent } from '../../../domain/run/event.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { RequestVerdict } from '../../../domain/run/request.ts'

/** Appends the events of a request that was judged; throws FailureError `refused` with why and what is offered instead. */
export function appendRequest(verdict: RequestVerdict, append: (events: readonly NewEvent[]) => Event[]): Event[] {
  if (!verdict.ok) throw refusal(verdict)
  return append(verdict.events)
}

/** Why a request cannot be done, as it is told to the person. */
export function refusal({ message, hint }: Extract<RequestVerdict, { ok: false }>): FailureError {
  return failed('request', 'refused', message, hint)
}
