/** Checks whether a host wants a restart, with the evidence: virus scanners and printers leave false ones. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText, restartSignals } from '../text/facts.ts'

const text = factsText.restart

export const pendingReboot = defineCheck({
  id: 'pending-reboot',
  title: text.title,
  needs: 'facts',
  column: 'restart',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      if (facts.pendingReboot.length === 0) continue
      const signals = facts.pendingReboot.map(({ kind, evidence }) =>
        text.signal(restartSignals[kind] ?? kind, evidence),
      )
      say.warn(onHost(host.name), text.pending(host.name, signals))
    }
    return text.pass(surveyed.length)
  },
})
