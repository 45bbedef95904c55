/** Checks the optional prerequisite of dedicated Runner machines, and that servers carry no Studio or Runner. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { componentTitles } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.dedicatedRunners

export const dedicatedRunners = defineCheck({
  id: 'dedicated-runners',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const clients = [...index.placementsOf.studio, ...index.placementsOf.runner]
    for (const { component, host } of clients) {
      const others = (index.placementsOn.get(host) ?? []).filter((placement) => placement.component !== component)
      const server = others.find((placement) => placement.component !== 'studio' && placement.component !== 'runner')
      if (server)
        say.warn(
          onPlacement(component, host),
          text.onServer(componentTitles[component], host, componentTitles[server.component]),
          placementField(index, component, host),
        )
      else if (component === 'runner' && others.length > 0 && plan.layout === 'enterprise')
        say.warn(onPlacement(component, host), text.withStudio(host), placementField(index, component, host))
    }
    return clients.length > 0 ? text.pass : null
  },
})
