/** Checks that the environments are used, and can be had with one Hub. */
import { sources } from '../../plan/catalogue.ts'
import { defineCheck, onPlacement } from '../check-context.ts'

export const environmentsUsed = defineCheck({
  id: 'environments',
  title: 'Environments',
  needs: 'plan',
  source: sources['core-concepts'],
  waivable: true,
  judge({ plan, index }, say) {
    if (plan.environments.length === 0) return 'The plan has no separate environments.'
    const used = new Set(plan.placements.map((placement) => placement.environment))
    for (const { name, separation } of plan.environments) {
      if (separation === 'own-hub')
        say.block(
          'plan',
          `${name} is to have a Hub of its own. A plan has one Hub; environments are separate Hub instances or Runner labels.`,
          `Give ${name} a plan of its own, or set its separation to runner-labels.`,
        )
      else if (!used.has(name))
        say.warn('plan', `The environment ${name} has no Runner.`, 'Give a Runner that environment, or remove it.')
    }
    for (const { host, environment } of index.placementsOf.runner) {
      if (environment === undefined)
        say.warn(
          onPlacement('runner', host),
          `The Runner on ${host} belongs to no environment, though the plan has some; it may run work of any of them.`,
          'Set placements[].environment.',
        )
    }
    return 'Every environment has Runners and every Runner an environment; they are told apart by Runner labels.'
  },
})
