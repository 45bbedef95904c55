/** Runs and their log: the frozen graph, and events with a seq that has no gaps. */
import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { logVersion, NewEvent, type Event } from '../../domain/run/event.ts'
import { currentFinding } from '../../domain/base/finding.ts'
import { failed } from '../../domain/base/failure.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { RunStore } from '../engine/ports.ts'
import type { AuditStore } from './audit-store.ts'
import { canonicalJson, sha256 } from './canonical.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import type { Leases } from './lease.ts'
import { fromRow, insertRun, updateRun, type RunRow } from './run-row.ts'
import { checkSealed } from './database/seal.ts'
import { summarise, type RunSummary } from './run-summary.ts'
import { damageText, runText } from './text.ts'

export interface RunToCreate {
  readonly planId: string
  /** A locked revision. */
  readonly revision: number
  readonly graph: Graph
  readonly baseDir: string
  readonly by: string
  readonly at: number
}

export interface StoredRuns extends RunStore {
  /**
   * Stores the graph and `run.created` (seq 1) in one transaction. Needs no lease: nothing else writes to a new run.
   */
  createRun(run: RunToCreate): RunSummary
  /** At most `limit` events after `after`; all of them where no limit is given. */
  events(runId: string, after?: number, limit?: number): Event[]
  /** Events after `after` one by one, read a thousand at a time: the log may be long, and may grow meanwhile. */
  stream(runId: string, after?: number): Generator<Event>
  /** Every run, newest first. */
  list(): RunSummary[]
  /** One run. Throws `unknown-run`. */
  summary(runId: string): RunSummary
}

interface EventRow {
  readonly seq: number
  readonly body: string
  readonly seal: number
}

const pageOfEvents = 1000

/** The runs of a database; appending needs the lease. */
export function createRunStore(database: Database, leases: Leases, audit: AuditStore): StoredRuns {
  const row = (runId: string): RunSummary => {
    const found = database.get<RunRow>('SELECT * FROM runs WHERE run_id = ?', runId)
    if (!found)
      throw failed('request', 'unknown-run', runText.unknown(runId, database.file), runText.unknownHint(database.file))
    checkSealed(database, 'runs', found)
    return fromRow(found)
  }
  const read = (runId: string, after: number, limit: number): Event[] => {
    const rows = database.all<EventRow>(
      'SELECT seq, body, seal FROM events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?',
      runId,
      after,
      limit,
    )
    return rows.map((found, index) => readEvent(database.file, runId, after + 1 + index, found))
  }
  const events = (runId: string, after = 0, limit?: number): Event[] => {
    const from = Math.max(0, after)
    // The end is read first: events added meanwhile are beyond it, and a gap below it is damage.
    const { lastSeq } = row(runId)
    const wanted = Math.min(lastSeq - from, limit ?? Number.POSITIVE_INFINITY)
    if (wanted <= 0) return []
    const found = read(runId, from, wanted)
    if (found.length < wanted) throw unreadable(database.file, runId, from + found.length + 1, damageText.eventMissing)
    return found
  }
  const write = (before: RunSummary, fresh: readonly NewEvent[], at: number): { run: RunSummary; written: Event[] } => {
    let run = before
    const written: Event[] = []
    for (const event of fresh) {
      const placed: Event = { ...event, seq: run.lastSeq + 1, at }
      const body = JSON.stringify(placed)
      database.run(
        'INSERT INTO events (run_id, seq, body, seal) VALUES (?, ?, ?, ?)',
        run.runId,
        placed.seq,
        body,
        sealOfEvent(run.runId, placed.seq, body),
      )
      noteInAudit(audit, run.runId, placed)
      run = summarise(run, placed)
      written.push(placed)
    }
    return { run, written }
  }
  return {
    createRun: (asked) =>
      database.transaction(() => {
        const revision = database.get<{ state: string; hash: string }>(
          'SELECT state, hash FROM plan_revisions WHERE plan_id = ? AND revision = ?',
          asked.planId,
          asked.revision,
        )
        if (revision?.state !== 'locked') {
          throw failed('request', 'not-locked', runText.notLocked(asked.revision, asked.planId), runText.notLockedHint)
        }
        const body = canonicalJson(asked.graph)
        const graphHash = sha256(body)
        const blank: RunSummary = {
          runId: newRunId(asked.at),
          planId: asked.planId,
          revision: asked.revision,
          planHash: revision.hash,
          graphHash,
          baseDir: asked.baseDir,
          createdBy: asked.by,
          createdAt: asked.at,
          status: 'created',
          outcome: null,
          startedAt: null,
          endedAt: null,
          lastSeq: 0,
          lastAt: asked.at,
        }
        insertRun(database, blank)
        database.run('INSERT INTO graphs (run_id, body) VALUES (?, ?)', blank.runId, body)
        const { approvals } = database.get<{ approvals: number }>(
          'SELECT count(*) AS approvals FROM approvals WHERE plan_id = ? AND revision = ?',
          asked.planId,
          asked.revision,
        ) ?? { approvals: 0 }
        const created = checked({
          type: 'run.created',
          planId: asked.planId,
          revision: asked.revision,
          planHash: revision.hash,
          graphHash,
          by: asked.by,
          ...(approvals > 0 && { approvals }),
          logVersion,
        })
        const { run } = write(blank, [created], asked.at)
        updateRun(database, run)
        return run
      }),
    append: (runId, fresh, at) => {
      if (fresh.length === 0) return []
      const valid = fresh.map(checked)
      return database.transaction(() => {
        leases.assertHeld()
        const { run, written } = write(row(runId), valid, at)
        updateRun(database, run)
        return written
      })
    },
    graph: (runId) => {
      const { graphHash } = row(runId)
      const found = database.get<{ body: string }>('SELECT body FROM graphs WHERE run_id = ?', runId)
      if (!found || sha256(found.body) !== graphHash) throw corrupted(database.file, [damageText.graph(runId)])
      // Its hash is right, so it is what createRun was given: no need to look at every step again.
      return JSON.parse(found.body) as Graph
    },
    events,
    stream: function* (runId, after = 0) {
      for (let from = after; ;) {
        const page = events(runId, from, pageOfEvents)
        yield* page
        const last = page.at(-1)
        if (!last || page.length < pageOfEvents) return
        from = last.seq
      }
    },
    list: () =>
      database.all<RunRow>('SELECT * FROM runs ORDER BY created_at DESC, run_id DESC').map((found) => {
        checkSealed(database, 'runs', found)
        return fromRow(found)
      }),
    summary: row,
  }
}

