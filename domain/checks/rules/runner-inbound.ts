/** Checks that nothing of the product needs to come in on a Runner machine. */
import { sources } from '../../plan/catalogue.ts'
import { onPlacement } from '../../base/subject.ts'
import { placementField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { layoutText } from '../text/layout.ts'

const text = layoutText.runnerInbound

export const runnerInbound = defineCheck({
  id: 'runner-inbound',
  title: text.title,
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
      say.warn(onPlacement('runner', flow.to), text.open(flow.port, flow.to), placementField(index, 'runner', flow.to))
    }
    return runners.size > 0 ? text.pass : null
  },
})
