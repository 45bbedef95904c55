/** Checks that PowerShell is 5.1 or later, for which the scripts are written. */
import { rolloutSource } from '../finding.ts'
import { count, defineCheck, onHost } from '../check-context.ts'

export const powershellVersion = defineCheck({
  id: 'powershell-version', title: 'PowerShell 5.1 or later', needs: 'facts', source: rolloutSource, waivable: false,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const [major, minor] = facts.powershell.version.split('.').map(Number)
      if (major === undefined || Number.isNaN(major)) say.warn(onHost(host.name), `The version of PowerShell on ${host.name} is not known (${facts.powershell.version || 'nothing'}).`, 'Survey the host again.')
      else if (major < 5 || (major === 5 && (minor ?? 0) < 1)) say.block(onHost(host.name), `PowerShell on ${host.name} is ${facts.powershell.version}; Rollout's scripts need 5.1 or later.`, 'Install Windows Management Framework 5.1 on the host.')
    }
    return `PowerShell 5.1 or later on ${count(surveyed.length, 'host')}.`
  },
})
