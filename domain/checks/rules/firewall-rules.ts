/** Checks that the rules for the Hub's HTTPS port can be derived from the plan. */
import { sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { firewallRules } from '../../network/firewall.ts'

export const firewallRulesDerivable = defineCheck({
  id: 'firewall-rules',
  title: 'Firewall rules for the Hub',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, catalogue, index, topology }, say) {
    if (index.placementsOf.hub.length === 0) return null
    const rules = firewallRules(plan, catalogue, topology)
    let addresses = 0
    for (const [host, there] of rules) {
      for (const rule of there) {
        addresses += rule.remoteAddresses.length
        const names = rule.unscopable.map((client) => client.host)
        if (names.length === 0) continue
        const shown =
          names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
        say.warn(
          onHost(host),
          `The rule for TCP ${rule.port} on ${host} cannot be scoped to ${shown}: known by name only, and a firewall rule takes IP addresses.`,
          'Give these hosts IP addresses in the plan, or open the port for their network by hand.',
          hostField(index, names[0] ?? '', 'address'),
        )
      }
    }
    return `The inbound rules follow from the plan: ${plural(rules.size, 'host')}, ${addresses} source addresses.`
  },
})
