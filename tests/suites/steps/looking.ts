/** Parts of the suite about steps that only read: reach-host, collect-facts, check-host, probe-flow. */
import assert from 'node:assert/strict'
import { componentTitles } from '../../../domain/base/titles.ts'
import type { StepWork } from '../../../domain/graph/step.ts'
import { failedAs, onlyLooked, unchanged } from './expected.ts'
import type { Place, StepPart } from './site-under-steps.ts'

export const lookingParts: readonly StepPart[] = [
  {
    name: 'reach-host: finds the host and keeps which start of it this is',
    async run(_site, { lanes }) {
      const lane = lanes.of([{ kind: 'reach-host' }])
      unchanged(await lane.try())
      assert.ok(lane.lane.bootId !== null)
    },
  },
  {
    name: 'collect-facts and check-host: the facts are in the log, and are judged by the plan',
    async run(site, { lanes }) {
      const lane = lanes.of([{ kind: 'collect-facts' }, { kind: 'check-host', purpose: 'before' }])
      unchanged(await lane.try(0))
      assert.equal(lane.lane.facts?.bootId, lane.lane.bootId)
      const judged = await lane.try(1)
      onlyLooked(judged)
      assert.ok(lane.lane.findings.length > 0)
      const blocks = lane.lane.findings.filter(({ severity }) => severity === 'block')
      if (blocks.length === 0) return unchanged(judged)
      // What blocks is the host's own affair; that it is said is ours.
      const failure = failedAs(judged, 'finding', blocks[0]?.check ?? '')
      for (const block of blocks) assert.ok(failure.message.includes(block.message), site.host.name)
    },
  },
  {
    name: 'check-host as built: says what is not as planned, and passes once it is',
    async run(site, { lanes }) {
      const product = await site.product('done')
      const { host, component, installer } = product
      const plan = {
        ...site.plan,
        placements: [{ component, host: host.name, provision: 'install' as const }],
        installers: { [component]: installer },
      }
      const work: StepWork = { kind: 'check-host', purpose: 'as-built' }
      const missing = failedAs(await lanes.once(work, { host, plan }), 'finding', 'not-as-planned')
      assert.match(missing.message, new RegExp(componentTitles[component]))
      await product.byHand()
      unchanged(await lanes.once(work, { host, plan }))
    },
  },
  {
    name: 'probe-flow: open passes; refused passes only where nothing has to listen yet',
    async run({ flows }, { lanes }) {
      unchanged(await lanes.once(flow(flows.open, true)))
      unchanged(await lanes.once(flow(flows.refused, false)))
      const failure = failedAs(await lanes.once(flow(flows.refused, true)), 'host', 'flow-refused', 'backoff')
      assert.match(failure.hint, /because the suite asks/)
    },
  },
  {
    name: 'probe-flow: a name that the host cannot resolve is a finding for a person',
    async run(_site, { lanes }) {
      failedAs(
        await lanes.once(flow({ address: 'no-such-host.invalid', port: 443 }, false)),
        'finding',
        'flow-unresolved',
      )
    },
  },
]

function flow({ address, port }: Place, listening: boolean): StepWork {
  return {
    kind: 'probe-flow',
    flow: { id: `flow-${port}`, toAddress: address, port, why: 'because the suite asks', listening },
  }
}
