/** Checks that at most one host is this machine. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'

const text = hostsText.local

export const localHost = defineCheck({
  id: 'local-host',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    const local = plan.hosts.filter((host) => host.reach.kind === 'local')
    for (const host of local.slice(1))
      say.block(onHost(host.name), text.twice(host.name, local[0]?.name ?? ''), hostField(index, host.name, 'reach'))
    return local.length === 0 ? text.passNone : text.pass
  },
})
