/** Checks that no address of the starting document is left. */
import { defineCheck, onHost } from '../check-context.ts'
import { rolloutSource } from '../../base/finding.ts'
import { exampleDomain } from '../../plan/site-layout.ts'

export const placeholderAddress = defineCheck({
  id: 'placeholder-address',
  title: 'Addresses of the starting document',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan }, say) {
    const isLeft = (address: string) => address.toLowerCase().endsWith(`.${exampleDomain}`)
    for (const host of plan.hosts) {
      if (isLeft(host.address))
        say.block(
          onHost(host.name),
          `${host.address} is the address of the starting document, not of a machine.`,
          `Set the address of ${host.name}.`,
        )
    }
    if (isLeft(plan.hub.address))
      say.block(
        'plan',
        `${plan.hub.address} is the address of the starting document; Studio and Runner need the Hub's own.`,
        'Set hub.address.',
      )
    return plan.hosts.length > 0 ? 'No address of the starting document is left.' : null
  },
})
