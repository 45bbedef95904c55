/** Checks that no address of the starting document is left. */
import { onHost, wholePlan } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { rolloutSource } from '../../base/finding.ts'
import { exampleDomain } from '../../plan/site-layout.ts'

export const placeholderAddress = defineCheck({
  id: 'placeholder-address',
  title: 'Addresses of the starting document',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    const isLeft = (address: string) => address.toLowerCase().endsWith(`.${exampleDomain}`)
    for (const host of plan.hosts) {
      if (isLeft(host.address))
        say.block(
          onHost(host.name),
          `${host.address} is the address of the starting document, not of a machine.`,
          `Set the address of ${host.name}.`,
          hostField(index, host.name, 'address'),
        )
    }
    if (isLeft(plan.hub.address))
      say.block(
        wholePlan,
        `${plan.hub.address} is the address of the starting document; Studio and Runner need the Hub's own.`,
        'Set hub.address.',
        'hub.address',
      )
    return plan.hosts.length > 0 ? 'No address of the starting document is left.' : null
  },
})
