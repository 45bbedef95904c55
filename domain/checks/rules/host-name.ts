/** Checks that the machine behind an address is the one that is meant. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

// Windows cuts the NetBIOS name it reports to 15 characters.
const netbiosLength = 15

const text = factsText.name

export const hostName = defineCheck({
  id: 'host-name',
  title: text.title,
  needs: 'facts',
  column: 'name',
  source: rolloutSource,
  waivable: true,
  judge({ index, surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const seen = short(facts.hostName)
      if (seen === '') say.warn(onHost(host.name), text.unknown(host.name), hostField(index, host.name, 'name'))
      else if (seen !== short(host.name) && seen !== short(host.address))
        say.warn(
          onHost(host.name),
          text.other(host.name, host.address, facts.hostName),
          hostField(index, host.name, 'name'),
        )
    }
    return text.pass(surveyed.length)
  },
})

function short(name: string): string {
  return (name.split('.')[0] ?? '').slice(0, netbiosLength).toLowerCase()
}
