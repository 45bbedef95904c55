/** Checks that the licence covers the planned Runners. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const licenceRunners = defineCheck({
  id: 'licence-runners',
  title: 'Runners within the licence',
  needs: 'plan',
  source: sources.runners,
  waivable: true,
  judge({ plan, index }, say) {
    const planned = index.placementsOf.runner.length
    const allowed = plan.licence.runners
    if (planned === 0) return null
    if (allowed === undefined)
      say.warn(
        wholePlan,
        `The plan does not say how many Runners the licence allows; it places ${planned}. The licence limits the total.`,
        'Set licence.runners to the number the licence was issued for.',
        'licence.runners',
      )
    else if (planned > allowed)
      say.block(
        wholePlan,
        `The plan places ${plural(planned, 'Runner')}, the licence allows ${allowed} in total.`,
        'Obtain a larger licence (it is uploaded without a restart), or place fewer Runners.',
        'licence.runners',
      )
    return `The licence allows ${allowed} Runners, the plan places ${planned}.`
  },
})
