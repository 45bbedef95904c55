/** Checks that the licence mode fits the network. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.licenceNetwork

export const licenceNetwork = defineCheck({
  id: 'licence-network',
  title: text.title,
  needs: 'plan',
  source: sources['license-management'],
  waivable: true,
  judge({ plan, catalogue }, say) {
    if (plan.licence.mode === 'air-gapped') return text.passOffline
    const pages = catalogue.conflicts.find((conflict) => conflict.topic === 'Contact with the licence portal')
    const sides = text.sides(pages?.sides ?? [])
    if (!plan.site.internet) say.warn(wholePlan, text.offline(sides), 'licence.mode')
    return text.pass
  },
})
