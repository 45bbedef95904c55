/** Owns which PowerShell the tests of this folder use: the one that is named, else the lab's engine if it has been built. */
import { existsSync } from 'node:fs'

/** `unavailable` says why there is none. */
export function labPowerShell(): { executable: string; unavailable?: string } {
  const built = new URL('../../../lab/.build/linux/powershell', import.meta.url).pathname
  const executable = process.env['ROLLOUT_POWERSHELL'] ?? built
  return existsSync(executable) ? { executable } : { executable, unavailable: 'there is no PowerShell; node tests/lab/build.ts builds the lab\'s' }
}
