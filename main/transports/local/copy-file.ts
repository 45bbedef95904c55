/** Copies a file beside its destination on this machine, continuing where an earlier copy stopped. */
import { createHash } from 'node:crypto'
import { type FileHandle, open, stat, truncate } from 'node:fs/promises'
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { FileToPut } from '../../engine/ports.ts'
import { codeOf } from '../shared/thrown.ts'
import { copyCancelled, notWritten, sourceUnreadable } from './failures.ts'

const pieceBytes = 1024 * 1024

/**
 * Copies to `partPathOf(file)`, continuing after the existing part if the file begins with it. `makeFolder` is called if
 * the folder is missing. Throws FailureError: `workstation` if the file cannot be read, `host` if the copy cannot be
 * written, `cancelled` when the signal aborts.
 */
export async function copyToPart(
  file: FileToPut,
  signal: AbortSignal,
  makeFolder: () => Promise<void>,
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  const source = await open(file.localPath, 'r').catch((error: unknown) => {
    throw sourceUnreadable(file.localPath, error)
  })
  try {
    const part = partPathOf(file)
    let sent = await beginsAlike(part, file)
    const target = await openPart(part, sent > 0 ? 'r+' : 'w', makeFolder)
    try {
      const piece = Buffer.alloc(pieceBytes)
      for (;;) {
        if (signal.aborted) throw copyCancelled(file.localPath)
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

async function openPart(part: string, flags: 'r+' | 'w', makeFolder: () => Promise<void>): Promise<FileHandle> {
  try {
    return await open(part, flags)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw notWritten(part, error)
    await makeFolder()
    return open(part, flags).catch((again: unknown) => {
      throw notWritten(part, again)
    })
  }
}

// How many bytes of the part can be kept: all if the file begins with them, otherwise none.
async function beginsAlike(part: string, file: FileToPut): Promise<number> {
  const existing = await stat(part).catch(() => undefined)
  if (existing === undefined || existing.size === 0) return 0
  if (
    existing.size <= file.size &&
    (await hashOfStart(part, existing.size)) === (await hashOfStart(file.localPath, existing.size))
  )
    return existing.size
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
