/** Checks that the plan has a host for the Hub. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const hubPlaced = defineCheck({
  id: 'hub-placed',
  title: 'A Windows server for the Hub',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ index }, say) {
    const hub = index.placementsOf.hub[0]
    if (!hub)
      say.block(
        wholePlan,
        'No host has the Hub. A Windows server for the Hub is a required prerequisite.',
        'Place the component hub on one host.',
        'placements',
      )
    return hub ? `The Hub stands on ${hub.host}.` : null
  },
})
