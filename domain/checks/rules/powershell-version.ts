/** Checks that PowerShell is 5.1 or later, for which the scripts are written. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const powershellVersion = defineCheck({
  id: 'powershell-version',
  title: 'PowerShell 5.1 or later',
  needs: 'facts',
  column: 'shell',
  source: rolloutSource,
  waivable: false,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const [, major, minor] = /^(\d+)\.(\d+)/.exec(facts.powershell.version) ?? []
      if (major === undefined)
        say.warn(
          onHost(host.name),
          `The version of PowerShell on ${host.name} is not known (${facts.powershell.version || 'nothing'}).`,
          'Survey the host again.',
        )
      else if (Number(major) < 5 || (Number(major) === 5 && Number(minor) < 1))
        say.block(
          onHost(host.name),
          `PowerShell on ${host.name} is ${facts.powershell.version}; Rollout's scripts need 5.1 or later.`,
          'Install Windows Management Framework 5.1 on the host.',
        )
    }
    return `PowerShell 5.1 or later on ${plural(surveyed.length, 'host')}.`
  },
})
