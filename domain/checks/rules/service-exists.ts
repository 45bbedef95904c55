/** Checks whether a Hub is there already, on its host or on another. */
import { documentedServices, sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const serviceExists = defineCheck({
  id: 'service-exists',
  title: 'A Hub that is there already',
  needs: 'facts',
  column: 'services',
  source: sources['service-management'],
  waivable: true,
  judge({ plan, catalogue, index, surveyed, built }, say) {
    const hubServices = documentedServices(catalogue, 'hub', true).map((name) => name.toLowerCase())
    const hubs = new Map(index.placementsOf.hub.map((placement) => [placement.host, placement.provision]))
    for (const { host, facts } of surveyed) {
      const found = facts.services
        .filter((service) => hubServices.includes(service.name.toLowerCase()))
        .map((service) => service.name)
      if (found.length === 0) continue
      const provision = hubs.get(host.name)
      if (provision === undefined)
        say.warn(
          onHost(host.name),
          `${host.name} has the service ${found.join(', ')}, and the plan has no Hub there. A deployment has a single Hub.`,
          'Find out whether another Hub runs there; remove it or leave it to its owner.',
        )
      else if (provision === 'install' && !built)
        say.warn(
          onHost(host.name),
          `${host.name} has the service ${found.join(', ')} already. Rollout looks first: what the plan detects as installed is left alone.`,
          'Make sure that this is the Hub you mean; for a new one remove the old first.',
        )
    }
    return plan.hosts.length > 0 ? `No unexpected Hub on ${plural(surveyed.length, 'host')}.` : null
  },
})
