/** Parts of the transport suite about jobs: programs that outlive the session which started them. */
import assert from 'node:assert/strict'
import { ask, below, failureOf, nasty, type HostUnderTest, type SuitePart } from './host-under-test.ts'
import { follow, jobOf, texts } from './job-programs.ts'

const leftOut = (host: HostUnderTest) => (host.powershell === undefined ? 'programs are not run there' : undefined)
const wait = 'Start-Sleep -Seconds 300'

const parts: readonly Omit<SuitePart, 'leftOut'>[] = [
  {
    name: 'starts a ticket once, however often it is asked',
    async run(host) {
      const job = jobOf(host, `[Console]::Out.WriteLine('ran'); exit 0`)
      assert.deepEqual(await ask(host.session, 'Start-HostJob', job.params), { started: true, alreadyStarted: false })
      assert.deepEqual(await ask(host.session, 'Start-HostJob', job.params), { started: false, alreadyStarted: true })
      const seen = await follow(host.session, job)
      assert.deepEqual([seen.last.state, seen.last.exitCode, seen.last.error], ['ended', 0, null])
      assert.deepEqual(texts(seen, 'output'), ['ran'])
      assert.deepEqual([seen.lines.at(0)?.kind, seen.lines.at(-1)?.kind], ['started', 'ended'])
      assert.deepEqual(await ask(host.session, 'Start-HostJob', job.params), { started: false, alreadyStarted: true })
    },
  },
  {
    name: 'starts a ticket once when two sessions ask at the same time',
    async run(host) {
      const other = await host.reopen()
      try {
        const job = jobOf(host, `[Console]::Out.WriteLine('ran')`)
        const answers = await Promise.all(
          [host.session, other].map((session) => ask(session, 'Start-HostJob', job.params)),
        )
        assert.deepEqual(answers.map((answer) => answer.started).toSorted(), [false, true])
        assert.deepEqual(texts(await follow(host.session, job), 'output'), ['ran'])
      } finally {
        await other.close()
      }
    },
  },
  {
    name: 'keeps the exit code',
    async run(host) {
      // Other systems than Windows keep eight bits of it.
      for (const code of host.windows ? [3010, 1603] : [7, 255]) {
        const job = jobOf(host, `exit ${code}`)
        await ask(host.session, 'Start-HostJob', job.params)
        assert.equal((await follow(host.session, job)).last.exitCode, code)
      }
    },
  },
  {
    name: 'journals what the program writes, letter for letter, both streams apart',
    async run(host) {
      const bytes = Buffer.from(nasty).toString('base64')
      const job = jobOf(
        host,
        `[Console]::Out.WriteLine([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${bytes}'))); [Console]::Error.WriteLine('to the side'); [Console]::Out.Write('no end of line')`,
      )
      await ask(host.session, 'Start-HostJob', job.params)
      const seen = await follow(host.session, job, undefined, 64)
      assert.deepEqual(texts(seen, 'output'), [nasty, 'no end of line'])
      assert.deepEqual(texts(seen, 'error').filter((text) => text.includes('to the side')).length, 1)
    },
  },
  {
    name: 'carries ten megabytes of output without losing a line',
    limitMs: 120_000,
    async run(host) {
      const job = jobOf(
        host,
        `$x = 'x' * 995; for ($i = 10000; $i -lt 20000; $i++) { [Console]::Out.WriteLine("$i $x") }`,
      )
      await ask(host.session, 'Start-HostJob', job.params)
      const lines = texts(await follow(host.session, job), 'output')
      assert.equal(lines.length, 10_000)
      assert.ok(lines.every((line, index) => line.startsWith(`${10_000 + index} xx`) && line.length === 1_001))
    },
  },
  {
    name: 'hands a secret to the program and leaves it nowhere else',
    async run(host) {
      const secret = `canary-${nasty}`
      const job = jobOf(
        host,
        `[Console]::Out.WriteLine($env:ROLLOUT_SECRET.Length); [Console]::Out.WriteLine($env:ROLLOUT_SECRET -ceq [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(secret).toString('base64')}')))`,
        { environment: { ROLLOUT_SECRET: secret } },
      )
      await ask(host.session, 'Start-HostJob', job.params)
      assert.deepEqual(texts(await follow(host.session, job), 'output'), [String(secret.length), 'True'])
      for (const name of [
        'job.json',
        'worker.json',
        'journal.jsonl',
        'result.json',
        'Job-Worker.ps1',
        'Rollout.psm1',
      ]) {
        const text = Buffer.from(
          await host.session.get(below(host, 'jobs', job.ticket, name), {
            signal: new AbortController().signal,
            maxBytes: 1_000_000,
          }),
        ).toString('utf8')
        assert.ok(!text.includes('canary-'), `${name} holds the secret`)
      }
    },
  },
  {
    name: 'goes on when the session that started it is closed, and is found again',
    async run(host) {
      const session = await host.reopen()
      const job = jobOf(
        host,
        `[Console]::Out.WriteLine('before'); while (-not [IO.File]::Exists('${below(host, 'go on')}')) { Start-Sleep -Milliseconds 100 }; [Console]::Out.WriteLine('after')`,
      )
      await ask(session, 'Start-HostJob', job.params)
      await follow(session, job, (seen) => texts(seen, 'output').length > 0)
      await session.close()
      assert.equal(
        (await ask(host.session, 'Read-HostJob', { Folder: job.folder, Ticket: job.ticket, Offset: 0, MaxBytes: 1024 }))
          .state,
        'running',
      )
      const opener = jobOf(host, `[IO.File]::WriteAllText('${below(host, 'go on')}', '')`)
      await ask(host.session, 'Start-HostJob', opener.params)
      const seen = await follow(host.session, job)
      assert.deepEqual([seen.last.state, texts(seen, 'output')], ['ended', ['before', 'after']])
    },
  },
  {
    name: 'says that a job is lost when its worker was ended',
    async run(host) {
      const job = jobOf(host, wait, { timeoutSeconds: 20 })
      await ask(host.session, 'Start-HostJob', job.params)
      const started = await follow(host.session, job, (seen) => seen.lines.length > 0)
      const worker = JSON.parse(
        Buffer.from(
          await host.session.get(below(host, 'jobs', job.ticket, 'worker.json'), {
            signal: new AbortController().signal,
            maxBytes: 1_000,
          }),
        ).toString('utf8'),
      ) as { processId: number }
      const program = Number(/\(process (\d+)\)$/.exec(started.lines[0]?.text ?? '')?.[1])
      const killer = jobOf(
        host,
        [worker.processId, program].map((id) => `[Diagnostics.Process]::GetProcessById(${id}).Kill()`).join('; '),
      )
      await ask(host.session, 'Start-HostJob', killer.params)
      await follow(host.session, killer)
      assert.equal((await follow(host.session, job)).last.state, 'lost')
      assert.deepEqual(await ask(host.session, 'Start-HostJob', job.params), { started: false, alreadyStarted: true })
    },
  },
  {
    name: 'ends a program and what it started when its time is over, and says so',
    async run(host) {
      assert.ok(host.powershell !== undefined)
      const job = jobOf(
        host,
        `$child = [Diagnostics.Process]::Start('${host.powershell}', '-NoProfile -NonInteractive -Command "${wait}"'); [Console]::Out.WriteLine($child.Id); ${wait}`,
        { timeoutSeconds: 5 },
      )
      await ask(host.session, 'Start-HostJob', job.params)
      const seen = await follow(host.session, job)
      assert.deepEqual([seen.last.state, seen.last.exitCode], ['ended', null])
      assert.match(seen.last.error ?? '', /time limit of 5 seconds/)
      const look = jobOf(
        host,
        `try { [Console]::Out.WriteLine([Diagnostics.Process]::GetProcessById(${texts(seen, 'output')[0]}).HasExited) } catch { [Console]::Out.WriteLine('gone') }`,
      )
      await ask(host.session, 'Start-HostJob', look.params)
      // Elsewhere than on Windows a dead child may stay listed until somebody collects it.
      if (host.windows) assert.deepEqual(texts(await follow(host.session, look), 'output'), ['gone'])
    },
  },
  {
    name: 'refuses a program that is not there, and leaves the ticket unused',
    async run(host) {
      const job = jobOf(host, 'exit 0')
      const failure = await failureOf(
        ask(host.session, 'Start-HostJob', { ...job.params, File: below(host, 'no such.exe') }),
      )
      assert.deepEqual([failure.kind, failure.code], ['host', 'no-program'])
      assert.equal(
        (await failureOf(ask(host.session, 'Start-HostJob', { ...job.params, Ticket: '../up' }))).code,
        'bad-parameter',
      )
      assert.equal((await ask(host.session, 'Start-HostJob', job.params)).started, true)
    },
  },
  {
    limitMs: 120_000,
    name: 'stops a script at its time limit, and when it is cancelled, and works on',
    async run(host) {
      const job = jobOf(
        host,
        `$l = New-Object Net.Sockets.TcpListener -ArgumentList ([Net.IPAddress]::Loopback), 0; $l.Start(); [Console]::Out.WriteLine($l.LocalEndpoint.Port); while (-not [IO.File]::Exists('${below(host, 'heard enough')}')) { Start-Sleep -Milliseconds 100 }`,
      )
      await ask(host.session, 'Start-HostJob', job.params)
      const silent = Number(
        texts(await follow(host.session, job, (seen) => texts(seen, 'output').length > 0), 'output')[0],
      )
      const question = { Address: '127.0.0.1', Port: silent, TimeoutMs: 30_000 }
      const late = await failureOf(ask(host.session, 'Test-Endpoint', question, { timeoutMs: 1_500 }))
      assert.deepEqual([late.kind, late.code], ['host', 'script-timeout'])
      assert.equal((await ask(host.session, 'Test-NetworkPath', { ...question, TimeoutMs: 5_000 })).outcome, 'open')
      assert.equal(
        (await failureOf(ask(host.session, 'Test-Endpoint', question, { signal: AbortSignal.timeout(1_000) }))).code,
        'cancelled',
      )
      await ask(host.session, 'Get-BootId', {})
      await ask(
        host.session,
        'Start-HostJob',
        jobOf(host, `[IO.File]::WriteAllText('${below(host, 'heard enough')}', '')`).params,
      )
      await follow(host.session, job)
    },
  },
]

export const jobParts: readonly SuitePart[] = parts.map((part) => ({ ...part, leftOut }))
