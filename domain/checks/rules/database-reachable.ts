/** Checks that the plan says where the Hub reaches PostgreSQL, unambiguously. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement, wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const databaseReachable = defineCheck({
  id: 'database-reachable',
  title: 'PostgreSQL within reach of the Hub',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, index, topology }, say) {
    const placed = index.placementsOf.postgresql
    if (plan.database.kind === 'managed') {
      for (const { host } of placed)
        say.block(
          onPlacement('postgresql', host),
          'The database is managed elsewhere, yet PostgreSQL is placed on a host.',
          'Remove the placement, or set database.kind to placed.',
          placementField(index, 'postgresql', host),
        )
    } else if (placed.length === 0) {
      say.block(
        wholePlan,
        'PostgreSQL is a required prerequisite and no host has it.',
        'Place postgresql on a host (provision existing if it is there already), or set database.kind to managed.',
        'database.kind',
      )
    } else if (placed.length > 1) {
      say.block(
        wholePlan,
        `PostgreSQL is placed on ${plural(placed.length, 'host')}; the plan has one database connection, so it is unclear which one the Hub uses.`,
        'Keep one placement of postgresql.',
        'database.kind',
      )
    }
    const flow = topology.flows.find((one) => one.purpose === 'database')
    return flow
      ? `The Hub reaches PostgreSQL at ${flow.toAddress}:${flow.port}; the rollout tests this from the Hub before it installs.`
      : null
  },
})
