/** Checks that the ports the plan claims are free on the hosts, and taken where something is said to exist. */
import { documentedServices } from '../../plan/catalogue.ts'
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'
import type { ComponentName } from '../../base/ids.ts'
import { portClaims } from '../../network/port-claims.ts'

export const portInUse = defineCheck({
  id: 'port-in-use',
  title: 'Ports free on the hosts',
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
          if (!listening.has(port))
            say.warn(
              onHost(host.name),
              `${what} is said to be there already, and nothing listens on TCP ${port} of ${host.name}.`,
              'Start it, or correct the port in the plan.',
            )
          continue
        }
        if (!listening.has(port)) continue
        const own = servicesOf(component)
        if (own.some((name) => services.has(name.toLowerCase()))) continue
        if (own.length > 0)
          say.block(
            onHost(host.name),
            `TCP ${port} of ${host.name}, meant for ${what}, is in use, and ${own.join(', ')} is not there: another program has it.`,
            'Stop the other program, or change the port in the plan.',
          )
        else
          say.warn(
            onHost(host.name),
            `TCP ${port} of ${host.name}, meant for ${what}, is in use. Whether by an earlier installation of it is not known.`,
            "See which program listens there; name a service in the installer's detect so that Rollout can tell.",
          )
      }
    }
    return `The ports of the plan are as they should be on ${plural(surveyed.length, 'host')}.`

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
