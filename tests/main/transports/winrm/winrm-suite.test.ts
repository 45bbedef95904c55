import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWinrmTransport } from '../../../../main/transports/winrm/transport.ts'
import { hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { transportSuite } from '../../../suites/transport-suite.ts'
import { fakeEndpoint } from './fake-endpoint.ts'
import { credential, hostAt } from './reach.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollout-winrm-'))
const reason = existsSync(linuxPowerShell) ? undefined : hostUnavailable()

transportSuite({
  name: 'winrm to a fake endpoint in this process, with PowerShell for Linux behind it',
  rung: 'no rung',
  ...(reason !== undefined && { unavailable: reason }),
  async open() {
    const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
    const transport = createWinrmTransport({ connect: () => endpoint.open })
    const reopen = () => {
      endpoint.cut(false)
      return transport.open(hostAt(), credential, new AbortController().signal)
    }
    return {
      session: await reopen(),
      workFolder: join(folder, 'Exekra Röllout'),
      windows: false,
      powershell: linuxPowerShell,
      reopen,
      breakLink: () => {
        endpoint.cut(true)
        return Promise.resolve()
      },
    }
  },
  close: () => {
    rmSync(folder, { recursive: true, force: true })
    return Promise.resolve()
  },
})
