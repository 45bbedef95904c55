/** Checks that every host reached over the network has a credential. */
import { rolloutSource } from '../finding.ts'
import { defineCheck, onHost } from '../check-context.ts'
import { doorOf } from '../host.ts'

export const hostCredentials = defineCheck({
  id: 'host-credentials', title: 'Credentials of the hosts', needs: 'plan', source: rolloutSource, waivable: false,
  judge({ plan }, say) {
    for (const host of plan.hosts) {
      const door = doorOf(host.reach)
      if (door && host.credential === undefined && plan.defaultCredential === undefined) say.block(onHost(host.name), `${host.name} is reached by ${door.by} and the plan names no credential for it.`, 'Set hosts[].credential or defaultCredential to the name of a vault entry.')
    }
    return plan.hosts.length > 0 ? 'Every host reached over the network has a credential.' : null
  },
})
