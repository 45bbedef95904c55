/** Why a file of this workstation cannot be read, and what to do. */
import { fileText } from './text.ts'

export interface UnreadFile {
  readonly why: 'missing' | 'folder' | 'denied' | 'other'
  readonly message: string
}

/** Why the file was not read, from what reading it threw. */
export function unreadFile(path: string, thrown: unknown): UnreadFile {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  switch (code) {
    // ENOTDIR: a part of its path is a file and no folder.
    case 'ENOENT':
    case 'ENOTDIR':
      return { why: 'missing', message: fileText.missing(path) }
    case 'EISDIR':
      return { why: 'folder', message: fileText.folder(path) }
    case 'EACCES':
    case 'EPERM':
      return { why: 'denied', message: fileText.denied(path) }
    default:
      return { why: 'other', message: fileText.other(path, thrown instanceof Error ? thrown.message : String(thrown)) }
  }
}
