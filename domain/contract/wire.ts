/** What travels between a window and the application: replies to calls, and frames of the event stream. */
import { z } from 'zod'
import { FailureError, Failure } from '../base/failure.ts'
import { NewEvent, type Event } from '../run/event.ts'
import { EngineState } from './shapes.ts'

/** The answer to a call: a value, or a failure as data. Nothing else crosses. */
export const Reply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), failure: Failure }),
])
export type Reply = z.infer<typeof Reply>

/** The value of a reply; throws FailureError, so that a failure is on this side what it was on the other. */
export function valueOf(reply: Reply): unknown {
  if (!reply.ok) throw new FailureError(reply.failure)
  return reply.value
}

const placed = { seq: z.int().min(1), at: z.number() }

const [firstShape, ...otherShapes] = NewEvent.options

/** An event with its place, as it stands in the log. */
export const EventShape: z.ZodType<Event> = z.discriminatedUnion('type', [
  firstShape.extend(placed),
  ...otherShapes.map((option) => option.extend(placed)),
])

/**
 * What the stream of a run sends.
 * `hello`: the subscription exists; `lastSeq` is the end of the log at that moment: events up to it are replayed first.
 * `events`: in order, each seq once, the first one after what was asked for.
 * `engine`: another process, or none, executes the run now.
 * `gap`: what comes after seq `after` cannot be read, and why; the stream ends. Subscribe again from there later.
 */
export const Frame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello'), run: z.string(), after: z.int(), lastSeq: z.int(), engine: EngineState }),
  z.strictObject({ kind: z.literal('events'), run: z.string(), events: z.array(EventShape).min(1) }),
  z.strictObject({ kind: z.literal('engine'), engine: EngineState }),
  z.strictObject({ kind: z.literal('gap'), run: z.string(), after: z.int(), failure: Failure }),
])
export type Frame = z.infer<typeof Frame>
