/** Owns searching through lines: slice by slice, so that a million of them never hold the window up, and only what is new when more come. */
export class LineSearch {
  readonly #test: (i: number) => boolean
  readonly found: number[] = []
  #upTo = 0

  constructor(test: (i: number) => boolean) {
    this.#test = test
  }

  /** Looks at the next `slice` lines of `count`; true while some are left. */
  look(count: number, slice = 20_000): boolean {
    const end = Math.min(count, this.#upTo + slice)
    for (let i = this.#upTo; i < end; i++) if (this.#test(i)) this.found.push(i)
    this.#upTo = Math.max(this.#upTo, end)
    return this.#upTo < count
  }
}
