/** Parts of the suite about installation: run-installer with every ending, and by-hand. */
import assert from 'node:assert/strict'
import { joinHostPath } from '../../../domain/base/host-path.ts'
import type { StepWork } from '../../../domain/graph/step.ts'
import { applied, failedAs, onlyLooked, unchanged } from './expected.ts'
import type { LaneUnderTest, Tried } from './lane-under-test.ts'
import {
  below,
  type Ending,
  type ProductUnderTest,
  type SiteUnderSteps,
  type StepHelp,
  type StepPart,
} from './site-under-steps.ts'

export const installerParts: readonly StepPart[] = [
  {
    name: 'run-installer: 0 is done; the product is seen, the output is kept, and nobody runs it again',
    async run(site, help) {
      const { product, lane } = await staged(site, help, 'done')
      const done = await untilSettled(lane)
      applied(done)
      assert.ok(!done.rebootWanted)
      assert.notEqual(done.output, '')
      assert.match(done.evidence, /ended with 0: done/)
      // Another run of the plan: the product is there, and is left alone.
      unchanged(await help.lanes.once(work(site, product), { host: product.host }))
      assert.equal(await product.starts(), 1)
    },
  },
  ...(['restart', 'restarts itself'] as const).map((ending): StepPart => ({
    name: `run-installer: ${ending === 'restart' ? '3010 is done and wants a restart' : '1641 is done, and the installer restarts the host'}`,
    async run(site, help) {
      const { product, lane } = await staged(site, help, ending)
      const done = await untilSettled(lane)
      assert.deepEqual([done.outcome, done.rebootWanted], ['succeeded', true], JSON.stringify(done.events))
      assert.match(done.evidence, new RegExp(`ended with ${product.exitCode}: done`))
      assert.equal(await product.starts(), 1)
    },
  })),
  {
    name: 'run-installer: 1618 did nothing and is tried again by itself, as a job of its own',
    async run(site, help) {
      const { product, lane } = await staged(site, help, 'another at work')
      const busy = failedAs(await untilSettled(lane), 'installer', `exit-${product.exitCode}`, 'backoff')
      assert.ok(busy.evidence.some((line) => line.startsWith('job ')))
      failedAs(await untilSettled(lane), 'installer', `exit-${product.exitCode}`, 'backoff')
      assert.equal(await product.starts(), 2)
    },
  },
  {
    name: 'run-installer: 1603 is a failure for a person, with the exit code and the output',
    async run(site, help) {
      const { product, lane } = await staged(site, help, 'fatal')
      const tried = await untilSettled(lane)
      const failure = failedAs(tried, 'installer', `exit-${product.exitCode}`)
      assert.deepEqual(failure.evidence[0], `exit code ${product.exitCode}`)
      assert.notEqual(tried.output, '')
      assert.equal(await product.starts(), 1)
    },
  },
  {
    name: 'run-installer: what it writes does not fit on the disk; it is followed to its end all the same, and the gap is said',
    leftOut: ({ fullDisk }) => (fullDisk?.room ? undefined : 'no disk there may be filled and freed again'),
    async run(site, help) {
      const { fullDisk } = site
      assert.ok(fullDisk?.room)
      const { product } = await staged(site, help, 'talkative')
      const jobFolder = joinHostPath(fullDisk.folder, 'jobs')
      const lane = help.lanes.of([{ ...work(site, product), jobFolder }], product.host)
      fullDisk.room.fill(512 * 1024)
      try {
        const done = await lane.try(0)
        applied(done)
        assert.match(done.evidence, /ended with 0: done/)
        assert.match(done.evidence, /Some lines of its output were not recorded: .*(space|disk full)/i)
        assert.equal(await product.starts(), 1)
      } finally {
        fullDisk.room.free()
      }
    },
  },
  {
    name: 'run-installer: one that was ended from outside leaves nobody sure, and is not run again by itself',
    async run(site, help) {
      const { product, lane } = await staged(site, help, 'lost')
      const lost = failedAs(await untilSettled(lane), 'uncertain', 'installer-lost')
      assert.match(lost.hint, /Check the host/)
      assert.equal(await product.starts(), 1)
    },
  },
  {
    name: 'run-installer: when we stop looking it goes on, and is found again, not started twice',
    async run(site, help) {
      const { product, lane } = await staged(site, help, 'done when told')
      const stop = new AbortController()
      const stopped = await lane.try(1, {
        signal: stop.signal,
        onWait: () => {
          stop.abort()
        },
      })
      assert.deepEqual([stopped.outcome, stopped.saw], ['interrupted', ['absent']], JSON.stringify(stopped.events))
      const found = await lane.try(1, { onWait: (number) => (number === 1 ? product.tell() : undefined) })
      applied(found, 'partial')
      assert.match(found.evidence, /is (starting|running) on/)
      assert.equal(await product.starts(), 1)
    },
  },
  {
    name: 'run-installer: a product that is there by half is for a person; no installer runs over it',
    async run(site, help) {
      const product = await site.product('done')
      await product.byHand()
      const half = { ...product.installer, detect: { ...product.installer.detect, service: 'exekra-rollout-none' } }
      const tried = await help.lanes.once({ ...work(site, product), installer: half }, { host: product.host })
      failedAs(tried, 'uncertain', 'found-partial')
      onlyLooked(tried)
      assert.equal(await product.starts(), 0)
    },
  },
  {
    name: 'by-hand: gives the instructions, believes nobody, and passes once it sees the product',
    async run(site, help) {
      const product = await site.product('done')
      const byHand: StepWork = {
        kind: 'by-hand',
        component: product.component,
        installer: {
          mode: 'by-hand',
          instructions: ['Run the setup.', 'Sign in.'],
          detect: product.installer.detect,
          services: [],
        },
      }
      const lane = help.lanes.of([byHand], product.host)
      assert.deepEqual(failedAs(await lane.try(), 'by-hand', 'by-hand').evidence, ['1. Run the setup.', '2. Sign in.'])
      const early = await lane.try(0, { mode: 'prove' })
      assert.ok(failedAs(early, 'by-hand', 'not-proved').evidence.includes('Run the setup.'))
      onlyLooked(early)
      await product.byHand()
      unchanged(await lane.try(0, { mode: 'prove' }))
      unchanged(await help.lanes.once(byHand, { host: product.host }))
    },
  },
]

