/** Runs the transport suite over the local transport: this machine's PowerShell, or the lab's. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import { Host } from '../../../../domain/plan/host.ts'
import { localTransport } from '../../../../main/transports/local/transport.ts'
import type { PowerShellMode } from '../../../../main/transports/powershell/resident-powershell.ts'
import { transportSuite } from '../../../suites/transport-suite.ts'
import { mountSmallDisk, smallDiskUnavailable } from '../../../suites/transport/small-disk.ts'
import { labPowerShell, recordWindows } from './lab-powershell.ts'

const here = Host.parse({ name: 'here', address: 'localhost', reach: { kind: 'local' }, workFolder: '/tmp/unused' })
const signal = new AbortController().signal
const { executable, unavailable } = labPowerShell()
// A PowerShell that somebody named is not the lab's, and has no recorded Windows.
const recorded = process.env['ROLLOUT_POWERSHELL'] === undefined

function suiteIn(mode: PowerShellMode): void {
  let folder = ''
  let disk: ReturnType<typeof mountSmallDisk> | undefined
  const transport = localTransport({ executable, mode })
  transportSuite({
    name: `local, ${mode === 'resident' ? 'one PowerShell kept' : 'one PowerShell a script'}`,
    rung: 'rung 3 (PowerShell for Linux over recorded state)',
    // Jobs are the same scripts either way, and a process for each of their many questions is slow.
    ...(mode === 'process' ? { parts: ['only looking', 'files and folders', 'changes'] as const } : {}),
    ...(unavailable === undefined ? {} : { unavailable }),
    async open() {
      folder = await mkdtemp(join(tmpdir(), 'rollout local '))
      if (smallDiskUnavailable() === undefined) disk = mountSmallDisk(join(folder, 'small disk'), 40_000_000)
      const windows = recorded ? { firewall: true, ...(await recordWindows(join(folder, 'state'))) } : {}
      return {
        session: await transport.open(here, undefined, signal),
        workFolder: join(folder, 'work folder'),
        windows: false,
        powershell: executable,
        ...windows,
        ...(disk === undefined ? {} : { smallDisk: disk }),
        reopen: () => transport.open(here, undefined, signal),
      }
    },
    async close() {
      disk?.unmount()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

suiteIn('resident')
suiteIn('process')

describe('rung 3: local, a machine without PowerShell', () => {
  test('says what is missing and what to do', async () => {
    const failure = await localTransport({ executable: '/no/such/pwsh' })
      .open(here, undefined, signal)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FailureError)
    expect((failure as FailureError).failure).toMatchObject({ kind: 'host', code: 'no-powershell' })
    expect((failure as FailureError).failure.hint).toContain('ROLLOUT_POWERSHELL')
  })
})
