/** What becomes of a job when its disk is full, or its output cannot be followed: its result is never lost. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import type { RunOptions, Session } from '../../../../main/engine/ports.ts'
import { startPowerShell } from '../../../../main/transports/local/powershell-process.ts'
import { ResidentPowerShell } from '../../../../main/transports/powershell/resident-powershell.ts'
import { loadScripts, type Scripts } from '../../../../main/transports/powershell/scripts.ts'
import { follow, jobOf, texts } from '../../../suites/transport/job-programs.ts'
import { labPowerShell } from './lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const options: RunOptions = { signal: new AbortController().signal, timeoutMs: 60_000 }
const long = 'x'.repeat(1_000)

/** A host whose work folder is that folder; scripts are the product's own unless given. */
function hostIn(folder: string, scripts?: Scripts) {
  const powershell = new ResidentPowerShell({
    open: () => startPowerShell(executable),
    mode: 'resident',
    ...(scripts === undefined ? {} : { scripts }),
  })
  const session: Session = {
    run: (verb, params) => powershell.run(verb, params, options),
    put: () => Promise.reject(new Error('not used')),
    get: () => Promise.reject(new Error('not used')),
    close: () => powershell.close(),
  }
  return {
    session,
    workFolder: folder,
    windows: false,
    powershell: executable,
    reopen: () => Promise.reject(new Error('not used')),
  }
}

const small = mkdtempSync(join(tmpdir(), 'rollout-small-'))
const noDisk = ((): string | undefined => {
  if (unavailable !== undefined) return unavailable
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small], { stdio: 'ignore' })
    execFileSync('umount', [small], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'a small disk may not be mounted here'
  }
})()

describe.skipIf(noDisk !== undefined)(
  `rung 3: a job on a disk that gets full${noDisk === undefined ? '' : ` (not run: ${noDisk})`}`,
  { timeout: 60_000 },
  () => {
    beforeAll(() => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small])
    })
    afterAll(() => {
      execFileSync('umount', ['--lazy', small])
      rmSync(small, { recursive: true })
    })

    function fill(): string {
      const { bavail, bsize } = statfsSync(small)
      const path = join(small, 'fill')
      writeFileSync(path, Buffer.alloc(bavail * bsize))
      return path
    }

    test('starts nothing and leaves nothing where there is no room for its files; the ticket may be used again', async () => {
      const host = hostIn(small)
      const job = jobOf(host, `exit 3`)
      mkdirSync(job.folder)
      const filled = fill()
      const error = await host.session.run('Start-HostJob', job.params, options).catch((thrown: unknown) => thrown)
      expect(error instanceof FailureError && error.failure.code).toBe('disk-full')
      expect(readdirSync(job.folder)).toEqual([])
      rmSync(filled)
      await host.session.run('Start-HostJob', job.params, options)
      expect((await follow(host.session, job)).last).toMatchObject({ state: 'ended', exitCode: 3, journalLost: null })
      await host.session.close()
    })

    test('follows the program to its end and keeps its exit code, though its output does not fit', async () => {
      const host = hostIn(small)
      const job = jobOf(host, `for ($i = 0; $i -lt 1000; $i++) { [Console]::Out.WriteLine('${long}') }; exit 5`)
      await host.session.run('Start-HostJob', job.params, options)
      const seen = await follow(host.session, job)
      expect(seen.last).toMatchObject({ state: 'ended', exitCode: 5, error: null })
      expect(seen.last.journalLost).toMatch(/space/i)
      expect(texts(seen, 'output').every((line) => line === long)).toBe(true)
      await host.session.close()
    })

    test('says in the journal where lines are missing, once there is room again', async () => {
      rmSync(join(small, 'jobs'), { recursive: true })
      const host = hostIn(small)
      const path = join(small, 'filled by the program')
      const job = jobOf(
        host,
        `[Console]::Out.WriteLine('before'); ` +
          // The first line must be in the journal before the disk is full.
          `while (-not [IO.File]::ReadAllText([IO.Directory]::GetFiles('${join(small, 'jobs')}', 'journal.jsonl', 'AllDirectories')[0]).Contains('before')) { Start-Sleep -Milliseconds 20 }; ` +
          `$f = [IO.File]::OpenWrite('${path}'); $b = New-Object byte[] 1024; try { while ($true) { $f.Write($b, 0, 1024); $f.Flush() } } catch { } ` +
          // More than a pipe holds: once all is written, the worker has met the full disk.
          `for ($i = 0; $i -lt 1000; $i++) { [Console]::Out.WriteLine('${long}') }; ` +
          `try { $f.Dispose() } catch { }; [IO.File]::Delete('${path}'); [Console]::Out.WriteLine('after'); exit 0`,
      )
      await host.session.run('Start-HostJob', job.params, options)
      const seen = await follow(host.session, job)
      expect(seen.last).toMatchObject({ state: 'ended', exitCode: 0 })
      expect(texts(seen, 'output').at(0)).toBe('before')
      expect(texts(seen, 'output').at(-1)).toBe('after')
      expect(texts(seen, 'error').join()).toMatch(/Lines are missing here: .*space/i)
      await host.session.close()
    })
  },
)

describe.skipIf(unavailable !== undefined)(
  `rung 3: a job whose output cannot be followed${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-lost-output-'))
    afterAll(() => {
      rmSync(folder, { recursive: true })
    })

    test.each([
      ['its exit code', `exit 5`, {}, { exitCode: 5, error: null }],
      [
        'that its time was over',
        `Start-Sleep -Seconds 60`,
        { timeoutSeconds: 3 },
        { exitCode: null, error: expect.stringContaining('time limit of 3 seconds') as string },
      ],
    ])('has %s all the same: the program is waited for', async (_name, end, extra, expected) => {
      const known = loadScripts()
      const host = hostIn(folder, {
        module: `${known.module}\nfunction ConvertTo-JournalLine { param($Kind, $Text) if ($Kind -eq 'output') { throw 'cannot be followed' }; '{"at":"2026-12-01T00:00:00Z","kind":"' + $Kind + '","text":""}' + [string][char]10 }`,
        worker: known.worker,
        resident: known.resident,
        verb: (verb) => known.verb(verb),
      })
      const job = jobOf(host, `for ($i = 0; $i -lt 1000; $i++) { [Console]::Out.WriteLine('${long}') }; ${end}`, extra)
      await host.session.run('Start-HostJob', job.params, options)
      const { last } = await follow(host.session, job)
      expect(last).toMatchObject({ state: 'ended', journalLost: 'cannot be followed', ...expected })
      await host.session.close()
    })
  },
)
