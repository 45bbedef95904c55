import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createSshTransport } from '../../../../main/transports/ssh/transport.ts'
import { buildHost, hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { transportSuite } from '../../../suites/transport-suite.ts'
import { hostAt, memoryTrust, patient } from './reach.ts'
import { skipWithoutSshd, startSshd, type Sshd } from './sshd.ts'

// The lab's own engine, or the PowerShell that is to stand in for it (tests/lab).
const powershell = process.env['ROLLOUT_LAB_POWERSHELL'] ?? linuxPowerShell
let sshd: Sshd

transportSuite({
  name: 'ssh to a real OpenSSH server, with the real PowerShell engine behind it',
  rung: 'rung 2',
  ...unavailable(),
  async open() {
    if (powershell === linuxPowerShell) await buildHost(['linux'])
    sshd = await startSshd({ path: [dirname(powershell)] })
    const transport = createSshTransport({ trust: memoryTrust(), powershell: basename(powershell) })
    const reopen = () =>
      transport.open(hostAt(sshd.port), { kind: 'key', user: sshd.user, privateKey: sshd.privateKey }, patient())
    return {
      session: await reopen(),
      workFolder: join(sshd.folder, 'Exekra Röllout'),
      windows: false,
      powershell,
      reopen,
      breakLink: () => {
        sshd.cut()
        return Promise.resolve()
      },
    }
  },
  close: () => sshd.stop(),
})

function unavailable(): { readonly unavailable?: string } {
  if (skipWithoutSshd) return { unavailable: 'no OpenSSH server here; install openssh-server' }
  const reason = existsSync(powershell) ? undefined : hostUnavailable()
  return reason === undefined ? {} : { unavailable: reason }
}
