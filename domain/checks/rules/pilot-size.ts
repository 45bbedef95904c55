/** Checks that a pilot stays within the size the documentation gives it. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.pilotSize

export const pilotSize = defineCheck({
  id: 'pilot-size',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, catalogue, index }, say) {
    if (plan.layout !== 'pilot') return null
    const advised = catalogue.layouts.pilot.advisedRunners.value
    const runners = index.placementsOf.runner.length
    if (runners > advised) say.warn(wholePlan, text.large(runners, advised), 'layout')
    return text.pass(runners, advised)
  },
})
