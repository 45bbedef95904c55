/** Checks that the plan says where the Hub reaches PostgreSQL, unambiguously. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement, wholePlan } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.database

export const databaseReachable = defineCheck({
  id: 'database-reachable',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, index, topology }, say) {
    const placed = index.placementsOf.postgresql
    if (plan.database.kind === 'managed') {
      for (const { host } of placed)
        say.block(onPlacement('postgresql', host), text.placedThoughManaged, placementField(index, 'postgresql', host))
    } else if (placed.length === 0) {
      say.block(wholePlan, text.none, 'database.kind')
    } else if (placed.length > 1) {
      say.block(wholePlan, text.several(placed.length), 'database.kind')
    }
    const flow = topology.flows.find((candidate) => candidate.purpose === 'database')
    return flow ? text.pass(flow.toAddress, flow.port) : null
  },
})
