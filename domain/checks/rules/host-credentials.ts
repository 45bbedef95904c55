/** Checks that every host reached over the network has a credential. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'
import { doorsOf } from '../../plan/host.ts'

const text = hostsText.credentials

export const hostCredentials = defineCheck({
  id: 'host-credentials',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    for (const host of plan.hosts) {
      const by = [...new Set(doorsOf(host.reach).map((door) => door.by))].join(' or ')
      if (by !== '' && host.credential === undefined && plan.defaultCredential === undefined)
        say.block(onHost(host.name), text.missing(host.name, by), hostField(index, host.name, 'credential'))
    }
    return plan.hosts.length > 0 ? text.pass : null
  },
})
