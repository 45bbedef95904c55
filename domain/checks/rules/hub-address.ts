/** Checks that the address clients use for the Hub is one of its host, or must be made to lead there. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'
import { hostsOf, sameAddress } from '../../plan/plan-index.ts'

const text = hubText.address

export const hubAddress = defineCheck({
  id: 'hub-address',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    const hosts = hostsOf(index, 'hub')
    if (hosts.length === 0) return null
    if (!hosts.some((host) => sameAddress(host.address, plan.hub.address))) {
      const names = hosts.map((host) => `${host.name} (${host.address})`).join(', ')
      say.warn(wholePlan, text.elsewhere(plan.hub.address, names), 'hub.address')
    }
    return text.pass(plan.hub.address)
  },
})
