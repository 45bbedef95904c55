/** A request for control: who asks the process that runs a rollout to release it, and its answer. One at a time. */
import { failed } from '../../domain/base/failure.ts'
import type { AuditStore } from './audit-store.ts'
import type { Database } from './database/database.ts'
import type { Holder } from './lease.ts'
import { controlText } from './text.ts'

/** Milliseconds within which a person answers; afterwards the running process releases the run by itself. */
export const answerTime = 60_000

/** Milliseconds beyond it that a process may take to release the run; after that it counts as unresponsive. */
export const letGoTime = 15_000

export interface Ask {
  readonly by: string
  readonly process: number
  readonly host: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly answer: 'given' | 'kept' | null
}

export interface ControlStore {
  /**
   * Asks, in place of an earlier question that is answered or expired.
   * Throws `control-asked` while another process waits for an answer.
   */
  ask(who: Holder, at: number): void
  /** The newest question. */
  current(): Ask | undefined
  /** Answers the question that waits; false where none does. */
  answer(answer: 'given' | 'kept', who: { readonly by: string; readonly at: number; readonly why: string }): boolean
  /** Forgets the question of that process. */
  clear(pid: number): void
}

/** The question of a database. */
export function createControlStore(database: Database, audit: AuditStore): ControlStore {
  const current = () => database.get<Ask>('SELECT by, pid AS process, host, asked_at AS at, answer FROM control')
  return {
    ask: ({ holder, pid, host }, at) =>
      database.transaction(() => {
        const other = current()
        if (other?.answer === null && other.process !== pid && Math.abs(at - other.at) < answerTime + letGoTime)
          throw failed('workstation', 'control-asked', controlText.asked(other.by, other.host), controlText.askedHint)
        database.run(
          'INSERT OR REPLACE INTO control (only, by, pid, host, asked_at, answer) VALUES (1, ?, ?, ?, ?, NULL)',
          holder,
          pid,
          host,
          at,
        )
        audit.record({ at, by: holder, action: 'control.asked', subject: `process ${pid} on ${host}`, why: '' })
      }),
    current,
    answer: (answer, { by, at, why }) =>
      database.transaction(() => {
        const asked = current()
        if (asked?.answer !== null) return false
        database.run('UPDATE control SET answer = ?', answer)
        audit.record({
          at,
          by,
          action: `control.${answer}`,
          subject: `${asked.by}, process ${asked.process} on ${asked.host}`,
          why,
        })
        return true
      }),
    clear: (pid) => void database.run('DELETE FROM control WHERE pid = ?', pid),
  }
}
