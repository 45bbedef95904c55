/** Checks that the Hub's host reports a Windows its documentation names. */
import { sources } from '../../plan/catalogue.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'
import { hubOsVerdict } from '../hub-os-verdict.ts'
import { osOf } from '../../remote/os-of.ts'
import { hostField, hostsOf } from '../../plan/plan-index.ts'

const text = hubText.system

export const hubOsSeen = defineCheck({
  id: 'hub-os-seen',
  title: text.reportedTitle,
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
        text.reported(host.name, seen.os.caption, seen.os.build, seen.os.edition),
      )
      if (verdict.severity !== 'pass')
        say[verdict.severity](onHost(host.name), verdict, hostField(index, host.name, 'os'))
    }
    return judged > 0 ? text.passReported : null
  },
})
