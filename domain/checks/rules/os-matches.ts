/** Checks that hosts are what the plan declares them to be. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { osOf } from '../../remote/os-of.ts'

export const osMatches = defineCheck({
  id: 'os-matches',
  title: 'Operating system as declared',
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
          `${host.name} is declared as ${host.os}; what it is could not be told from "${facts.os.caption}".`,
          'Look at the host; it may not be the one you mean.',
          hostField(index, host.name, 'os'),
        )
      else if (seen !== host.os)
        say.warn(
          onHost(host.name),
          `${host.name} is declared as ${host.os} and reports ${facts.os.caption} (build ${facts.os.build}).`,
          'Correct hosts[].os, or the address if this is another machine.',
          hostField(index, host.name, 'os'),
        )
    }
    return judged > 0 ? `${plural(judged, 'host')} reported what the plan declares.` : null
  },
})
