/** Checks that every host has something to do. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const unusedHost = defineCheck({
  id: 'unused-host',
  title: 'Hosts without a component',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    for (const host of plan.hosts) {
      if (!index.placementsOn.has(host.name))
        say.warn(
          onHost(host.name),
          `${host.name} has no component; the rollout leaves it alone.`,
          'Place a component on it, or remove it from the plan.',
          'placements',
        )
    }
    return plan.hosts.length > 0 ? 'Every host has a component.' : null
  },
})
