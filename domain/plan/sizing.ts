/** Owns what the documentation says about size: bands of Runners, and which layout they suggest. */
import type { Band, Catalogue } from './catalogue.ts'
import type { Plan } from './plan.ts'

/** The documented bands that hold this number of Runners: two where the page's own ranges overlap (at 10 and 50), none for 0. */
export function bandsFor(catalogue: Catalogue, runners: number): Band[] {
  return catalogue.bands.filter(({ value }) => runners >= value.from && (value.to === null || runners <= value.to))
}

export interface LayoutAdvice {
  readonly layout: Plan['layout']
  readonly why: string
  readonly source: string
}

/** The layout the documentation describes for this number of Runners. Advice only: the page says "roughly", and names regulated sites too. */
export function adviseLayout(catalogue: Catalogue, runners: number): LayoutAdvice {
  const { advisedRunners } = catalogue.layouts.pilot
  const source = advisedRunners.source.join(', ')
  return runners <= advisedRunners.value
    ? {
        layout: 'pilot',
        why: `The small team layout is described for up to roughly ${advisedRunners.value} Runners; regulated sites are pointed to the enterprise layout.`,
        source,
      }
    : {
        layout: 'enterprise',
        why: `${runners} Runners are more than the ${advisedRunners.value} or so of the small team layout.`,
        source,
      }
}
