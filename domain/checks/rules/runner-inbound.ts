/** Checks that nothing of the product needs to come in on a Runner machine. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'

export const runnerInbound = defineCheck({
  id: 'runner-inbound',
  title: 'No inbound port on a Runner',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ index, topology }, say) {
    const runners = new Set(index.placementsOf.runner.map((placement) => placement.host))
    const warned = new Set<string>()
    for (const flow of topology.flows) {
      if (
        flow.kind !== 'product' ||
        flow.verdict !== 'allow' ||
        flow.sameHost ||
        !runners.has(flow.to) ||
        warned.has(flow.to)
      )
        continue
      warned.add(flow.to)
      say.warn(
        onPlacement('runner', flow.to),
        `TCP ${flow.port} must come in on ${flow.to} for another component placed there; a Runner by itself needs no inbound port.`,
        'Move the other component or the Runner, or accept the open port.',
        placementField(index, 'runner', flow.to),
      )
    }
    return runners.size > 0 ? 'No flow ends at a Runner: Runners make outbound HTTPS connections only.' : null
  },
})
