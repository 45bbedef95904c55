/** The output of attempts: text in chunks outside the log, buffered, append-only, bounded for each attempt. */
import type { OutputChunk, OutputStore } from '../engine/ports.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import { sealOf } from './database/seal.ts'
import { damageText, outputText } from './text.ts'

/**
 * A stretch of output on disk. `offset` counts UTF-8 bytes from the beginning of the attempt's output;
 * `at` is milliseconds since 1970, UTC.
 */
export interface StoredChunk extends OutputChunk {
  readonly offset: number
  readonly at: number
}

/** `next` is the offset to go on from. `leftOut` counts the bytes that came after the limit and were not kept. */
export interface OutputPage {
  readonly chunks: readonly StoredChunk[]
  readonly next: number
  readonly leftOut: number
}

/** A stretch of the output of a run, with its attempt. `number` counts all stretches of the run in order, from 1. */
export interface NumberedChunk extends StoredChunk {
  readonly number: number
  readonly step: string
  readonly attempt: number
}

export interface StoredOutput extends OutputStore {
  /**
   * Writes what is buffered to disk, in one transaction. What could not be written stays buffered for the next time.
   */
  flush(): void
  /** Output on disk from `from` (bytes; 0 is the beginning), at most about `maxBytes`. */
  read(runId: string, stepId: string, attempt: number, from?: number, maxBytes?: number): OutputPage
  /**
   * Output on disk of all attempts of a run, in the order in which it came, about `maxBytes` of it: the first after a
   * number, or the last before one (null: the newest of all).
   */
  readAll(
    runId: string,
    where: { readonly after: number } | { readonly before: number | null },
    maxBytes?: number,
  ): readonly NumberedChunk[]
}

export interface OutputLimits {
  /** Bytes kept for one attempt; what comes after is counted and left out. */
  readonly attemptBytes: number
  /** Buffered bytes that are written at once. */
  readonly bufferBytes: number
  /** Milliseconds, by the caller's `at`, after which a write takes the buffer with it. */
  readonly bufferMs: number
}

const defaultLimits: OutputLimits = { attemptBytes: 4 * 2 ** 20, bufferBytes: 64 * 2 ** 10, bufferMs: 500 }

// A buffer that cannot be written (full disk) must not grow for ever.
const mostBuffered = 8 * 2 ** 20

// Stretches of one answer: a word each is no reason to read a whole run.
const mostAtOnce = 1000

interface Pending {
  readonly runId: string
  readonly stepId: string
  readonly attempt: number
  readonly chunks: { stream: OutputChunk['stream']; at: number; text: string; bytes: number }[]
  leftOut: number
}

interface Row {
  readonly at_byte: number
  readonly bytes: number
  readonly written_at: number
  readonly stream: OutputChunk['stream']
  readonly body: string
  readonly seal: number
}

interface NumberedRow extends Row {
  readonly number: number
  readonly step_id: string
  readonly attempt: number
}

interface Placed {
  readonly at: number
  readonly place: readonly [runId: string, stepId: string, attempt: number, atByte: number]
}

/** The line to show under output of which a part was left out. */
export function leftOutMark(bytes: number): string {
  return outputText.leftOut(bytes)
}

