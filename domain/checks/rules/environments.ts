/** Checks that the environments are used, and can be had with one Hub. */
import { sources } from '../../plan/catalogue.ts'
import { onEnvironment, onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const environmentsUsed = defineCheck({
  id: 'environments',
  title: 'Environments',
  needs: 'plan',
  source: sources['core-concepts'],
  waivable: true,
  judge({ plan, index }, say) {
    if (plan.environments.length === 0) return 'The plan has no separate environments.'
    const used = new Set(plan.placements.map((placement) => placement.environment))
    for (const [i, { name, separation }] of plan.environments.entries()) {
      if (separation === 'own-hub')
        say.block(
          onEnvironment(name),
          `${name} is to have a Hub of its own. A plan has one Hub; environments are separate Hub instances or Runner labels.`,
          `Give ${name} a plan of its own, or set its separation to runner-labels.`,
          `environments[${i}].separation`,
        )
      else if (!used.has(name))
        say.warn(
          onEnvironment(name),
          `The environment ${name} has no Runner.`,
          'Give a Runner that environment, or remove it.',
          `environments[${i}].separation`,
        )
    }
    for (const { host, environment } of index.placementsOf.runner) {
      if (environment === undefined)
        say.warn(
          onPlacement('runner', host),
          `The Runner on ${host} belongs to no environment, though the plan has some; it may run work of any of them.`,
          'Set placements[].environment.',
          placementField(index, 'runner', host, 'environment'),
        )
    }
    return 'Every environment has Runners and every Runner an environment; they are told apart by Runner labels.'
  },
})
