/** Owns Chunked: an immutable array in two levels, so that replacing one item of thousands copies some dozens. */

const chunkSize = 64

export type Chunked<T> = readonly (readonly T[])[]

/** Cuts an array into chunks. */
export function chunked<T>(items: readonly T[]): Chunked<T> {
  const chunks: T[][] = []
  for (let i = 0; i < items.length; i += chunkSize) chunks.push(items.slice(i, i + chunkSize))
  return chunks
}

/** The item at that index; throws a RangeError outside. */
export function itemAt<T>(chunks: Chunked<T>, index: number): T {
  const item = chunks[Math.floor(index / chunkSize)]?.[index % chunkSize]
  if (item === undefined) throw new RangeError(`no item ${index}`)
  return item
}

/** The array with one item replaced. */
export function withItem<T>(chunks: Chunked<T>, index: number, item: T): Chunked<T> {
  const at = Math.floor(index / chunkSize)
  return chunks.with(at, (chunks[at] ?? []).with(index % chunkSize, item))
}
