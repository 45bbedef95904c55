/** Checks that the ports the plan claims are free on the hosts, and taken where something is said to exist. */
import { documentedServices } from '../../plan/catalogue.ts'
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'
import type { ComponentName } from '../../base/ids.ts'
import { portClaims } from '../../network/port-claims.ts'

const text = factsText.ports

export const portInUse = defineCheck({
  id: 'port-in-use',
  title: text.title,
  needs: 'facts',
  column: 'ports',
  source: rolloutSource,
  waivable: true,
  judge({ plan, catalogue, index, surveyed, built }, say) {
    // Once the site is built, what listens there is ours.
    if (built) return null
    for (const { host, facts } of surveyed) {
      const listening = new Set(facts.listening)
      const services = new Set(facts.services.map((service) => service.name.toLowerCase()))
      for (const { port, what, component, provision } of portClaims(plan, catalogue, index, host)) {
        if (component === null) continue
        if (provision === 'existing') {
          if (!listening.has(port)) say.warn(onHost(host.name), text.silent(host.name, port, what))
          continue
        }
        if (!listening.has(port)) continue
        const own = servicesOf(component)
        if (own.some((name) => services.has(name.toLowerCase()))) continue
        if (own.length > 0) say.block(onHost(host.name), text.taken(host.name, port, what, own))
        else say.warn(onHost(host.name), text.perhapsTaken(host.name, port, what))
      }
    }
    return text.pass(surveyed.length)

    function servicesOf(component: ComponentName): string[] {
      const installer = plan.installers[component]
      return [
        ...new Set([
          ...documentedServices(catalogue, component, false),
          ...(installer?.services ?? []),
          ...(installer?.detect.service === undefined ? [] : [installer.detect.service]),
        ]),
      ]
    }
  },
})
