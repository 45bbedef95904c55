/** Checks that hosts are what the plan declares them to be. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { systemTitle } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'
import { osOf } from '../../remote/os-of.ts'

const text = factsText.system

export const osMatches = defineCheck({
  id: 'os-matches',
  title: text.title,
  needs: 'facts',
  column: 'edition',
  source: rolloutSource,
  waivable: true,
  judge({ index, surveyed }, say) {
    let judged = 0
    for (const { host, facts } of surveyed) {
      if (host.os === undefined) continue
      judged++
      const seen = osOf(facts)
      if (seen === undefined)
        say.warn(
          onHost(host.name),
          text.unknown(host.name, systemTitle(host.os), facts.os.caption),
          hostField(index, host.name, 'os'),
        )
      else if (seen !== host.os)
        say.warn(
          onHost(host.name),
          text.other(host.name, systemTitle(host.os), facts.os.caption, facts.os.build),
          hostField(index, host.name, 'os'),
        )
    }
    return judged > 0 ? text.pass(judged) : null
  },
})
