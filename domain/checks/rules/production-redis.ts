/** Checks the optional prerequisite of a production Redis: advised for enterprise sites. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.productionRedis

export const productionRedis = defineCheck({
  id: 'production-redis',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const hubs = new Set(index.placementsOf.hub.map((placement) => placement.host))
    if (plan.layout === 'enterprise' && plan.redis.kind === 'bundled') {
      say.warn(wholePlan, text.bundled, 'redis.kind')
    }
    if (
      plan.layout === 'enterprise' &&
      plan.redis.kind === 'placed' &&
      index.placementsOf.redis.some((placement) => hubs.has(placement.host))
    ) {
      say.warn(wholePlan, text.shared, 'redis.kind')
    }
    return plan.redis.kind === 'bundled' ? text.passBundled : text.pass
  },
})
