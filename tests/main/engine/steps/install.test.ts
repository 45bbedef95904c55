/** Installers that run as jobs on a host: started once, found again, followed to their end, and judged by it. */
import { describe, expect, test } from 'vitest'
import { failed } from '../../../../domain/base/failure.ts'
import type { StepWork } from '../../../../domain/graph/step.ts'
import type { VerbParams, VerbResult } from '../../../../domain/remote/verb.ts'
import type { Vault } from '../../../../main/engine/ports.ts'
import { lanesOn, scriptedHost, type Answers } from '../../../builders/scripted-host.ts'

type Job = VerbResult<'Read-HostJob'>
const none: Job = { state: 'absent', journal: '', offset: 0, exitCode: null, error: null, bootId: null }
const running: Job = { ...none, state: 'running', bootId: 'boot-1' }
const ended = (exitCode: number): Job => ({ ...running, state: 'ended', exitCode })

const work: StepWork = {
  kind: 'run-installer',
  component: 'runner',
  installer: {
    mode: 'unattended',
    artefact: { file: 'media/runner.exe', sha256: 'e'.repeat(64) },
    extra: [],
    arguments: ['/S', '/log={media}\\{host}.log'],
    environment: { SITE: { text: 'of {host}' }, TOKEN: { secret: 'token' } },
    services: [],
    timeoutMinutes: 5,
    exitCodes: { success: [0], reboot: [3010], rebooting: [1641], retry: [1618] },
    detect: { file: 'C:\\Runner\\runner.exe' },
  },
  remotePath: 'C:\\Work\\media\\runner.exe',
  mediaFolder: 'C:\\Work\\media',
  jobFolder: 'C:\\Work\\jobs',
}

/**
 * A host with jobs by the number of their ticket. `starts` says what becomes of a job that is started there, and may
 * throw; `reads` is called before each look at a journal.
 */
function withJobs({
  starts = () => ended(0),
  reads = () => undefined,
  installed = () => true,
}: {
  starts?: (number: string) => Job
  reads?: (number: string) => void
  installed?: () => boolean
} = {}) {
  const jobs = new Map<string, Job>()
  const started: VerbParams<'Start-HostJob'>[] = []
  const secrets: string[] = []
  const numberOf = (ticket: string) => ticket.slice(ticket.lastIndexOf('-') + 1)
  const answers: Answers = {
    'Read-HostJob': ({ Ticket, MaxBytes, Offset }) => {
      if (MaxBytes > 1) reads(numberOf(Ticket))
      const job = jobs.get(numberOf(Ticket)) ?? none
      const journal = MaxBytes > 1 && Offset === 0 ? job.journal : ''
      return { ...job, journal, offset: journal === '' ? Offset : journal.length }
    },
    'Start-HostJob': (params) => {
      started.push(params)
      jobs.set(numberOf(params.Ticket), starts(numberOf(params.Ticket)))
      return { started: true, alreadyStarted: false }
    },
    'Get-ProductState': () => ({
      uninstall: null,
      file: { path: 'C:\\Runner\\runner.exe', exists: started.length + jobs.size > 0 && installed(), version: null },
      service: null,
    }),
  }
  const vault: Vault = {
    credential: () => Promise.reject(new Error('not asked for')),
    secret: (ref) => {
      secrets.push(ref)
      return Promise.resolve('canary-token')
    },
  }
  const host = scriptedHost(answers)
  const lanes = lanesOn(host, vault)
  return { host, lanes, lane: lanes.of([work]), jobs, started, secrets }
}

test('an installer is started once, with its time limit, arguments and environment filled in', async () => {
  const { lane, started } = withJobs()
  const { events, ...tried } = await lane.try()
  expect(tried).toMatchObject({ outcome: 'succeeded', changed: true, rebootWanted: false })
  // The log names the job before it is started, so that whoever reads it finds the job again.
  const ticket = 'steps-HUB01-1-prerequisites-runner-1'
  expect(events.find((event) => event.type === 'step.applying')).toMatchObject({ ticket })
  expect(started.map(({ Ticket }) => Ticket)).toEqual([ticket])
  expect(events.at(-1)).toMatchObject({ type: 'step.succeeded', exitCode: 0 })
  expect(events.at(-1)).not.toHaveProperty('sha256')
  expect(started).toMatchObject([
    {
      Folder: 'C:\\Work\\jobs',
      File: 'C:\\Work\\media\\runner.exe',
      Arguments: ['/S', '/log=C:\\Work\\media\\HUB01.log'],
      Environment: { SITE: 'of HUB01', TOKEN: 'canary-token' },
      TimeoutSeconds: 300,
    },
  ])
})

