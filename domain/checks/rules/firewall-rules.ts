/** Checks that the rules for the Hub's HTTPS port can be derived from the plan. */
import { sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'
import { firewallRules } from '../../network/firewall.ts'

const text = layoutText.firewallRules

export const firewallRulesDerivable = defineCheck({
  id: 'firewall-rules',
  title: text.title,
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
        say.warn(onHost(host), text.namesOnly(rule.port, host, names), hostField(index, names[0] ?? '', 'address'))
      }
    }
    return text.pass(rules.size, addresses)
  },
})
