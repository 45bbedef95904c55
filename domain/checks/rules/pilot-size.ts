/** Checks that a pilot stays within the size the documentation gives it. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const pilotSize = defineCheck({
  id: 'pilot-size',
  title: 'Size of a pilot',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, catalogue, index }, say) {
    if (plan.layout !== 'pilot') return null
    const advised = catalogue.layouts.pilot.advisedRunners.value
    const runners = index.placementsOf.runner.length
    if (runners > advised)
      say.warn(
        wholePlan,
        `The pilot has ${runners} Runners; the documentation describes it for up to roughly ${advised}.`,
        'Use the enterprise layout, or place fewer Runners.',
        'layout',
      )
    return `The pilot has ${plural(runners, 'Runner')}; up to roughly ${advised} are described.`
  },
})
