/** Shortens host names in a group to the part that differs. */

/**
 * How many letters at their beginning say nothing, because all share them; digits are never torn apart, and a single
 * letter before them stays.
 */
export function sharedStart(names: readonly string[]): number {
  const [first = ''] = names
  let shared = 0
  while (names.length > 1 && shared < first.length && names.every((name) => name[shared] === first[shared])) shared++
  // Digits are not torn apart: RUN001 and RUN012 share "RUN", not "RUN0"; and a letter before them stays.
  while (shared > 0 && /\d/.test(first[shared - 1] ?? '')) shared--
  // One letter that stands alone before the digits says something: P01 and S01 are other rooms. RUN says what the zone
  // says.
  return /(^|[-_.])[a-z]$/i.test(first.slice(0, shared)) ? shared - 1 : shared
}

const fits = 14

/** The names of one group for a narrow column: whole where they fit, else without what they share at the beginning. */
export function narrowNames(names: readonly string[]): (name: string) => string {
  const shared = names.some((name) => name.length > fits) ? sharedStart(names) : 0
  return (name) => (shared > 0 && name.length > fits ? `…${name.slice(shared)}` : name)
}
