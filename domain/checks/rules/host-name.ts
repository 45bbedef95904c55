/** Checks that the machine behind an address is the one that is meant. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

// Windows cuts the NetBIOS name it reports to 15 characters.
const netbiosLength = 15

export const hostName = defineCheck({
  id: 'host-name',
  title: 'Name of the machine',
  needs: 'facts',
  column: 'name',
  source: rolloutSource,
  waivable: true,
  judge({ index, surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const seen = short(facts.hostName)
      if (seen === '')
        say.warn(
          onHost(host.name),
          `${host.name} did not say what it is called.`,
          'Survey the host again.',
          hostField(index, host.name, 'name'),
        )
      else if (seen !== short(host.name) && seen !== short(host.address))
        say.warn(
          onHost(host.name),
          `The machine at ${host.address} calls itself ${facts.hostName}, the plan calls it ${host.name}.`,
          'Make sure that the address leads to the machine you mean; then rename the host in the plan or accept it.',
          hostField(index, host.name, 'name'),
        )
    }
    return `${plural(surveyed.length, 'host')} answered to the name in the plan.`
  },
})

function short(name: string): string {
  return (name.split('.')[0] ?? '').slice(0, netbiosLength).toLowerCase()
}
