/** Documented sizes: bands of Runners, and the layout they suggest. */
import type { Band, Catalogue } from './catalogue.ts'
import { layoutText } from './text.ts'
import type { Plan } from './plan.ts'

/** The documented bands for a number of Runners: two where the documented ranges overlap (10 and 50), none for 0. */
export function bandsFor(catalogue: Catalogue, runners: number): Band[] {
  return catalogue.bands.filter(({ value }) => runners >= value.from && (value.to === null || runners <= value.to))
}

export interface LayoutAdvice {
  readonly layout: Plan['layout']
  readonly why: string
  readonly source: string
}

/** The documented layout for a number of Runners. Advice only: the page says "roughly" and names regulated sites. */
export function adviseLayout(catalogue: Catalogue, runners: number): LayoutAdvice {
  const { advisedRunners } = catalogue.layouts.pilot
  const source = advisedRunners.source.join(', ')
  return runners <= advisedRunners.value
    ? {
        layout: 'pilot',
        why: layoutText.pilot(advisedRunners.value),
        source,
      }
    : {
        layout: 'enterprise',
        why: layoutText.enterprise(runners, advisedRunners.value),
        source,
      }
}
