/** Checks that a load balancer is not counted on: it is announced, not available. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const loadBalancer = defineCheck({
  id: 'load-balancer',
  title: 'Load balancer (Phase 2)',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan }, say) {
    if (plan.loadBalancer) {
      say.warn(
        wholePlan,
        'The plan names a load balancer. The documentation lists it as "Phase 2" in front of several Hubs; Rollout draws it and builds nothing for it.',
        'Remove loadBalancer, or keep it as a note for later; Studio and Runner reach the Hub directly.',
        'loadBalancer.address',
      )
    }
    return 'No load balancer is planned; the Hub is a single instance today.'
  },
})
