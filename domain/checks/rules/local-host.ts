/** Checks that at most one host is this machine. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const localHost = defineCheck({
  id: 'local-host',
  title: 'This machine once',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ index, plan }, say) {
    const local = plan.hosts.filter((host) => host.reach.kind === 'local')
    for (const host of local.slice(1))
      say.block(
        onHost(host.name),
        `${host.name} is reached locally, and so is ${local[0]?.name ?? ''}: one machine cannot be two hosts.`,
        'Keep one local host and place all its components there.',
        hostField(index, host.name, 'reach'),
      )
    return local.length === 0 ? 'No host is this machine.' : 'One host is this machine.'
  },
})
