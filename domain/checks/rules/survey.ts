/** Checks that the hosts have been looked at: what was not asked is not known. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost, wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'
import { isManaged } from '../../plan/host.ts'

const text = factsText.survey

export const survey = defineCheck({
  id: 'survey',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan, facts }, say) {
    const managed = plan.hosts.filter(isManaged)
    if (managed.length === 0) return null
    if (!facts) say.warn(wholePlan, text.none(managed.length))
    else
      for (const host of managed) {
        if (!facts.has(host.name)) say.warn(onHost(host.name), text.missing(host.name))
      }
    return text.pass(managed.length)
  },
})
