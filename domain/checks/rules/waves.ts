/** Checks that waves and limits can do what they are for. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const waves = defineCheck({
  id: 'waves',
  title: 'Waves and limits',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    for (const stage of ['studio', 'runner'] as const) {
      const hosts = index.placementsOf[stage].length
      const { canary } = plan.rollout.waves[stage]
      if (hosts > 1 && canary >= hosts)
        say.warn(
          wholePlan,
          `The canary wave of stage ${stage} is ${canary} and there ${hosts === 1 ? 'is' : 'are'} ${plural(hosts, 'host')}: a fault would meet all of them at once.`,
          `Set rollout.waves.${stage}.canary below ${hosts}.`,
          `rollout.waves.${stage}.canary`,
        )
      else if (hosts === 1 && canary > 1)
        say.warn(
          wholePlan,
          `The canary wave of stage ${stage} is ${canary} and there is 1 host.`,
          `Set rollout.waves.${stage}.canary to 1.`,
          `rollout.waves.${stage}.canary`,
        )
      if (hosts > 1 && canary === 0)
        say.warn(
          wholePlan,
          `Stage ${stage} has ${plural(hosts, 'host')} and no canary: the first wave is already a full one.`,
          `Set rollout.waves.${stage}.canary to 1.`,
          `rollout.waves.${stage}.canary`,
        )
    }
    if (plan.rollout.stopAtFailedPercent === 100 && plan.hosts.length > 1)
      say.warn(
        wholePlan,
        'The rollout would go on until every host of a stage has failed (stopAtFailedPercent is 100).',
        'Set rollout.stopAtFailedPercent lower.',
        'rollout.stopAtFailedPercent',
      )
    return 'Every stage of several hosts begins with a canary, and failures stop it.'
  },
})
