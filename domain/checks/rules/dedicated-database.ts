/** Checks the optional prerequisite of a dedicated database server: advised for enterprise sites. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.dedicatedDatabase

export const dedicatedDatabase = defineCheck({
  id: 'dedicated-database',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    if (plan.database.kind === 'managed') return text.passManaged
    const shared = index.placementsOf.postgresql.filter(({ host }) => (index.placementsOn.get(host)?.length ?? 0) > 1)
    if (plan.layout === 'enterprise') {
      for (const { host } of shared)
        say.warn(onPlacement('postgresql', host), text.shared(host), placementField(index, 'postgresql', host))
    }
    if (index.placementsOf.postgresql.length === 0) return null
    return shared.length > 0 ? text.passShared : text.pass
  },
})
