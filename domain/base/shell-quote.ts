/** Owns how a path is written into a command that somebody is to copy. */

// What no shell of the platform reads as anything but itself, whichever of them it is: cmd.exe and PowerShell part words at more than spaces.
const plain = {
  windows: /^[\p{L}\p{N}_./:\\+][\p{L}\p{N}_./:\\+-]*$/u,
  others: /^[\p{L}\p{N}_./:@%+,][\p{L}\p{N}_./:@%+,=-]*$/u,
}

/** The path, quoted where the shell of that platform (as Node names it) needs it; one that begins with a dash is kept from being taken for an option. */
export function pasteable(path: string, platform: string): string {
  const windows = platform === 'win32'
  const word = path.startsWith('-') ? `.${windows ? '\\' : '/'}${path}` : path
  if (plain[windows ? 'windows' : 'others'].test(word)) return word
  if (!windows) return `'${word.replaceAll("'", "'\\''")}'`
  // cmd.exe knows double quotes only, in which PowerShell would fill in what follows a dollar. A backslash at the end would take the quote with it.
  return /[$`]/.test(word) ? `'${word.replaceAll("'", "''")}'` : `"${word.replace(/\\+$/, '$&$&')}"`
}
