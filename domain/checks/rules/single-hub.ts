/** Checks that there is one Hub only. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const singleHub = defineCheck({
  id: 'single-hub',
  title: 'One Hub',
  needs: 'plan',
  source: sources.scaling,
  waivable: false,
  judge({ index }, say) {
    const hubs = index.placementsOf.hub
    for (const extra of hubs.slice(1)) {
      say.block(
        onPlacement('hub', extra.host),
        `The plan has ${hubs.length} Hubs. The Hub is a single instance per deployment; several behind a load balancer are announced as "Phase 2".`,
        'Keep one Hub; give another environment a plan of its own.',
        placementField(index, 'hub', extra.host),
      )
    }
    return hubs.length === 1 ? 'There is one Hub, as documented.' : null
  },
})
