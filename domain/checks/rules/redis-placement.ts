/** Checks that the choice of Redis and its placements agree. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement, wholePlan } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.redis

export const redisPlacement = defineCheck({
  id: 'redis-placement',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: false,
  judge({ plan, index }, say) {
    const placed = index.placementsOf.redis
    if (plan.redis.kind === 'placed') {
      if (placed.length === 0) say.block(wholePlan, text.none, 'redis.kind')
      if (placed.length > 1) say.block(wholePlan, text.several(placed.length), 'redis.kind')
      return text.pass(plan.redis.kind)
    }
    for (const { host } of placed)
      say.block(onPlacement('redis', host), text.placedThough(plan.redis.kind), placementField(index, 'redis', host))
    return text.pass(plan.redis.kind)
  },
})
