/** Checks that PostgreSQL is 14 or later. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const postgresqlVersion = defineCheck({
  id: 'postgresql-version',
  title: 'Version of PostgreSQL',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, catalogue }, say) {
    const minimum = catalogue.components.postgresql.minimumVersion?.value
    if (minimum === undefined) return null
    const { version } = plan.database
    if (version === undefined)
      say.warn(
        wholePlan,
        `The version of PostgreSQL is not in the plan; ${minimum} or later is needed.`,
        'Set database.version to the major version.',
        'database.version',
      )
    else if (version < minimum)
      say.block(
        wholePlan,
        `PostgreSQL is ${version}; the Hub needs ${minimum} or later.`,
        `Upgrade PostgreSQL to ${minimum} or later, or choose another database.`,
        'database.version',
      )
    return `PostgreSQL is ${version}; ${minimum} or later is needed.`
  },
})
