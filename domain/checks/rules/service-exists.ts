/** Checks whether a Hub is there already, on its host or on another. */
import { documentedServices, sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

const text = factsText.services

export const serviceExists = defineCheck({
  id: 'service-exists',
  title: text.title,
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
      if (provision === undefined) say.warn(onHost(host.name), text.unplanned(host.name, found))
      else if (provision === 'install' && !built) say.warn(onHost(host.name), text.planned(host.name, found))
    }
    return plan.hosts.length > 0 ? text.pass(surveyed.length) : null
  },
})
