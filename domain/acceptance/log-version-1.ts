/**
 * Reads facts out of the sentences of logs of version 1, which had no fields for them.
 * Only for those logs: sentences of later ones are reworded whenever that makes them clearer.
 */

/** The exit code of an installer in such a sentence; null for any other text. */
export function exitCodeIn(sentence: string): number | null {
  const found = /^The .+ installer ended with (-?\d+): /.exec(sentence)?.[1]
  return found === undefined ? null : Number(found)
}

/** The hash that the evidence of a verified file names; undefined where it names none. */
export function verifiedHashIn(evidence: readonly string[]): string | undefined {
  return evidence.map((line) => /^SHA-256 ([0-9a-f]{64})$/.exec(line)?.[1]).find((hash) => hash !== undefined)
}
