/** Owns how a file arrives on this machine: a copy beside its place that goes on where an earlier one stopped. */
import { createHash } from 'node:crypto'
import { open, stat, truncate } from 'node:fs/promises'
import { failed } from '../../../domain/base/failure.ts'
import type { FileToPut } from '../../engine/ports.ts'

const pieceBytes = 1024 * 1024

/** Where a file arrives before it is published: beside its place, named after what it must become. */
export function partPath(file: FileToPut): string {
  return `${file.remotePath}.${file.sha256.slice(0, 16)}.part`
}

/**
 * Copies to `partPath(file)`, going on after what is there if that is how the file begins. Throws FailureError: `workstation` when the
 * file here is not the one that was meant, `host` when it cannot be written, `cancelled` when the signal says so.
 */
export async function copyToPart(
  file: FileToPut,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  const source = await open(file.localPath, 'r').catch((error: unknown) => {
    throw failed(
      'workstation',
      'no-file',
      `${file.localPath} cannot be read: ${wordsOf(error)}.`,
      'Put the file there or correct the plan.',
    )
  })
  try {
    const part = partPath(file)
    let sent = await beginsAlike(part, file)
    const target = await open(part, sent > 0 ? 'r+' : 'w').catch((error: unknown) => {
      throw notWritten(part, error)
    })
    try {
      const piece = Buffer.alloc(pieceBytes)
      for (;;) {
        if (signal.aborted)
          throw failed(
            'uncertain',
            'cancelled',
            `The copy of ${file.localPath} was cancelled.`,
            'It goes on where it stopped when it is run again.',
          )
        onProgress(sent)
        const { bytesRead } = await source.read(piece, 0, pieceBytes, sent)
        if (bytesRead === 0) break
        await target.write(piece, 0, bytesRead, sent).catch((error: unknown) => {
          throw notWritten(part, error)
        })
        sent += bytesRead
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

// How many bytes of the part can be kept: all of them if the file begins with them, none otherwise.
async function beginsAlike(part: string, file: FileToPut): Promise<number> {
  const there = await stat(part).catch(() => undefined)
  if (there === undefined || there.size === 0) return 0
  if (
    there.size <= file.size &&
    (await hashOfStart(part, there.size)) === (await hashOfStart(file.localPath, there.size))
  )
    return there.size
  await truncate(part, 0)
  return 0
}

async function hashOfStart(path: string, length: number): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(path, 'r')
  try {
    for await (const chunk of handle.createReadStream({ start: 0, end: length - 1, autoClose: false }))
      hash.update(chunk as Buffer)
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

function notWritten(path: string, error: unknown) {
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  return failed(
    'host',
    full ? 'disk-full' : 'not-written',
    `${path} cannot be written: ${wordsOf(error)}.`,
    full ? 'Free space on that drive, then retry.' : 'Make the folder writable, then retry.',
  )
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
