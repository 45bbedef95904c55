/** Checks that there are Windows machines for Studio and Runner. */
import { sources } from '../../plan/catalogue.ts'
import { onHost, wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hostField, hostsOf } from '../../plan/plan-index.ts'

export const clientMachines = defineCheck({
  id: 'client-machines',
  title: 'Windows machines for Studio and Runner',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ index }, say) {
    for (const component of ['studio', 'runner'] as const) {
      const hosts = hostsOf(index, component)
      const name = component === 'studio' ? 'Studio' : 'Runner'
      if (hosts.length === 0)
        say.block(
          wholePlan,
          `No host has ${name}. Windows machines for Studio (authoring) and Runner (execution) are a required prerequisite.`,
          `Place ${component} on a Windows machine, or record in a waiver where it stands.`,
          'placements',
        )
      for (const host of hosts) {
        if (host.os === 'other')
          say.warn(
            onHost(host.name),
            `${host.name} is declared as another operating system; ${name} needs a Windows machine.`,
            'Correct hosts[].os, or choose a Windows machine.',
            hostField(index, host.name, 'os'),
          )
      }
    }
    return 'Studio and Runner have machines. The documentation says only "Windows machines"; whether an edition is supported is the operator\'s to know.'
  },
})
