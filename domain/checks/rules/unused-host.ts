/** Checks that every host has something to do. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'

const text = hostsText.unused

export const unusedHost = defineCheck({
  id: 'unused-host',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    for (const host of plan.hosts) {
      if (!index.placementsOn.has(host.name)) say.warn(onHost(host.name), text.nothing(host.name), 'placements')
    }
    return plan.hosts.length > 0 ? text.pass : null
  },
})
