/** Checks that the session has the rights an installation needs. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

const text = factsText.administrator

export const administrator = defineCheck({
  id: 'administrator',
  title: text.title,
  needs: 'facts',
  column: 'rights',
  source: rolloutSource,
  waivable: false,
  judge({ index, surveyed }, say) {
    for (const { host, facts } of surveyed) {
      if (!facts.administrator)
        say.block(onHost(host.name), text.missing(host.name), hostField(index, host.name, 'credential'))
    }
    return text.pass(surveyed.length)
  },
})
