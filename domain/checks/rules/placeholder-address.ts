/** Checks that no address of the starting document is left. */
import { onHost, wholePlan } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'
import { rolloutSource } from '../../base/finding.ts'
import { exampleDomain } from '../../plan/site-layout.ts'

const text = hostsText.sampleAddress

export const placeholderAddress = defineCheck({
  id: 'placeholder-address',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    const isLeft = (address: string) => address.toLowerCase().endsWith(`.${exampleDomain}`)
    for (const host of plan.hosts) {
      if (isLeft(host.address))
        say.block(onHost(host.name), text.host(host.name, host.address), hostField(index, host.name, 'address'))
    }
    if (isLeft(plan.hub.address)) say.block(wholePlan, text.hub(plan.hub.address), 'hub.address')
    return plan.hosts.length > 0 ? text.pass : null
  },
})
