/** Checks that no address of the example is left. */
import { rolloutSource } from '../finding.ts'
import { defineCheck, onHost } from '../check-context.ts'

// RFC 2606 reserves these names; no machine of a site can have one.
const reserved = /(?:^|\.)(?:example|invalid|example\.(?:com|net|org))$/i

export const placeholderAddress = defineCheck({
  id: 'placeholder-address', title: 'Addresses of the example', needs: 'plan', source: rolloutSource, waivable: false,
  judge({ plan }, say) {
    for (const host of plan.hosts) {
      if (host.reach.kind !== 'simulated' && reserved.test(host.address)) say.block(onHost(host.name), `${host.address} is the address of the example, not of a machine.`, `Set the address of ${host.name}.`)
    }
    if (plan.hosts.some((host) => host.reach.kind !== 'simulated') && reserved.test(plan.hub.address)) say.block('plan', `${plan.hub.address} is the address of the example; Studio and Runner need the Hub's own.`, 'Set hub.address.')
    return plan.hosts.length > 0 ? 'No address of the example is left.' : null
  },
})
