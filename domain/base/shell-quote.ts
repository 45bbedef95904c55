/** Quotes a path for a command that a person copies. */

// Characters that need no quotes in any shell of the platform. cmd.exe and PowerShell split words at more than spaces.
const plain = {
  windows: /^[\p{L}\p{N}_./:\\+][\p{L}\p{N}_./:\\+-]*$/u,
  others: /^[\p{L}\p{N}_./:@%+,][\p{L}\p{N}_./:@%+,=-]*$/u,
}

/** The path, quoted if the shells of `platform` (as Node names it) need it, and never mistaken for an option. */
export function pasteable(path: string, platform: string): string {
  const windows = platform === 'win32'
  const word = path.startsWith('-') ? `.${windows ? '\\' : '/'}${path}` : path
  if (plain[windows ? 'windows' : 'others'].test(word)) return word
  if (!windows) return `'${word.replaceAll("'", "'\\''")}'`
  // cmd.exe knows only double quotes, in which PowerShell expands a dollar, and which it ends at a typographic quote as
  // well. A final backslash would escape the quote.
  return /[$`“”„]/.test(word) ? `'${word.replace(/['‘’‚‛]/g, '$&$&')}'` : `"${word.replace(/\\+$/, '$&$&')}"`
}
