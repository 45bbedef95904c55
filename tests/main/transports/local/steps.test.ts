/** Runs the suite of steps over this machine's PowerShell, or the lab's where there is none. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Host } from '../../../../domain/plan/host.ts'
import { localTransport } from '../../../../main/transports/local/transport.ts'
import { engineSite, serviceOn } from '../../../suites/steps/engine-site.ts'
import { stepsSuite } from '../../../suites/steps-suite.ts'
import { labPowerShell, recordWindows } from './lab-powershell.ts'

const host = Host.parse({ name: 'here', address: 'localhost', reach: { kind: 'local' } })
const { executable, unavailable } = labPowerShell()
// A PowerShell that somebody named is not the lab's, and has no recorded Windows.
const recorded = process.env['ROLLOUT_POWERSHELL'] === undefined
let end: () => Promise<void> = async () => undefined

stepsSuite({
  name: 'local',
  rung: 'rung 3 (PowerShell for Linux over recorded state)',
  ...(unavailable === undefined ? {} : { unavailable }),
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'rollout steps '))
    const windows = recorded
      ? { firewall: true, services: serviceOn(host, (await recordWindows(join(folder, 'state'))).service) }
      : {}
    const site = await engineSite({
      host,
      transport: localTransport({ executable }),
      powershell: executable,
      windows: false,
      signatures: true,
      workFolder: join(folder, 'Exekra Röllout'),
      ...windows,
    })
    end = () => rm(folder, { recursive: true, force: true })
    return site
  },
  close: () => end(),
})
