/** Checks that the plan has a host for the Hub. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.placed

export const hubPlaced = defineCheck({
  id: 'hub-placed',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ index }, say) {
    const hub = index.placementsOf.hub[0]
    if (!hub) say.block(wholePlan, text.none, 'placements')
    return hub ? text.pass(hub.host) : null
  },
})
