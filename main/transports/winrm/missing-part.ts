/** The part of a file that a host still lacks, and reading it on this workstation. */
import type { FileHandle } from 'node:fs/promises'
import { localFileShrank } from '../shared/failures.ts'

export interface MissingPart {
  /** Open for reading on this workstation. */
  readonly file: FileHandle
  readonly size: number
  /** On the host, by its own path. */
  readonly partPath: string
  /** The bytes that the host has already. */
  readonly offset: number
  readonly signal: AbortSignal
  /** Told how far the whole file has come. */
  readonly onProgress: (bytes: number) => void
}

/**
 * The bytes from an offset to the end, each piece in memory of its own. Throws FailureError `local-file-changed` if the
 * file has become shorter.
 */
export async function* piecesFrom(
  offset: number,
  { file, size }: Pick<MissingPart, 'file' | 'size'>,
  pieceBytes: number,
): AsyncGenerator<Buffer> {
  for (let at = offset; at < size;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(pieceBytes, size - at)), 0, null, at)
    if (bytesRead === 0) throw localFileShrank()
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}
