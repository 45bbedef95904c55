/** What a WinRM session asks of the shell it works in. */
import { expect, test } from 'vitest'
import { slotsFor } from '../../../../main/transports/shared/slots.ts'
import { standardLimits } from '../../../../main/transports/winrm/limits.ts'
import { winrsShell } from '../../../../main/transports/winrm/remote-shell.ts'
import type { WsmvClient } from '../../../../main/transports/winrm/wsmv/client.ts'
import type { ShellOptions } from '../../../../main/transports/winrm/wsmv/operations.ts'

test('no rung: the profile of the account is loaded, so that an installer finds what it finds over SSH', async () => {
  const created: ShellOptions[] = []
  const unused = () => Promise.reject(new Error('not used'))
  const client: WsmvClient = {
    identify: unused,
    limits: unused,
    create: (options) => {
      created.push(options)
      return Promise.resolve('shell')
    },
    command: () => Promise.resolve('command'),
    receive: unused,
    send: unused,
    signal: unused,
    delete: () => Promise.resolve(),
    payloadBytes: () => 1,
    repeats: () => 0,
    addresses: () => undefined,
    close: () => undefined,
  }
  const shell = winrsShell({
    peer: { name: 'H1', address: '10.0.0.1', port: 5986 },
    client,
    slots: slotsFor(1),
    limits: standardLimits,
    sleep: () => Promise.resolve(),
  })
  await shell.start({ program: 'powershell.exe', arguments: [], skipCmdShell: false }, new AbortController().signal)
  await shell.close()
  expect(created).toMatchObject([{ noProfile: false }])
})
