/** Owns what is said of a file of this workstation that cannot be read: which of the common reasons it is, and what to do. */

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
      return {
        why: 'missing',
        message: `There is no file ${path}. Check its name, and the folder that it is looked for in.`,
      }
    case 'EISDIR':
      return { why: 'folder', message: `${path} is a folder. Name the file in it.` }
    case 'EACCES':
    case 'EPERM':
      return {
        why: 'denied',
        message: `${path} may not be read by this user. Have the right to read it given to you, or name a copy that is yours.`,
      }
    default:
      return {
        why: 'other',
        message: `${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      }
  }
}
