/** Rung 3: the Pester tests of resources/powershell in the complete PowerShell of a lab host. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { declarePester, pesterArguments, pesterResult, pesterTests, type PesterFile } from '../powershell/pester.ts'
import { pesterFolder } from './build.ts'
import { type LabHost, downLab, labUnavailable, upLab } from './lab.ts'
import { hostTool, runInPrefix } from './wine.ts'

const unavailable = labUnavailable()
if (unavailable === undefined || process.env['CI'])
  describe('rung 3: Pester on Wine', async () => {
    declarePester(await onLabHost(runPester))
  })
else test.skip(`rung 3: Pester on Wine (skipped: ${unavailable})`)

async function onLabHost<T>(use: (host: LabHost) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
  try {
    const site = await upLab({ dir: join(folder, 'site'), hosts: [{ name: 'PESTER01', roles: ['runner'] }] })
    return await use(site.hosts[0]!)
  } finally {
    await downLab(join(folder, 'site'))
    await rm(folder, { recursive: true, force: true })
  }
}

/** Copies what is needed onto the host, in the places that it has to each other here, and runs it as a session of the host. */
async function runPester(host: LabHost): Promise<readonly PesterFile[]> {
  const root = join(host.driveC, 'Pester')
  const resources = join(import.meta.dirname, '..', '..', 'resources', 'powershell')
  await cp(pesterFolder, join(root, 'module'), { recursive: true })
  await cp(pesterTests, join(root, 'tests', 'powershell'), { recursive: true })
  await cp(resources, join(root, 'resources', 'powershell'), { recursive: true })
  const words = pesterArguments('C:\\Pester\\module', 'C:\\Pester\\tests\\powershell', 'C:\\Pester\\result.json')
  const ran = await runInPrefix(host, [hostTool, '--session'], {
    env: { ROLLOUT_LAB_COMMAND: `powershell.exe ${words.join(' ')}` },
    timeoutMs: 300_000,
  })
  return pesterResult(join(root, 'result.json'), ran)
}
