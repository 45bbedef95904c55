/** Checks that no two components claim one port of a host. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'
import { portClaims, type PortClaim } from '../../network/port-claims.ts'

const text = layoutText.portClash

export const portClash = defineCheck({
  id: 'port-clash',
  title: text.title,
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
            text.twice(claim.port, host.name, first.what, claim.what),
            claim.field ?? first.field,
          )
        else byPort.set(claim.port, claim)
      }
    }
    return text.pass
  },
})
