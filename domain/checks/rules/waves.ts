/** Checks that waves and limits can do what they are for. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { stageTitles } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.waves

export const waves = defineCheck({
  id: 'waves',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index }, say) {
    for (const stage of ['studio', 'runner'] as const) {
      const hosts = index.placementsOf[stage].length
      const { canary } = plan.rollout.waves[stage]
      if (hosts > 1 && canary >= hosts)
        say.warn(wholePlan, text.canaryTooLarge(stageTitles[stage], canary, hosts), `rollout.waves.${stage}.canary`)
      else if (hosts === 1 && canary > 1)
        say.warn(wholePlan, text.canaryOfOne(stageTitles[stage], canary), `rollout.waves.${stage}.canary`)
      if (hosts > 1 && canary === 0)
        say.warn(wholePlan, text.noCanary(stageTitles[stage], hosts), `rollout.waves.${stage}.canary`)
    }
    if (plan.rollout.stopAtFailedPercent === 100 && plan.hosts.length > 1)
      say.warn(wholePlan, text.noLimit, 'rollout.stopAtFailedPercent')
    return text.pass
  },
})
