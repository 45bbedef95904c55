/** Checks that there are Windows machines for Studio and Runner. */
import { sources } from '../../plan/catalogue.ts'
import { onHost, wholePlan } from '../../base/subject.ts'
import { componentTitles } from '../../base/titles.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'
import { hostField, hostsOf } from '../../plan/plan-index.ts'

const text = layoutText.clients

export const clientMachines = defineCheck({
  id: 'client-machines',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ index }, say) {
    for (const component of ['studio', 'runner'] as const) {
      const hosts = hostsOf(index, component)
      if (hosts.length === 0) say.block(wholePlan, text.none(componentTitles[component]), 'placements')
      for (const host of hosts) {
        if (host.os === 'other')
          say.warn(
            onHost(host.name),
            text.notWindows(host.name, componentTitles[component]),
            hostField(index, host.name, 'os'),
          )
      }
    }
    return text.pass
  },
})