function stagedPath(site: SiteUnderSteps, { installer }: ProductUnderTest): string {
  return below(site, 'media', installer.artefact.file.split('/').at(-1) ?? '')
}

function work(site: SiteUnderSteps, product: ProductUnderTest): Extract<StepWork, { kind: 'run-installer' }> {
  const path = stagedPath(site, product)
  return {
    kind: 'run-installer',
    component: product.component,
    installer: product.installer,
    remotePath: product.program(path),
    mediaFolder: below(site, 'media'),
    jobFolder: below(site, 'jobs'),
  }
}

/** An installer on its host, staged by the step that does so; the lane's second step runs it. */
async function staged(
  site: SiteUnderSteps,
  help: StepHelp,
  ending: Ending,
): Promise<{ product: ProductUnderTest; lane: LaneUnderTest }> {
  const product = await site.product(ending)
  const lane = help.lanes.of(
    [
      {
        kind: 'stage-artefact',
        artefact: { ...product.installer.artefact, file: product.localPath },
        remotePath: stagedPath(site, product),
      },
      work(site, product),
    ],
    product.host,
  )
  applied(await lane.try(0))
  return { product, lane }
}

/** The installer's step, tried for as long as the link breaks over it: a host that restarts itself takes it along. */
async function untilSettled(lane: LaneUnderTest): Promise<Tried> {
  for (;;) {
    const tried = await lane.try(1)
    if (tried.outcome !== 'interrupted') return tried
  }
}
