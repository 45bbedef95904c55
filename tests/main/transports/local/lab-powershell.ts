/** Chooses the PowerShell for the tests of this folder: the one that is named, else the lab's if it is built. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linuxPowerShell } from '../../../lab/build.ts'

/** `unavailable` says why there is none. */
export function labPowerShell(): { executable: string; unavailable?: string } {
  const executable = process.env['ROLLOUT_POWERSHELL'] ?? linuxPowerShell
  return existsSync(executable)
    ? { executable }
    : { executable, unavailable: "there is no PowerShell; node tests/lab/build.ts builds the lab's" }
}

/**
 * Lets the lab's PowerShell answer as a Windows host does: a start, and one service that is stopped, recorded in that folder. Every PowerShell
 * that this process starts from now on uses it; a PowerShell that is not the lab's takes no notice.
 */
export async function recordWindows(folder: string): Promise<{ service: string }> {
  const service = 'exekra suite'
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'host.json'), JSON.stringify({ name: 'RECORDED', bootTime: '2026-11-20T10:00:00Z' }))
  await writeFile(
    join(folder, 'services.json'),
    JSON.stringify({ [service]: { displayName: 'Suite', status: 'Stopped', startType: 'Manual', command: '' } }),
  )
  process.env['ROLLOUT_LAB_STATE'] = folder
  return { service }
}