/** The output of a database. */
export function createOutputStore(database: Database, limits: Partial<OutputLimits> = {}): StoredOutput {
  const { attemptBytes, bufferBytes, bufferMs } = { ...defaultLimits, ...limits }
  let pending = new Map<string, Pending>()
  let buffered = 0
  let oldest = 0
  const leftOut = (runId: string, stepId: string, attempt: number) =>
    database.get<{ bytes: number }>(
      'SELECT bytes FROM outputs_left_out WHERE run_id = ? AND step_id = ? AND attempt = ?',
      runId,
      stepId,
      attempt,
    )?.bytes ?? 0

  const put = ({ runId, stepId, attempt, chunks, leftOut: already }: Pending, placed: Placed[]) => {
    const last = database.get<Row>(
      'SELECT at_byte, bytes FROM outputs WHERE run_id = ? AND step_id = ? AND attempt = ? ORDER BY at_byte DESC LIMIT 1',
      runId,
      stepId,
      attempt,
    )
    let end = last ? last.at_byte + last.bytes : 0
    let dropped = already
    let full = leftOut(runId, stepId, attempt) > 0
    let latest = 0
    for (const chunk of chunks) {
      const text = full ? '' : fitting(chunk.text, chunk.bytes, attemptBytes - end)
      const bytes = text === chunk.text ? chunk.bytes : Buffer.byteLength(text)
      // Nothing is kept after a gap: what follows would look like what came next.
      full ||= bytes < chunk.bytes
      dropped += chunk.bytes - bytes
      if (bytes === 0) continue
      database.run(
        'INSERT INTO outputs (run_id, step_id, attempt, at_byte, bytes, written_at, stream, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        runId,
        stepId,
        attempt,
        end,
        bytes,
        chunk.at,
        chunk.stream,
        text,
        sealOf([runId, stepId, attempt, end, bytes, chunk.at, chunk.stream, text]),
      )
      // A clock that was put back must not turn the output of an attempt around.
      latest = Math.max(latest, chunk.at)
      placed.push({ at: latest, place: [runId, stepId, attempt, end] })
      end += bytes
    }
    if (dropped === 0) return
    database.run(
      'INSERT INTO outputs_left_out (run_id, step_id, attempt, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (run_id, step_id, attempt) DO UPDATE SET bytes = bytes + excluded.bytes',
      runId,
      stepId,
      attempt,
      dropped,
    )
  }
  const number = (placed: Placed[]) => {
    const last = new Map<string, number>()
    // What was written attempt by attempt came mixed.
    for (const {
      place: [runId, ...rest],
    } of placed.sort((a, b) => a.at - b.at)) {
      const next =
        (last.get(runId) ??
          database.get<{ number: number }>(
            'SELECT number FROM output_order WHERE run_id = ? ORDER BY number DESC LIMIT 1',
            runId,
          )?.number ??
          0) + 1
      database.run(
        'INSERT INTO output_order (run_id, number, step_id, attempt, at_byte) VALUES (?, ?, ?, ?, ?)',
        runId,
        next,
        ...rest,
      )
      last.set(runId, next)
    }
  }
  const flush = () => {
    if (pending.size === 0) return
    database.transaction(() => {
      const placed: Placed[] = []
      for (const attempt of pending.values()) put(attempt, placed)
      number(placed)
    })
    pending = new Map()
    buffered = 0
  }
  return {
    write: (runId, stepId, attempt, at, chunk) => {
      if (chunk.text === '') return
      const bytes = Buffer.byteLength(chunk.text)
      if (pending.size === 0) oldest = at
      const key = JSON.stringify([runId, stepId, attempt])
      const entry = pending.get(key) ?? { runId, stepId, attempt, chunks: [], leftOut: 0 }
      pending.set(key, entry)
      if (entry.leftOut > 0 || buffered + bytes > mostBuffered) entry.leftOut += bytes
      else add(entry, chunk, at, bytes)
      buffered += bytes
      if (buffered >= bufferBytes || at - oldest >= bufferMs) flush()
    },
    flush,
    read: (runId, stepId, attempt, from = 0, maxBytes = 2 ** 20) => {
      const chunks: StoredChunk[] = []
      let next = from
      for (const row of database.all<Row>(
        'SELECT at_byte, bytes, written_at, stream, body, seal FROM outputs WHERE run_id = ? AND step_id = ? AND attempt = ? AND at_byte + bytes > ? AND at_byte < ? ORDER BY at_byte',
        runId,
        stepId,
        attempt,
        from,
        from + maxBytes,
      )) {
        const { at_byte, bytes, written_at, stream, body } = row
        mustBeWhole(runId, stepId, attempt, row)
        const skipped = Math.max(0, from - at_byte)
        chunks.push({
          offset: at_byte + skipped,
          at: written_at,
          stream,
          text: skipped === 0 ? body : Buffer.from(body).subarray(skipped).toString(),
        })
        next = at_byte + bytes
      }
      return { chunks, next, leftOut: leftOut(runId, stepId, attempt) }
    },
    readAll: (runId, where, maxBytes = 2 ** 20) => {
      const forward = 'after' in where
      const from = forward ? where.after : (where.before ?? Number.MAX_SAFE_INTEGER)
      const chunks: NumberedChunk[] = []
      let bytes = 0
      for (const row of database.all<NumberedRow>(
        `SELECT o.number, o.step_id, o.attempt, o.at_byte, bytes, written_at, stream, body, seal FROM output_order o
          LEFT JOIN outputs USING (run_id, step_id, attempt, at_byte) WHERE o.run_id = ? AND o.number ${forward ? '>' : '<'} ? ORDER BY o.number ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
        runId,
        from,
        mostAtOnce,
      )) {
        mustBeWhole(runId, row.step_id, row.attempt, row)
        // One stretch at least, however long it is: else nothing would ever go on.
        if (bytes > 0 && bytes + row.bytes > maxBytes) break
        bytes += row.bytes
        chunks.push({
          number: row.number,
          step: row.step_id,
          attempt: row.attempt,
          offset: row.at_byte,
          at: row.written_at,
          stream: row.stream,
          text: row.body,
        })
      }
      return forward ? chunks : chunks.reverse()
    },
  }

  function mustBeWhole(
    runId: string,
    stepId: string,
    attempt: number,
    { at_byte, bytes, written_at, stream, body, seal }: Row,
  ): void {
    if (sealOf([runId, stepId, attempt, at_byte, bytes, written_at, stream, body]) !== seal) {
      throw corrupted(database.file, [damageText.output(runId, stepId, attempt, at_byte)])
    }
  }
}

// Writes of one stream that follow each other become one row: a chatty installer writes a word at a time.
function add(entry: Pending, chunk: OutputChunk, at: number, bytes: number): void {
  const last = entry.chunks.at(-1)
  if (last && last.stream === chunk.stream && last.bytes < 16_384) {
    last.text += chunk.text
    last.bytes += bytes
  } else entry.chunks.push({ stream: chunk.stream, at, text: chunk.text, bytes })
}

/** As much of the text as fits into that many bytes, never half a character. */
function fitting(text: string, bytes: number, room: number): string {
  if (bytes <= room) return text
  if (room <= 0) return ''
  const cut = Buffer.from(text).subarray(0, room)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(cut, { stream: true })
}
