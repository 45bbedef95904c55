/** Benchmark of a resident PowerShell: scripts per second over one session, against one process per script. */
import { existsSync } from 'node:fs'
import type { Host } from '../../domain/plan/host.ts'
import { localTransport } from '../../main/transports/local/transport.ts'
import { linuxPowerShell } from '../lab/build.ts'

const executable = process.env['ROLLOUT_POWERSHELL'] ?? linuxPowerShell
const here: Host = { name: 'here', address: '127.0.0.1', reach: { kind: 'local' }, workFolder: '/tmp' }

async function secondsEach(mode: 'resident' | 'process', scripts: number): Promise<number> {
  const signal = AbortSignal.timeout(300_000)
  const session = await localTransport({ executable, mode }).open(here, undefined, signal)
  try {
    await session.run('Get-BootId', {}, { signal })
    const start = performance.now()
    for (let n = 0; n < scripts; n++)
      await session.run('Get-FileState', { Path: '/etc/hostname', Hash: true, Signature: false }, { signal })
    return (performance.now() - start) / scripts
  } finally {
    await session.close()
  }
}

if (existsSync(executable)) {
  const resident = await secondsEach('resident', 200)
  const process = await secondsEach('process', 10)
  console.log(`one resident PowerShell: ${resident.toFixed(0)} ms a script, ${(1000 / resident).toFixed(0)} a second`)
  console.log(
    `one process a script:    ${process.toFixed(0)} ms a script; the resident is ${(process / resident).toFixed(0)} times as fast (goal: 10)`,
  )
} else console.log(`resident against one process each: not run, there is no PowerShell at ${executable}`)
