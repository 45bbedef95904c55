/** Writes text into PowerShell scripts. */

/** The lines of a script, one under the other. */
export function lines(...all: readonly string[]): string {
  return all.join('\n')
}

/**
 * A text as a PowerShell literal. PowerShell takes typographic quotes for quotes too, so they are doubled like the
 * plain one.
 */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}
