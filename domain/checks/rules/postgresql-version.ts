/** Checks that PostgreSQL is 14 or later. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.postgresqlVersion

export const postgresqlVersion = defineCheck({
  id: 'postgresql-version',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, catalogue }, say) {
    const minimum = catalogue.components.postgresql.minimumVersion?.value
    if (minimum === undefined) return null
    const { version } = plan.database
    if (version === undefined) say.warn(wholePlan, text.unknown(minimum), 'database.version')
    else if (version < minimum) say.block(wholePlan, text.old(version, minimum), 'database.version')
    return text.pass(version, minimum)
  },
})
