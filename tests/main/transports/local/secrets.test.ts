/** A secret on its way to a program is in no command line of this machine. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Host } from '../../../../domain/plan/host.ts'
import { localTransport } from '../../../../main/transports/local/transport.ts'
import { ask } from '../../../suites/transport/host-under-test.ts'
import { follow, jobOf, texts } from '../../../suites/transport/job-programs.ts'
import { labPowerShell } from './lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const missing =
  unavailable ??
  (process.platform === 'linux'
    ? undefined
    : 'command lines of other processes are read from /proc, which only Linux has')

test.skipIf(missing !== undefined)(
  `rung 3: a secret is in no command line and no file while its program runs${missing === undefined ? '' : ` (not run: ${missing})`}`,
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollout-secret-'))
    const here = Host.parse({ name: 'here', address: 'localhost', reach: { kind: 'local' }, workFolder: folder })
    const session = await localTransport({ executable }).open(here, undefined, new AbortController().signal)
    try {
      const host = {
        session,
        workFolder: folder,
        windows: false,
        powershell: executable,
        reopen: () => Promise.reject(new Error('not used')),
      }
      const secret = 'canary-c0ffee-4711'
      const job = jobOf(
        host,
        `[Console]::Out.WriteLine($env:ROLLOUT_SECRET.Length); while (-not [IO.File]::Exists('${join(folder, 'go on')}')) { Start-Sleep -Milliseconds 50 }`,
        { environment: { ROLLOUT_SECRET: secret }, timeoutSeconds: 30 },
      )
      await ask(session, 'Start-HostJob', job.params)
      await follow(session, job, (seen) => texts(seen, 'output').length > 0)
      const lines = await Promise.all(
        (await readdir('/proc'))
          .filter((name) => /^\d+$/.test(name))
          .map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')),
      )
      // The program's own command line is there to be found, so the search would have seen a secret.
      expect(lines.some((line) => line.includes('ROLLOUT_SECRET.Length'))).toBe(true)
      expect(
        lines.filter(
          (line) => line.includes(secret) || line.includes(Buffer.from(secret).toString('base64').slice(0, 20)),
        ),
      ).toEqual([])
      for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (file.isFile())
          expect(await readFile(join(file.parentPath, file.name), 'latin1'), file.name).not.toContain(secret)
      }
      await ask(session, 'Start-HostJob', {
        ...jobOf(host, `[IO.File]::WriteAllText('${join(folder, 'go on')}', '')`).params,
      })
      expect((await follow(session, job)).last.exitCode).toBe(0)
    } finally {
      await session.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
