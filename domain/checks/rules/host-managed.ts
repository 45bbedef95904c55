/** Checks that what is to be installed stands on hosts Rollout may act on. */
import { rolloutSource } from '../../base/finding.ts'
import { onPlacement } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { componentTitles } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'
import { isManaged } from '../../plan/host.ts'

const text = hostsText.managed

export const hostManaged = defineCheck({
  id: 'host-managed',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, index }, say) {
    for (const { component, host, provision } of plan.placements) {
      const there = index.hosts.get(host)
      if (provision === 'install' && there && !isManaged(there))
        say.block(
          onPlacement(component, host),
          text.unmanaged(componentTitles[component], host),
          hostField(index, host, 'reach'),
        )
    }
    return plan.placements.length > 0 ? text.pass : null
  },
})
