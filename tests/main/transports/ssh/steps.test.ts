/** Runs the suite of steps over ssh to a real OpenSSH server, with PowerShell for Linux behind it. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createSshTransport } from '../../../../main/transports/ssh/transport.ts'
import { buildHost, hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { engineSite, serviceOn } from '../../../suites/steps/engine-site.ts'
import { stepsSuite } from '../../../suites/steps-suite.ts'
import { recordWindows } from '../local/lab-powershell.ts'
import { hostAt, memoryTrust } from './reach.ts'
import { skipWithoutSshd, startSshd } from './sshd.ts'

let end: () => Promise<void> = async () => undefined

stepsSuite({
  name: 'ssh to a real OpenSSH server',
  rung: 'rung 2',
  ...unavailable(),
  async open() {
    await buildHost(['linux'])
    // sshd takes no blank in a value: the folder of the record has none.
    const state = await mkdtemp(join(tmpdir(), 'rollout-steps-'))
    const sshd = await startSshd({
      path: [dirname(linuxPowerShell)],
      environment: { ROLLOUT_LAB_STATE: state },
    })
    const host = { ...hostAt(sshd.port), workFolder: sshd.folder }
    const site = await engineSite({
      host,
      transport: createSshTransport({ trust: memoryTrust(), powershell: basename(linuxPowerShell) }),
      credential: { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
      firewall: true,
      signatures: true,
      services: serviceOn(host, (await recordWindows(state)).service),
      powershell: linuxPowerShell,
      windows: false,
      workFolder: join(sshd.folder, 'Exekra Röllout'),
      breakLink: async () => {
        sshd.cut()
      },
    })
    end = async () => {
      await sshd.stop()
      await rm(state, { recursive: true, force: true })
    }
    return site
  },
  close: () => end(),
})

function unavailable(): { readonly unavailable?: string } {
  if (skipWithoutSshd) return { unavailable: 'no OpenSSH server here; install openssh-server' }
  const reason = existsSync(linuxPowerShell) ? undefined : hostUnavailable()
  return reason === undefined ? {} : { unavailable: reason }
}
