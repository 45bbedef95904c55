/**
 * Checks that the Hub's host is declared as a Windows its documentation names; what the host itself says is for
 * hub-os-seen.
 */
import { sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { systemTitle } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'
import { hubOsVerdict } from '../hub-os-verdict.ts'
import { hostField, hostsOf } from '../../plan/plan-index.ts'

const text = hubText.system

export const hubOs = defineCheck({
  id: 'hub-os',
  title: text.declaredTitle,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ index, catalogue, facts }, say) {
    const hosts = hostsOf(index, 'hub')
    for (const host of hosts) {
      if (host.os === undefined && facts?.has(host.name)) continue
      const verdict = hubOsVerdict(
        catalogue,
        host.os,
        host.os === undefined ? text.undeclared(host.name) : text.declared(host.name, systemTitle(host.os)),
      )
      if (verdict.severity !== 'pass')
        say[verdict.severity](onHost(host.name), verdict, hostField(index, host.name, 'os'))
    }
    return hosts.some((host) => host.os !== undefined) ? text.passDeclared : null
  },
})
