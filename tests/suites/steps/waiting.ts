/** Parts of the suite about waiting: await-service, await-endpoint, a link that breaks meanwhile, reboot-host. */
import assert from 'node:assert/strict'
import type { StepWork } from '../../../domain/graph/step.ts'
import { applied, failedAs, unchanged } from './expected.ts'
import type { EndpointUnderTest, StepPart } from './site-under-steps.ts'

export const waitingParts: readonly StepPart[] = [
  {
    name: 'await-service: starts one that is stopped, and leaves one alone that runs',
    leftOut: ({ services }) => (services ? undefined : 'no service there may be started'),
    async run(site, { lanes }) {
      const { host, name } = (await site.services?.())?.startable ?? { host: site.host, name: '' }
      const work: StepWork = { kind: 'await-service', service: name, timeoutSeconds: 120 }
      applied(await lanes.once(work, { host }), 'partial')
      unchanged(await lanes.once(work, { host }))
    },
  },
  {
    name: 'await-service: gives up at its time limit on one that is not there, at once on one that will not run, and says what it saw',
    async run(site, { lanes }) {
      const none = failedAs(
        await lanes.once({ kind: 'await-service', service: 'exekra-rollout-none', timeoutSeconds: 10 }),
        'host',
        'service-not-running',
      )
      assert.match(none.evidence.join(' '), /no service exekra-rollout-none/)
      const broken = (await site.services?.())?.broken
      if (!broken) return
      const stuck = failedAs(
        await lanes.once({ kind: 'await-service', service: broken.name, timeoutSeconds: 60 }, { host: broken.host }),
        'host',
        'service-not-started',
      )
      assert.match(stuck.message, new RegExp(`${broken.name} .* is stopped`))
    },
  },
  {
    name: 'await-endpoint: silent to its time limit is a failure; an endpoint that comes meanwhile is waited for, then it is simply there',
    leftOut: ({ noEndpoints }) => noEndpoints,
    async run(site, { lanes }) {
      const endpoint = await site.endpoint()
      failedAs(await lanes.once(await_(endpoint, endpoint.certificate, 30)), 'host', 'endpoint-silent')
      applied(
        await lanes.once(await_(endpoint, endpoint.certificate), {
          onWait: (number) => (number === 2 ? endpoint.start() : undefined),
        }),
      )
      const there = await lanes.once(await_(endpoint, endpoint.certificate))
      unchanged(there)
      const end = there.events.find((event) => event.type === 'step.succeeded')
      assert.equal(end?.learned?.hubCertificate?.sha256, endpoint.certificate)
    },
  },
  {
    name: 'await-endpoint: another certificate than the expected one is a breach of trust, wherever the expectation comes from',
    leftOut: ({ noEndpoints }) => noEndpoints,
    async run(site, { lanes }) {
      const endpoint = await site.endpoint()
      await endpoint.start()
      const seen = () =>
        lanes.once({ ...await_(endpoint, ''), expect: { from: 'first-sight' } }, { onWait: () => undefined })
      assert.equal((await seen()).outcome, 'succeeded')
      const wrong = failedAs(await lanes.once(await_(endpoint, '0'.repeat(64))), 'trust', 'wrong-certificate')
      assert.ok(wrong.evidence.includes(`expected ${'0'.repeat(64)}`))
      const learned = {
        kind: 'await-endpoint',
        address: endpoint.address,
        port: endpoint.port,
        expect: { from: 'learned' },
        timeoutSeconds: 60,
      } as const
      failedAs(
        await lanes.once(learned, { hubCertificate: { sha256: '0'.repeat(64), der: '' } }),
        'trust',
        'wrong-certificate',
      )
      unchanged(await lanes.once(learned, { hubCertificate: { sha256: endpoint.certificate, der: '' } }))
    },
  },
  {
    name: 'a link that breaks while a step waits: the attempt is interrupted, the lane unreachable; the next one goes on over a new session',
    leftOut: ({ breakLink, noEndpoints }) => noEndpoints ?? (breakLink ? undefined : 'its link cannot be cut'),
    async run(site, { lanes }) {
      const endpoint = await site.endpoint()
      const lane = lanes.of([await_(endpoint, endpoint.certificate)])
      const cut = await lane.try(0, { onWait: () => site.breakLink?.() })
      assert.deepEqual([cut.outcome, cut.failure?.kind], ['interrupted', 'link'], JSON.stringify(cut.events))
      assert.ok(lane.lane.unreachable !== null)
      await endpoint.start()
      const again = await lane.try()
      assert.deepEqual(
        [again.outcome, lane.lane.unreachable, again.events[0]?.type],
        ['succeeded', null, 'host.reached'],
        JSON.stringify(again.events),
      )
    },
  },
  {
    name: 'reboot-host: restarts the host and sees that it was; who knew the earlier start finds it restarted already',
    leftOut: ({ restarts }) => (restarts === true ? undefined : 'that machine is not restarted'),
    async run(_site, { lanes }) {
      const restart: StepWork = { kind: 'reboot-host', timeoutSeconds: 300 }
      const [first, second] = [lanes.of([{ kind: 'reach-host' }, restart]), lanes.of([{ kind: 'reach-host' }, restart])]
      unchanged(await first.try(0))
      unchanged(await second.try(0))
      const before = first.lane.bootId
      applied(await first.try(1, { realTime: true }))
      assert.notEqual(first.lane.bootId, before)
      unchanged(await second.try(1))
      assert.equal(second.lane.bootId, first.lane.bootId)
    },
  },
  {
    name: 'reboot-host: a host that is not back within the time is a failure that says so; once it is back, the retry finds it restarted',
    leftOut: ({ restarts, clock }) =>
      restarts !== true ? 'that machine is not restarted' : clock ? 'its own time waits for nobody' : undefined,
    async run(site, { lanes }) {
      const lane = lanes.of([{ kind: 'reach-host' }, { kind: 'reboot-host', timeoutSeconds: 1 }])
      unchanged(await lane.try(0))
      const before = lane.lane.bootId
      // The three seconds between two looks are told and not waited for: no host is back so soon.
      const failure = failedAs(await lane.try(1), 'host', 'restart-not-seen')
      assert.match(failure.message, new RegExp(`^${site.host.name} `))
      let again = await lane.try(1)
      while (again.outcome === 'interrupted' || again.failure?.kind === 'link') again = await lane.try(1)
      unchanged(again)
      assert.notEqual(lane.lane.bootId, before)
    },
  },
]

function await_(
  { address, port }: EndpointUnderTest,
  sha256: string,
  timeoutSeconds = 600,
): Extract<StepWork, { kind: 'await-endpoint' }> {
  return { kind: 'await-endpoint', address, port, expect: { from: 'plan', sha256 }, timeoutSeconds }
}
