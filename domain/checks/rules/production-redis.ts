/** Checks the optional prerequisite of a production Redis: advised for enterprise sites. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const productionRedis = defineCheck({
  id: 'production-redis',
  title: 'A Redis of its own',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const hubs = new Set(index.placementsOf.hub.map((placement) => placement.host))
    if (plan.layout === 'enterprise' && plan.redis.kind === 'bundled') {
      say.warn(
        wholePlan,
        'The enterprise layout uses the Redis bundled with the Hub; the documentation describes a production Redis on a hardened cache server.',
        'Place Redis on a server of its own or connect an existing one, or accept the bundled Redis.',
        'redis.kind',
      )
    }
    if (
      plan.layout === 'enterprise' &&
      plan.redis.kind === 'placed' &&
      index.placementsOf.redis.some((placement) => hubs.has(placement.host))
    ) {
      say.warn(
        wholePlan,
        'Redis shares the host of the Hub; the enterprise layout describes a cache server of its own.',
        'Place Redis on a server of its own, or accept this.',
        'redis.kind',
      )
    }
    return plan.redis.kind === 'bundled'
      ? 'The Hub brings its own Redis; an existing production Redis is optional.'
      : 'Redis runs apart from the Hub.'
  },
})
