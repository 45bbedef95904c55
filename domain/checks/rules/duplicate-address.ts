/** Checks that no two hosts are one machine by their address. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { hostsText } from '../text/hosts.ts'
import { doorsOf, type Host } from '../../plan/host.ts'

const text = hostsText.address

export const duplicateAddress = defineCheck({
  id: 'duplicate-address',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    const seen = new Map<string, Map<string, Host>>()
    for (const host of plan.hosts) {
      const doors = seen.get(host.address.toLowerCase()) ?? new Map<string, Host>()
      seen.set(host.address.toLowerCase(), doors)
      const own = doorsOf(host.reach).map(({ port }) => String(port))
      if (own.length === 0) own.push('')
      const same = own.flatMap((door) => doors.get(door) ?? [])[0]
      const other = doors.values().next().value
      if (same)
        say.block(
          onHost(host.name),
          text.same(host.name, host.address, same.name),
          hostField(index, host.name, 'address'),
        )
      else if (other)
        say.warn(
          onHost(host.name),
          text.otherPort(host.name, host.address, other.name),
          hostField(index, host.name, 'address'),
        )
      if (!same) for (const door of own) doors.set(door, host)
    }
    return plan.hosts.length > 0 ? text.pass : null
  },
})
