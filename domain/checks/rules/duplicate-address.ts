/** Checks that no two hosts are one machine by their address. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { doorsOf, type Host } from '../../plan/host.ts'

export const duplicateAddress = defineCheck({
  id: 'duplicate-address',
  title: 'One address, one host',
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
          `${host.name} has the address ${host.address} of ${same.name}: both names would act on one machine.`,
          'Correct one of the addresses, or make it one host.',
          hostField(index, host.name, 'address'),
        )
      else if (other)
        say.warn(
          onHost(host.name),
          `${host.name} shares the address ${host.address} with ${other.name} and differs only by the port it is reached on; firewall rules cannot tell them apart.`,
          'Keep it where ports are forwarded on purpose; else correct one of the addresses.',
          hostField(index, host.name, 'address'),
        )
      if (!same) for (const door of own) doors.set(door, host)
    }
    return plan.hosts.length > 0 ? 'Every host has an address of its own.' : null
  },
})
