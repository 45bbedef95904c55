/** Checks that waves and limits can do what they are for. */
import { rolloutSource } from '../../base/finding.ts'
import { count, defineCheck } from '../check-context.ts'

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
          'plan',
          `The canary wave of stage ${stage} is ${canary} and there ${hosts === 1 ? 'is' : 'are'} ${count(hosts, 'host')}: a fault would meet all of them at once.`,
          `Set rollout.waves.${stage}.canary below ${hosts}.`,
        )
      else if (hosts === 1 && canary > 1)
        say.warn(
          'plan',
          `The canary wave of stage ${stage} is ${canary} and there is 1 host.`,
          `Set rollout.waves.${stage}.canary to 1.`,
        )
      if (hosts > 1 && canary === 0)
        say.warn(
          'plan',
          `Stage ${stage} has ${count(hosts, 'host')} and no canary: the first wave is already a full one.`,
          `Set rollout.waves.${stage}.canary to 1.`,
        )
    }
    if (plan.rollout.stopAtFailedPercent === 100 && plan.hosts.length > 1)
      say.warn(
        'plan',
        'The rollout would go on until every host of a stage has failed (stopAtFailedPercent is 100).',
        'Set rollout.stopAtFailedPercent lower.',
      )
    return 'Every stage of several hosts begins with a canary, and failures stop it.'
  },
})
