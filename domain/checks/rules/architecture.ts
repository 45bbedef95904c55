/** Checks that the processor is of the ordinary 64-bit kind; no page says which are supported. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

const text = factsText.architecture

export const architecture = defineCheck({
  id: 'architecture',
  title: text.title,
  needs: 'facts',
  column: 'bits',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const reported = facts.os.architecture
      if (reported === '') say.warn(onHost(host.name), text.unknown(host.name))
      else if (!/64/.test(reported) || /arm/i.test(reported))
        say.warn(onHost(host.name), text.other(host.name, reported))
    }
    return text.pass(surveyed.length)
  },
})
