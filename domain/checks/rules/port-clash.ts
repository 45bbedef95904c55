/** Checks that no two components claim one port of a host. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { portClaims, type PortClaim } from '../../network/port-claims.ts'

export const portClash = defineCheck({
  id: 'port-clash',
  title: 'One port, one component',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, catalogue, index }, say) {
    for (const host of plan.hosts) {
      const byPort = new Map<number, PortClaim>()
      for (const claim of portClaims(plan, catalogue, index, host)) {
        const first = byPort.get(claim.port)
        if (first)
          say.block(
            onHost(host.name),
            `TCP ${claim.port} of ${host.name} is claimed twice: by ${first.what} and by ${claim.what}. Only one program can listen on a port.`,
            'Change one of the ports in the plan, or move one component to another host.',
            claim.field ?? first.field,
          )
        else byPort.set(claim.port, claim)
      }
    }
    return 'No two components of the plan claim the same port of a host. The port of a bundled Redis is not documented and not judged.'
  },
})
