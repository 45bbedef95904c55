import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createSshTransport } from '../../../../main/transports/ssh/transport.ts'
import { buildHost, hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { transportSuite } from '../../../suites/transport-suite.ts'
import { mountSmallDisk, smallDiskUnavailable } from '../../../suites/transport/small-disk.ts'
import { hostAt, memoryTrust, patient } from './reach.ts'
import { skipWithoutSshd, startSshd, type Sshd } from './sshd.ts'

let sshd: Sshd
let disk: ReturnType<typeof mountSmallDisk> | undefined

transportSuite({
  name: 'ssh to a real OpenSSH server, with PowerShell for Linux behind it',
  rung: 'rung 2',
  ...unavailable(),
  async open() {
    await buildHost(['linux'])
    sshd = await startSshd({ path: [dirname(linuxPowerShell)] })
    const transport = createSshTransport({ trust: memoryTrust(), powershell: basename(linuxPowerShell) })
    if (smallDiskUnavailable() === undefined) disk = mountSmallDisk(join(sshd.folder, 'small disk'), 40_000_000)
    const reopen = () =>
      transport.open(hostAt(sshd.port), { kind: 'key', user: sshd.user, privateKey: sshd.privateKey }, patient())
    return {
      session: await reopen(),
      workFolder: join(sshd.folder, 'Exekra Röllout'),
      windows: false,
      powershell: linuxPowerShell,
      reopen,
      ...(disk === undefined ? {} : { smallDisk: disk }),
      breakLink: () => {
        sshd.cut()
        return Promise.resolve()
      },
    }
  },
  async close() {
    disk?.unmount()
    await sshd.stop()
  },
})

function unavailable(): { readonly unavailable?: string } {
  if (skipWithoutSshd) return { unavailable: 'no OpenSSH server here; install openssh-server' }
  const reason = existsSync(linuxPowerShell) ? undefined : hostUnavailable()
  return reason === undefined ? {} : { unavailable: reason }
}
