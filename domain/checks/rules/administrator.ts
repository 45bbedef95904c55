/** Checks that the session has the rights an installation needs. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const administrator = defineCheck({
  id: 'administrator',
  title: 'Administrator rights',
  needs: 'facts',
  column: 'rights',
  source: rolloutSource,
  waivable: false,
  judge({ index, surveyed }, say) {
    for (const { host, facts } of surveyed) {
      if (!facts.administrator)
        say.block(
          onHost(host.name),
          `The credential gives no administrator rights on ${host.name}; services, firewall and installers need them.`,
          'Use a credential of the local Administrators group; by SSH a full token is given, by other ways UAC may filter it.',
          hostField(index, host.name, 'credential'),
        )
    }
    return `Administrator rights on ${plural(surveyed.length, 'host')}.`
  },
})
