/** Searches lines slice by slice, so that a million of them never block the window. New lines continue the search. */
export class LineSearch {
  readonly #test: (i: number) => boolean
  readonly found: number[] = []
  #upTo = 0

  constructor(test: (i: number) => boolean) {
    this.#test = test
  }

  /** Searches the next `slice` lines of `count`. Returns true while some are left. */
  searchNext(count: number, slice = 20_000): boolean {
    const end = Math.min(count, this.#upTo + slice)
    for (let i = this.#upTo; i < end; i++) if (this.#test(i)) this.found.push(i)
    this.#upTo = Math.max(this.#upTo, end)
    return this.#upTo < count
  }
}
