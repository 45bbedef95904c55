/** Checks that the hosts have been looked at: what was not asked is not known. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost, wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'
import { isManaged } from '../../plan/host.ts'

export const survey = defineCheck({
  id: 'survey',
  title: 'Survey of the hosts',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, facts }, say) {
    const managed = plan.hosts.filter(isManaged)
    if (managed.length === 0) return null
    if (!facts)
      say.warn(
        wholePlan,
        `The hosts have not been surveyed: restarts due, rights, PowerShell, clock, disk and ports of ${plural(managed.length, 'host')} are not known.`,
        'Run the survey; the rollout also looks at every host before it touches it.',
      )
    else
      for (const host of managed) {
        if (!facts.has(host.name))
          say.warn(
            onHost(host.name),
            `${host.name} has not been surveyed; nothing is known of it.`,
            'Run the survey again once the host can be reached.',
          )
      }
    return `${plural(managed.length, 'host')} surveyed.`
  },
})
