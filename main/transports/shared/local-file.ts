/** Reads the file to send from this workstation, and refuses one that is no longer the checked file. */
import { open, type FileHandle } from 'node:fs/promises'
import type { FileToPut } from '../../engine/ports.ts'
import { localFileChanged, localFileShrank, localFileUnreadable } from './failures.ts'

/**
 * Opens the file for reading. Throws FailureError `local-file`, or `local-file-changed` if its size is not the expected
 * one.
 */
export async function openLocal(file: FileToPut): Promise<FileHandle> {
  let local: FileHandle
  try {
    local = await open(file.localPath, 'r')
  } catch (error) {
    throw localFileUnreadable(file.localPath, error)
  }
  const { size } = await local.stat()
  if (size === file.size) return local
  await local.close()
  throw localFileChanged(file.localPath, size, file.size)
}

/** Fills `bytes` from `position` on. Throws FailureError `local-file-changed` if the file ends before that. */
export async function readFully(local: FileHandle, bytes: Buffer, position: number, file: FileToPut): Promise<void> {
  for (let got = 0; got < bytes.length;) {
    const { bytesRead } = await local.read(bytes, got, bytes.length - got, position + got)
    if (bytesRead === 0) throw localFileShrank(file.localPath)
    got += bytesRead
  }
}