describe('a job that another process of Rollout started', () => {
  test('is followed to its end and not started again; its secrets are known before its output is read', async () => {
    const read: number[] = []
    const site = withJobs({
      installed: () => site.jobs.get('1')?.state === 'ended',
      reads: () => {
        read.push(site.secrets.length)
        if (read.length === 3) site.jobs.set('1', ended(0))
      },
    })
    site.jobs.set('1', running)
    expect(await site.lane.try()).toMatchObject({ outcome: 'succeeded', saw: ['partial', 'satisfied'] })
    expect(site.host.changes()).toEqual([])
    expect(read[0]).toBeGreaterThan(0)
  })

  test('that ended long ago is judged by its exit code', async () => {
    const site = withJobs()
    site.jobs.set('1', ended(3010))
    const { events, rebootWanted } = await site.lane.try()
    expect([rebootWanted, site.host.changes()]).toEqual([true, []])
    expect(events.at(-1)).toMatchObject({ type: 'step.succeeded', exitCode: 3010, learned: { bootId: 'boot-1' } })
  })

  test('is looked at every 5 seconds at most, however long it is quiet', async () => {
    const looks: number[] = []
    const site = withJobs({
      installed: () => site.jobs.get('1')?.state === 'ended',
      reads: () => {
        looks.push(site.lanes.clock.now())
        if (looks.length === 20) site.jobs.set('1', ended(0))
      },
    })
    site.jobs.set('1', running)
    await site.lane.try()
    expect(Math.max(...looks.slice(1).map((at, i) => at - (looks[i] ?? at)))).toBe(5_000)
  })
})

describe('a job of an attempt that failed', () => {
  const startFails = () => {
    throw failed('host', 'start-timeout', 'The job was not seen to start.', 'Retry.')
  }

  test('but runs on the host: the retry follows it and starts none beside it', async () => {
    const site = withJobs({
      starts: startFails,
      installed: () => site.jobs.get('1')?.state === 'ended',
      reads: (number) => {
        if (number === '1') site.jobs.set('1', ended(0))
      },
    })
    expect((await site.lane.try()).failure?.code).toBe('start-timeout')
    site.jobs.set('1', running)
    expect(await site.lane.try()).toMatchObject({ outcome: 'succeeded', changed: true })
    expect(site.started).toHaveLength(1)
  })

  test('is found also behind a newer one that has ended', async () => {
    let starts = 0
    const site = withJobs({
      starts: () => (++starts === 1 ? startFails() : ended(1618)),
      installed: () => site.jobs.get('1')?.state === 'ended',
      reads: (number) => {
        if (number === '1') site.jobs.set('1', ended(0))
      },
    })
    await site.lane.try()
    expect((await site.lane.try()).failure?.code).toBe('exit-1618')
    // The first had been slow to begin: it is what the second met.
    site.jobs.set('1', running)
    expect(await site.lane.try()).toMatchObject({ outcome: 'succeeded', changed: true })
    expect(site.started).toHaveLength(2)
  })

  test('and that did it after all is judged by its own exit code: a restart may be due', async () => {
    const site = withJobs({ starts: startFails })
    await site.lane.try()
    site.jobs.set('1', ended(3010))
    const { events, changed, rebootWanted } = await site.lane.try()
    expect([changed, rebootWanted, site.started.length]).toEqual([false, true, 1])
    expect(events.at(-1)).toMatchObject({ exitCode: 3010 })
  })
})

describe('the end of an installer', () => {
  const endsWith = (exitCode: number, installed: boolean) =>
    withJobs({ starts: () => ended(exitCode), installed: () => installed }).lane.try()

  test('with success but without the product is a failure, also where a restart is due', async () => {
    for (const code of [0, 3010])
      expect((await endsWith(code, false)).failure).toMatchObject({ kind: 'installer', code: 'not-detected' })
  })

  test('while it restarts the host: the product is looked for afterwards', async () => {
    expect(await endsWith(1641, false)).toMatchObject({ outcome: 'succeeded', rebootWanted: true })
  })

  test('with a restart due is told to the lane, and with none it is not', async () => {
    expect([(await endsWith(3010, true)).rebootWanted, (await endsWith(0, true)).rebootWanted]).toEqual([true, false])
  })

  test('with a failure keeps the exit code, whatever is installed', async () => {
    const { events, failure } = await endsWith(1603, true)
    expect(failure).toMatchObject({ kind: 'installer', code: 'exit-1603', retry: 'never' })
    expect(events.at(-1)).toMatchObject({ exitCode: 1603 })
  })

  test('that nobody saw is fine where the product is there, and for a person where it is not', async () => {
    for (const installed of [true, false]) {
      const site = withJobs({ installed: () => installed })
      site.jobs.set('1', { ...running, state: 'lost' })
      const { outcome, failure } = await site.lane.try()
      expect([outcome, failure?.code]).toEqual(installed ? ['succeeded', undefined] : ['failed', 'installer-lost'])
      expect(site.host.changes()).toEqual([])
    }
  })
})

test('what an installer writes is shown line by line: errors as errors, progress in per cent, other lines as they are', async () => {
  const line = (kind: string, text: string) => JSON.stringify({ at: '2026-11-23T20:00:00.000Z', kind, text })
  const journal = [line('output', 'Copying'), line('progress', '40'), line('error', 'No licence'), '{"half":', ''].join(
    '\n',
  )
  const { lane } = withJobs({ starts: () => ({ ...ended(0), journal: Buffer.from(journal).toString('base64') }) })
  const { output, errors } = await lane.try()
  expect(output).toBe('Copying\n40 %\nNo licence\n{"half":\n')
  expect(errors).toBe('No licence\n')
})
