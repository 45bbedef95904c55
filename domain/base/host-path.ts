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

/**
 * Where a file lies on a host until it is whole. The name contains the start of its hash, so that a part of another
 * version is never continued.
 */
export function partPathOf(file: { readonly remotePath: string; readonly sha256: string }): string {
  return `${file.remotePath}.${file.sha256.slice(0, 12)}.part`
}
