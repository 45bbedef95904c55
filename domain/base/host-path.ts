/** Paths on hosts: Windows, or POSIX where the work folder is a POSIX path. */

/** Joins parts below a folder of a host, with the separator the folder itself uses. */
export function joinHostPath(folder: string, ...parts: readonly string[]): string {
  const separator = folder.startsWith('/') ? '/' : '\\'
  return [folder.replace(/[\\/]+$/, ''), ...parts].join(separator)
}

/** The last part of a workstation or host path. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** The folder of a host path, without a trailing separator. */
export function parentOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '')
}
