/** Checks that what is to be installed stands on hosts Rollout may act on. */
import { rolloutSource } from '../../base/finding.ts'
import { onPlacement } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { isManaged } from '../../plan/host.ts'

export const hostManaged = defineCheck({
  id: 'host-managed',
  title: 'Installations on managed hosts',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, index }, say) {
    for (const { component, host, provision } of plan.placements) {
      const there = index.hosts.get(host)
      if (provision === 'install' && there && !isManaged(there))
        say.block(
          onPlacement(component, host),
          `${component} is to be installed on ${host}, which is unmanaged: Rollout opens no session there.`,
          'Give the host a reach (ssh or local), or set provision to existing.',
          hostField(index, host, 'reach'),
        )
    }
    return plan.placements.length > 0 ? 'Everything to be installed stands on managed hosts.' : null
  },
})
