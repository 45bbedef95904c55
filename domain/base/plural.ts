/** How numbers are written in sentences: with their noun in the right number. */

/** 1 204: thousands are set apart by a space that does not break. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')
}

/** The count with its noun: `1 host`, `3 hosts`, `2 entries`. `many` is an irregular plural. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}
