/** The inbox: requests to the running engine from other processes, and its replies. */
import { z } from 'zod'
import { Confirmation } from '../../domain/run/confirmation.ts'
import { choices } from '../../domain/run/event.ts'
import { failed, Failure } from '../../domain/base/failure.ts'
import { Moment } from '../../domain/base/ids.ts'
import type { RunRequest } from '../../domain/run/request.ts'
import type { Clock } from '../engine/ports.ts'
import { canonicalJson } from './canonical.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import { sealOf } from './database/seal.ts'
import { damageText, inboxText } from './text.ts'

const person = { run: z.string().min(1), by: z.string().min(1), why: z.string() }

/** What another process may ask of the engine. `target` is a gate for `open`, a step for every other choice. */
export const EngineRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decide'),
    target: z.string().min(1),
    choice: z.enum([...choices, 'open']),
    confirmed: z.array(Confirmation).optional(),
    ...person,
  }),
  z.strictObject({ kind: z.literal('cancel'), ...person }),
  z.strictObject({ kind: z.literal('pause'), ...person }),
  z.strictObject({ kind: z.literal('resume'), ...person }),
  z.strictObject({ kind: z.literal('window'), closesAt: Moment.nullable(), ...person }),
])
export type EngineRequest = z.infer<typeof EngineRequest>

/** What the engine answered: the seq of the last event that came of it, or why not. */
export const EngineReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), seq: z.int() }),
  z.strictObject({ ok: z.literal(false), failure: Failure }),
])
export type EngineReply = z.infer<typeof EngineReply>

export interface Inbox {
  /** Puts a request and returns its id. */
  put(request: RunRequest & { readonly run: string }, at: number): number
  /**
   * Requests that this engine has not taken yet, in order; also those that an ended engine took and never answered.
   * `engine` is any word of its own.
   */
  take(engine: string): { readonly id: number; readonly request: EngineRequest }[]
  answer(id: number, reply: EngineReply): void
  /** The reply, if there is one by now. */
  reply(id: number): EngineReply | undefined
  /** Takes back a request that no engine has taken: false where one has. */
  withdraw(id: number): boolean
  /**
   * Waits for the reply, reading every `everyMs`. After `timeoutMs` withdraws the request and throws `no-engine`,
   * or `no-reply` where an engine took it.
   */
  awaitReply(
    id: number,
    clock: Clock,
    how: { readonly timeoutMs: number; readonly everyMs?: number; readonly signal?: AbortSignal },
  ): Promise<EngineReply>
}

interface Row {
  readonly id: number
  readonly body: string
  readonly put_at: number
  readonly seal: number
}

/** The inbox of a database. */
export function createInbox(database: Database): Inbox {
  const reply = (id: number): EngineReply | undefined => {
    const text = database.get<{ reply: string | null }>('SELECT reply FROM requests WHERE id = ?', id)?.reply
    return text == null ? undefined : EngineReply.parse(JSON.parse(text))
  }
  const withdraw = (id: number) => database.run('DELETE FROM requests WHERE id = ? AND taken_by IS NULL', id) > 0
  return {
    put: (asked, at) =>
      database.transaction(() => {
        const body = canonicalJson(EngineRequest.parse(asked))
        database.run('INSERT INTO requests (body, put_at, seal) VALUES (?, ?, ?)', body, at, sealOf([body, at]))
        return database.get<{ id: number }>('SELECT last_insert_rowid() AS id')?.id ?? 0
      }),
    take: (engine) => {
      // A read is enough to see that there is nothing: an idle engine takes no write lock.
      const waiting = 'reply IS NULL AND (taken_by IS NULL OR taken_by <> ?)'
      if (database.get(`SELECT 1 FROM requests WHERE ${waiting} LIMIT 1`, engine) === undefined) return []
      return database.transaction(() => {
        const rows = database.all<Row>(
          `SELECT id, body, put_at, seal FROM requests WHERE ${waiting} ORDER BY id`,
          engine,
        )
        database.run(`UPDATE requests SET taken_by = ? WHERE ${waiting}`, engine, engine)
        return rows.map(({ id, body, put_at, seal }) => {
          if (sealOf([body, put_at]) !== seal) throw corrupted(database.file, [damageText.request(id)])
          return { id, request: EngineRequest.parse(JSON.parse(body)) }
        })
      })
    },
    answer: (id, given) =>
      void database.run(
        'UPDATE requests SET reply = ? WHERE id = ? AND reply IS NULL',
        JSON.stringify(EngineReply.parse(given)),
        id,
      ),
    reply,
    withdraw,
    awaitReply: async (id, clock, { timeoutMs, everyMs = 50, signal }) => {
      for (const end = clock.now() + timeoutMs; ; await clock.sleep(everyMs, signal)) {
        const found = reply(id)
        if (found) return found
        if (clock.now() < end && signal?.aborted !== true) continue
        if (withdraw(id)) throw failed('workstation', 'no-engine', inboxText.noEngine, inboxText.noEngineHint)
        const late = reply(id)
        if (late) return late
        throw failed('uncertain', 'no-reply', inboxText.noReply, inboxText.noReplyHint)
      }
    },
  }
}
