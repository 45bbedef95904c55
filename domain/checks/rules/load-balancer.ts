/** Checks that a load balancer is not counted on: it is announced, not available. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.loadBalancer

export const loadBalancer = defineCheck({
  id: 'load-balancer',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan }, say) {
    if (plan.loadBalancer) {
      say.warn(wholePlan, text.planned, 'loadBalancer.address')
    }
    return text.pass
  },
})
