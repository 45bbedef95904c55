/** Checks the optional prerequisite of a dedicated database server: advised for enterprise sites. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const dedicatedDatabase = defineCheck({
  id: 'dedicated-database',
  title: 'A database server of its own',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    if (plan.database.kind === 'managed') return 'PostgreSQL is managed on a server of its own.'
    const shared = index.placementsOf.postgresql.filter(({ host }) => (index.placementsOn.get(host)?.length ?? 0) > 1)
    if (plan.layout === 'enterprise') {
      for (const { host } of shared)
        say.warn(
          onPlacement('postgresql', host),
          `PostgreSQL shares ${host} with other components; the enterprise layout describes a database server of its own.`,
          'Place PostgreSQL on a server of its own, or accept this.',
          placementField(index, 'postgresql', host),
        )
    }
    if (index.placementsOf.postgresql.length === 0) return null
    return shared.length > 0
      ? 'PostgreSQL shares a host, as the pilot layout describes.'
      : 'PostgreSQL has a server of its own.'
  },
})
