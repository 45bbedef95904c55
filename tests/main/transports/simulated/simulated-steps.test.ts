/** Runs the suite of steps over the practice site: its hosts, installers and faults are the model's own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComponentName } from '../../../../domain/base/ids.ts'
import { inspectWorld, installByHand } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { documentVault } from '../../../../main/vault/env-vault.ts'
import type { Ending, ProductUnderTest, SiteUnderSteps } from '../../../suites/steps/site-under-steps.ts'
import { stepsSuite } from '../../../suites/steps-suite.ts'
import { makeWorld, type PracticeWorld } from './practice-world.ts'

// A host for each installer, by how it is to end; nobody has touched it before.
const runners: readonly Ending[] = [
  'done',
  'done',
  'done',
  'done',
  'done',
  'done when told',
  'restart',
  'restarts itself',
  'another at work',
  'fatal',
  'lost',
]
const faults: Partial<Record<Ending, string>> = {
  restart: 'exit-3010',
  'restarts itself': 'exit-1641',
  'another at work': 'exit-1618',
  fatal: 'exit-1603',
  lost: 'reboot-during-install',
}
const codes: Readonly<Record<Ending, number | null>> = {
  done: 0,
  talkative: 0,
  'done when told': 0,
  restart: 3010,
  'restarts itself': 1641,
  'another at work': 1618,
  fatal: 1603,
  lost: null,
}
const nameOf = (number: number) => `RUN${String(number + 1).padStart(3, '0')}`

let world: PracticeWorld | undefined

function open(): SiteUnderSteps {
  const free: (Ending | 'used')[] = [...runners]
  const made = makeWorld(mkdtempSync(join(tmpdir(), 'practice-steps-')), {
    runners: runners.length,
    faults: [
      ...runners.flatMap((ending, i) => (faults[ending] === undefined ? [] : [`${faults[ending]}@${nameOf(i)}`])),
      'disk-full@STU01',
      'service-never-starts@DB01',
    ],
  })
  world = made
  const {
    clock,
    site: { plan, siteFile },
  } = made
  const hub = made.host('HUB01')
  const byHand = (host: string, component: ComponentName) => {
    installByHand(siteFile, host, `practice-${component}-installer`, clock.now())
  }
  byHand('HUB01', 'postgresql')

  async function product(ending: Ending): Promise<ProductUnderTest> {
    const number = free.indexOf(ending)
    const installer = plan.installers.runner
    if (number < 0 || installer?.mode !== 'unattended')
      throw new Error(`no host is left for an installer that is ${ending}`)
    free[number] = 'used'
    const name = nameOf(number)
    return {
      host: made.host(name),
      component: 'runner',
      installer,
      localPath: join(made.dir, installer.artefact.file),
      program: (staged) => staged,
      exitCode: codes[ending],
      byHand: async () => {
        byHand(name, 'runner')
      },
      tell: async () => undefined,
      starts: async () => inspectWorld(siteFile, clock.now()).hosts[name]?.starts['practice-runner-installer'] ?? 0,
    }
  }

  return {
    transports: {
      for: () => made.transport,
      close: async () => {
        made.transport.close()
      },
    },
    vault: documentVault('{}'),
    plan,
    host: hub,
    windows: true,
    workFolder: 'C:\\ProgramData\\ExekraRollout\\steps',
    clock,
    product,
    endpoint: async () => ({
      address: hub.address,
      port: 4545,
      certificate: plan.certificate.strategy === 'operator' ? (plan.certificate.sha256 ?? '') : '',
      start: async () => {
        byHand('HUB01', 'hub')
      },
    }),
    flows: { open: { address: 'HUB01', port: 5432 }, refused: { address: 'HUB01', port: 1 } },
    // A service comes up by itself some seconds after its installer: laid down now, it is not there yet.
    services: async () => {
      byHand('REDIS01', 'redis')
      byHand('DB01', 'postgresql')
      return {
        startable: { host: made.host('REDIS01'), name: 'practice-redis' },
        broken: { host: made.host('DB01'), name: 'practice-postgresql' },
      }
    },
    firewall: true,
    certificates: true,
    signatures: true,
    restarts: true,
    fullDisk: { host: made.host('STU01'), folder: 'C:\\ProgramData\\ExekraRollout\\steps' },
  }
}

stepsSuite({
  name: 'the practice site',
  rung: 'rung 1',
  async open() {
    const site = open()
    await world?.clock.advance(60_000)
    return site
  },
  close: async () => {
    if (world) rmSync(world.dir, { recursive: true, force: true })
  },
})
