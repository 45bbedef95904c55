/** Checks whether a host wants a restart, with the evidence: virus scanners and printers leave false ones. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const pendingReboot = defineCheck({
  id: 'pending-reboot',
  title: 'Restart due',
  needs: 'facts',
  column: 'restart',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      if (facts.pendingReboot.length === 0) continue
      const signals = facts.pendingReboot.map(({ kind, evidence }) =>
        evidence.length > 0
          ? `${kind} (${evidence.slice(0, 3).join(', ')}${evidence.length > 3 ? ` and ${evidence.length - 3} more` : ''})`
          : kind,
      )
      say.warn(
        onHost(host.name),
        `Windows on ${host.name} wants a restart: ${signals.join('; ')}. An installer may refuse or end half done until then.`,
        'Restart the host before the rollout, or judge by the evidence that it does not matter.',
      )
    }
    return `No restart is due on ${plural(surveyed.length, 'host')}.`
  },
})
