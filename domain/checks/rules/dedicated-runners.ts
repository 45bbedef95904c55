/** Checks the optional prerequisite of dedicated Runner machines, and that servers carry no Studio or Runner. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const dedicatedRunners = defineCheck({
  id: 'dedicated-runners',
  title: 'Dedicated Runner machines',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const clients = [...index.placementsOf.studio, ...index.placementsOf.runner]
    for (const { component, host } of clients) {
      const others = (index.placementsOn.get(host) ?? []).filter((placement) => placement.component !== component)
      const server = others.find((placement) => placement.component !== 'studio' && placement.component !== 'runner')
      const name = component === 'studio' ? 'Studio' : 'Runner'
      if (server)
        say.warn(
          onPlacement(component, host),
          `${name} shares ${host} with ${server.component}; both documented layouts put it on other machines.`,
          `Move ${component} to another machine, or accept this.`,
          placementField(index, component, host),
        )
      else if (component === 'runner' && others.length > 0 && plan.layout === 'enterprise')
        say.warn(
          onPlacement(component, host),
          `The Runner shares ${host} with Studio; the enterprise layout describes dedicated Runner machines.`,
          'Give the Runner a machine of its own, or accept this.',
          placementField(index, component, host),
        )
    }
    return clients.length > 0 ? 'Studio and Runner stand on machines the layout describes for them.' : null
  },
})
