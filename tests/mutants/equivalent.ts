/** Mutants that no test can show: whoever uses Rollout meets no difference. Each says why. They are left out of the count. */

/** One such mutant. `line` is the source line it begins on, `change` is what the tool prints. */
export interface Equivalent {
  readonly file: string
  readonly line: string
  readonly change: string
  readonly why: string
}

export const equivalents: readonly Equivalent[] = []
