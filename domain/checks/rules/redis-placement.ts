/** Checks that the choice of Redis and its placements agree. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement, wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const redisPlacement = defineCheck({
  id: 'redis-placement',
  title: 'Redis as planned',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, index }, say) {
    const placed = index.placementsOf.redis
    if (plan.redis.kind === 'placed') {
      if (placed.length === 0)
        say.block(
          wholePlan,
          'Redis shall stand on a host of the plan, and no host has it.',
          'Place redis on a host, or set redis.kind to bundled or managed.',
          'redis.kind',
        )
      if (placed.length > 1)
        say.block(
          wholePlan,
          `Redis is placed on ${plural(placed.length, 'host')}; the plan has one Redis connection.`,
          'Keep one placement of redis.',
          'redis.kind',
        )
      return 'Redis stands on a host of the plan.'
    }
    const why =
      plan.redis.kind === 'bundled'
        ? 'Redis is bundled with the Hub, which brings it along'
        : 'Redis is managed elsewhere'
    for (const { host } of placed)
      say.block(
        onPlacement('redis', host),
        `${why}, yet it is placed on a host.`,
        'Remove the placement, or set redis.kind to placed.',
        placementField(index, 'redis', host),
      )
    return `${why}.`
  },
})
