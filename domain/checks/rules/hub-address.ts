/** Checks that the address clients use for the Hub is one of its host, or must be made to lead there. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hostsOf, sameAddress } from '../../plan/plan-index.ts'

export const hubAddress = defineCheck({
  id: 'hub-address',
  title: 'Address of the Hub',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    const hosts = hostsOf(index, 'hub')
    if (hosts.length === 0) return null
    if (!hosts.some((host) => sameAddress(host.address, plan.hub.address))) {
      const names = hosts.map((host) => `${host.name} (${host.address})`).join(', ')
      say.warn(
        wholePlan,
        `Studio and Runner use ${plan.hub.address}, which is not the address of the Hub's host ${names}; it must lead there.`,
        "Make the name resolve to the Hub's host, or set hub.address to its address. The rollout tests it from every client.",
        'hub.address',
      )
    }
    return `Studio and Runner use ${plan.hub.address}, the address of the Hub's host.`
  },
})
