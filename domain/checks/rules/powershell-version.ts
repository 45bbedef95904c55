/** Checks that PowerShell is 5.1 or later, for which the scripts are written. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

const text = factsText.powershell

export const powershellVersion = defineCheck({
  id: 'powershell-version',
  title: text.title,
  needs: 'facts',
  column: 'shell',
  source: rolloutSource,
  waivable: false,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const [, major, minor] = /^(\d+)\.(\d+)/.exec(facts.powershell.version) ?? []
      if (major === undefined) say.warn(onHost(host.name), text.unknown(host.name, facts.powershell.version))
      else if (Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1))
        say.block(onHost(host.name), text.old(host.name, facts.powershell.version))
    }
    return text.pass(surveyed.length)
  },
})