function checked(event: NewEvent): NewEvent {
  const parsed = NewEvent.safeParse(event)
  if (parsed.success) return parsed.data
  throw new TypeError(`an event of type ${event.type} has no place in the log: ${parsed.error.message}`)
}

// As sealOf, without writing the body out once more: a long log is read in one go.
function sealOfEvent(runId: string, seq: number, body: string): number {
  return crc32(body, crc32(`${runId} ${seq} `))
}

// The seal is right, so the text is what append validated: parsing the shape again would cost more than reading it.
function readEvent(file: string, runId: string, seq: number, found: EventRow): Event {
  if (found.seq !== seq) throw unreadable(file, runId, seq, damageText.eventMissing)
  if (found.seal !== sealOfEvent(runId, seq, found.body)) throw unreadable(file, runId, seq, damageText.eventChanged)
  const event = JSON.parse(found.body) as Event
  return event.type === 'findings.recorded' ? { ...event, findings: event.findings.map(currentFinding) } : event
}

function unreadable(file: string, runId: string, seq: number, why: string) {
  return corrupted(file, [damageText.event(seq, runId, why)])
}

// Work folders on hosts carry the run's id: if another database had the same id, its jobs would pass for ours.
function newRunId(at: number): string {
  const letters = 'abcdefghjkmnpqrstvwxyz0123456789'
  const tail = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
  return `run-${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}-${tail}`
}

function noteInAudit(audit: AuditStore, runId: string, event: Event): void {
  const { at } = event
  switch (event.type) {
    case 'run.created':
      return audit.record({
        at,
        by: event.by,
        action: event.type,
        subject: `${runId} of ${event.planId} revision ${event.revision}`,
        why: '',
      })
    case 'run.paused':
    case 'run.resumed':
    case 'run.cancel-requested':
      return audit.record({ at, by: event.by, action: event.type, subject: runId, why: event.why })
    case 'run.window-set':
      return audit.record({
        at,
        by: event.by,
        action: event.type,
        subject: runId,
        why: event.closesAt === null ? 'no window' : `closes ${new Date(event.closesAt).toISOString()}`,
      })
    case 'gate.opened':
      return audit.record({ at, by: event.by, action: event.type, subject: `${runId} ${event.gate}`, why: event.why })
    case 'decision.made':
      return audit.record({
        at,
        by: event.by,
        action: event.type,
        subject: `${runId} ${event.choice} ${event.step}`,
        why: event.why,
      })
    default:
  }
}
