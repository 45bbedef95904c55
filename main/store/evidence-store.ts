/** The files of evidence of a database: stored once for each content, named by hash, limited for each run. */
import { createHash } from 'node:crypto'
import { mostEvidenceOfRun } from '../../domain/run/confirmation.ts'
import { failed } from '../../domain/base/failure.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import { damageText, evidenceText } from './text.ts'

export interface EvidenceStore {
  /**
   * Stores a content for a run and returns its SHA-256; the same content is stored once.
   * Throws `evidence-full` where the run would exceed `most` bytes.
   */
  keep(runId: string, content: Uint8Array, who: { readonly by: string; readonly at: number }, most?: number): string
  /** Bytes of a content; undefined where it is not kept for that run. */
  sizeOf(runId: string, sha256: string): number | undefined
  /** A content as it was given; undefined where it is not kept. Throws `corrupted` where it is another by now. */
  read(runId: string, sha256: string): Uint8Array | undefined
  /** Forgets a content; false where there is none. */
  remove(runId: string, sha256: string): boolean
}

/** The evidence of a database. */
export function createEvidenceStore(database: Database): EvidenceStore {
  const sizeOf = (runId: string, sha256: string) =>
    database.get<{ bytes: number }>('SELECT bytes FROM evidence WHERE run_id = ? AND sha256 = ?', runId, sha256)?.bytes
  return {
    keep: (runId, content, { by, at }, most = mostEvidenceOfRun) =>
      database.transaction(() => {
        const sha256 = hashOf(content)
        if (sizeOf(runId, sha256) !== undefined) return sha256
        const { bytes } = database.get<{ bytes: number }>(
          'SELECT coalesce(sum(bytes), 0) AS bytes FROM evidence WHERE run_id = ?',
          runId,
        ) ?? { bytes: 0 }
        if (bytes + content.length > most)
          throw failed('request', 'evidence-full', evidenceText.full(Math.floor(most / 2 ** 20)), evidenceText.fullHint)
        database.run(
          'INSERT INTO evidence (run_id, sha256, bytes, kept_by, kept_at, body) VALUES (?, ?, ?, ?, ?, ?)',
          runId,
          sha256,
          content.length,
          by,
          at,
          content,
        )
        return sha256
      }),
    sizeOf,
    read: (runId, sha256) => {
      const body = database.get<{ body: Uint8Array }>(
        'SELECT body FROM evidence WHERE run_id = ? AND sha256 = ?',
        runId,
        sha256,
      )?.body
      if (body && hashOf(body) !== sha256) throw corrupted(database.file, [damageText.evidence(sha256, runId)])
      return body
    },
    remove: (runId, sha256) => database.run('DELETE FROM evidence WHERE run_id = ? AND sha256 = ?', runId, sha256) > 0,
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
