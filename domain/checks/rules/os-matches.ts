/** Checks that hosts are what the plan declares them to be. */
import { rolloutSource } from '../../base/finding.ts'
import { count, defineCheck, onHost } from '../check-context.ts'
import { osOf } from '../../remote/os-of.ts'

export const osMatches = defineCheck({
  id: 'os-matches',
  title: 'Operating system as declared',
  needs: 'facts',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed }, say) {
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
        )
      else if (seen !== host.os)
        say.warn(
          onHost(host.name),
          `${host.name} is declared as ${host.os} and reports ${facts.os.caption} (build ${facts.os.build}).`,
          'Correct hosts[].os, or the address if this is another machine.',
        )
    }
    return judged > 0 ? `${count(judged, 'host')} reported what the plan declares.` : null
  },
})
