/** Checks that the Hub's host reports a Windows its documentation names. */
import { sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubOsVerdict } from '../hub-os-verdict.ts'
import { osOf } from '../../remote/os-of.ts'
import { hostField, hostsOf } from '../../plan/plan-index.ts'

export const hubOsSeen = defineCheck({
  id: 'hub-os-seen',
  title: 'Operating system of the Hub, as reported',
  needs: 'facts',
  column: 'edition',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ index, catalogue, facts }, say) {
    let judged = 0
    for (const host of hostsOf(index, 'hub')) {
      const seen = facts?.get(host.name)
      if (!seen) continue
      judged++
      const verdict = hubOsVerdict(
        catalogue,
        osOf(seen),
        `${host.name} reports ${seen.os.caption}, build ${seen.os.build}, edition ${seen.os.edition ?? 'unknown'}`,
      )
      if (verdict.severity !== 'pass')
        say[verdict.severity](onHost(host.name), verdict.message, verdict.remedy, hostField(index, host.name, 'os'))
    }
    return judged > 0 ? "The Hub's host reports an operating system the documentation names." : null
  },
})
