/** Rung 3: whole rollouts over ssh to lab hosts; unbroken, and killed again and again. What is on the hosts afterwards is asked of the hosts. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readPlanFile } from '../../main/app/workstation/plan-file.ts'
import { createApp } from '../../main/app/core/app.ts'
import { openStore } from '../../main/store/store.ts'
import { documentVault } from '../../main/vault/env-vault.ts'
import { asPlanned, built, hubCertificate, hubLetsUsIn } from './built.ts'
import type { Life } from './dying-rollout.ts'
import { downLab, labUnavailable, upLab, type LabSite } from './lab.ts'
import { live as liveOn } from './life.ts'
import { hubPassword, writeLabPlan, type LabPlan } from './plan.ts'

const unavailable = labUnavailable()
const lab = unavailable === undefined || process.env['CI'] ? test : test.skip
const why = unavailable === undefined ? '' : ` [needs a lab: ${unavailable}]`
const order = [
  { name: 'HUB01', roles: ['hub'] },
  { name: 'DB01', roles: ['postgres'] },
  { name: 'STUDIO01', roles: ['studio'] },
  { name: 'RUN01', roles: ['runner'] },
  { name: 'RUN02', roles: ['runner'] },
]
// Long enough to be met at work; the Hub's installer asks for a restart, the database's restarts its host by itself.
const switches = {
  hub: ['/EXIT=3010', '/DURATION=3'],
  postgresql: ['/EXIT=1641', '/DURATION=2'],
  studio: ['/DURATION=2'],
  runner: ['DURATION=3'],
}

const folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Story {
  readonly site: LabSite
  readonly plan: LabPlan
  readonly db: string
  readonly runId: string
}

/** Brings a lab up, locks a plan for it and creates the run; takes the lab down again when the work is done. */
async function inLab<T>(name: string, work: (story: Story) => Promise<T>): Promise<T> {
  const dir = join(folder, name)
  const site = await upLab({ dir: join(dir, 'site'), hosts: order })
  try {
    const plan = await writeLabPlan(site, join(dir, 'plan'), { switches })
    const db = join(dir, 'run.db')
    const reading = await readPlanFile(plan.planFile)
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    const app = createApp({ dbFile: db, by: 'test@lab', vault: documentVault('{}') })
    const { runId } = app.createRun(app.lockPlan(reading.plan), reading.baseDir)
    app.close()
    return await work({ site, plan, db, runId })
  } finally {
    await downLab(join(dir, 'site'))
  }
}

const live = ({ plan, db, runId }: Story, death: Pick<Life, 'commits' | 'atInstaller'>) =>
  liveOn(plan.secrets, { db, runId, ...death })

describe('rung 3: a rollout over ssh to lab hosts', () => {
  lab(
    `ends in acceptance: Hub, database, Studio and two Runners are as planned${why}`,
    async () => {
      await inLab('unbroken', async (story) => {
        const end = await live(story, { commits: null, atInstaller: false })
        expect(end, end.said).toMatchObject({ killed: false, outcome: 'accepted' })
        const { site, plan, db, runId } = story
        const hub = site.hosts[0]
        expect(await hubCertificate(site)).toBe(plan.certificateSha256)
        expect(await hubLetsUsIn(site)).toBe(false)
        expect(await built(site, plan.thumbprint)).toEqual(asPlanned)
        // Each Runner's setup connected to the Hub over TLS; the Hub wrote down who called.
        expect(
          (await readFile(join(hub?.driveC ?? '', 'LabState', 'hub-runners.log'), 'utf8')).trim().split('\n').length,
        ).toBeGreaterThanOrEqual(2)
        const store = openStore(db, { readonly: true })
        expect(
          store.runs
            .events(runId)
            .filter((event) => event.type === 'step.succeeded' && event.step.includes('reboot-host:after-hub')),
        ).toHaveLength(1)
        store.close()
        // Restarted by us where 3010 asked for it, and by nobody but the installer where it ended with 1641.
        const boots = await Promise.all(site.hosts.map(async (host) => (await host.booted(1)).boots))
        expect(boots).toEqual([2, 2, 1, 1, 1])
        // The key file's password was the installer's environment, and is in nothing that Rollout wrote on the host or here.
        expect(await readFile(db)).not.toSatisfy((bytes: Buffer) => bytes.includes(hubPassword))
      })
    },
    300_000,
  )

  lab(
    `killed 20 times and more, also while installers run, it comes to the same end and starts no installer twice${why}`,
    async () => {
      await inLab('broken', async (story) => {
        let kills = 0
        let atInstaller = 0
        for (let n = 0; ; n++) {
          const watch = n % 3 === 2
          const end = await live(story, { commits: kills < 40 ? 7 + (n % 5) : null, atInstaller: watch && kills < 40 })
          if (!end.killed) {
            expect(end, end.said).toMatchObject({ outcome: 'accepted' })
            break
          }
          kills++
          if (watch) atInstaller++
        }
        expect(kills).toBeGreaterThanOrEqual(20)
        expect(atInstaller).toBeGreaterThanOrEqual(3)
        expect(await built(story.site, story.plan.thumbprint)).toEqual(asPlanned)
        expect(await hubCertificate(story.site)).toBe(story.plan.certificateSha256)
      })
    },
    400_000,
  )
})
