/** Checks that the licence covers the planned Runners. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.licenceRunners

export const licenceRunners = defineCheck({
  id: 'licence-runners',
  title: text.title,
  needs: 'plan',
  source: sources.runners,
  waivable: true,
  judge({ plan, index }, say) {
    const planned = index.placementsOf.runner.length
    const allowed = plan.licence.runners
    if (planned === 0) return null
    if (allowed === undefined) say.warn(wholePlan, text.unknown(planned), 'licence.runners')
    else if (planned > allowed) say.block(wholePlan, text.tooMany(planned, allowed), 'licence.runners')
    return text.pass(planned, allowed)
  },
})
