/** What a finding tells: what was found, and what to do about it. */
export interface Advice {
  readonly message: string
  readonly remedy: string
}

/** Names for a sentence: the first ones and how many more there are. */
export function firstOf(names: readonly string[], most: number): string {
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')
}
