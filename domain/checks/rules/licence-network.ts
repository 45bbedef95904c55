/** Checks that the licence mode fits the network. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const licenceNetwork = defineCheck({
  id: 'licence-network',
  title: 'Licence and network',
  needs: 'plan',
  source: sources['license-management'],
  waivable: true,
  judge({ plan, catalogue }, say) {
    if (plan.licence.mode === 'air-gapped')
      return 'The licence file is carried over and uploaded; no network call is needed.'
    const pages = catalogue.conflicts.find((conflict) => conflict.topic === 'Contact with the licence portal')
    const sides = pages?.sides.map((side) => `"${side.value}" ${side.source.join(', ')}`).join(' against ') ?? ''
    if (!plan.site.internet)
      say.warn(
        wholePlan,
        `The licence is to be activated online and the site has no internet. The pages differ on when the portal is contacted: ${sides}.`,
        'Set licence.mode to air-gapped, or site.internet to true if the Hub may reach the portal.',
        'licence.mode',
      )
    return "The licence is activated online and the site has internet. The portal's address is not documented."
  },
})
