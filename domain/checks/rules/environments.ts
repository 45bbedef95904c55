/** Checks that the environments are used, and can be had with one Hub. */
import { sources } from '../../plan/catalogue.ts'
import { onEnvironment, onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.environments

export const environmentsUsed = defineCheck({
  id: 'environments',
  title: text.title,
  needs: 'plan',
  source: sources['core-concepts'],
  waivable: true,
  judge({ plan, index }, say) {
    if (plan.environments.length === 0) return text.passNone
    const used = new Set(plan.placements.map((placement) => placement.environment))
    for (const [i, { name, separation }] of plan.environments.entries()) {
      if (separation === 'own-hub') say.block(onEnvironment(name), text.ownHub(name), `environments[${i}].separation`)
      else if (!used.has(name)) say.warn(onEnvironment(name), text.unused(name), `environments[${i}].separation`)
    }
    for (const { host, environment } of index.placementsOf.runner) {
      if (environment === undefined)
        say.warn(
          onPlacement('runner', host),
          text.runnerWithout(host),
          placementField(index, 'runner', host, 'environment'),
        )
    }
    return text.pass
  },
})
