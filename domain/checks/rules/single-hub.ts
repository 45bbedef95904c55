/** Checks that there is one Hub only. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.single

export const singleHub = defineCheck({
  id: 'single-hub',
  title: text.title,
  needs: 'plan',
  source: sources.scaling,
  waivable: false,
  judge({ index }, say) {
    const hubs = index.placementsOf.hub
    for (const extra of hubs.slice(1)) {
      say.block(onPlacement('hub', extra.host), text.several(hubs.length), placementField(index, 'hub', extra.host))
    }
    return hubs.length === 1 ? text.pass : null
  },
})
