/**
 * Secrets stay where they belong: canaries are planted everywhere, and everything the product wrote is searched for
 * them.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pendingDecisions } from '../../../../domain/run/pending.ts'
import { failed } from '../../../../domain/base/failure.ts'
import type { Credential, Session, Transports } from '../../../../main/engine/ports.ts'
import { createApp } from '../../../../main/app/core/app.ts'
import { readPlanFile } from '../../../../main/app/workstation/plan-file.ts'
import { makePracticeSite } from '../../../../main/app/practice/practice.ts'
import type { AppOptions } from '../../../../main/app/core/dependencies.ts'
import { openStore } from '../../../../main/store/store.ts'
import { documentVault, envVault } from '../../../../main/vault/env-vault.ts'
import { fileVault } from '../../../../main/vault/file-vault.ts'
import { layeredVault } from '../../../../main/vault/layered-vault.ts'
import { simulatedTransport } from '../../../../main/transports/simulated/transport.ts'
import { practiceSite, rollout, scratch, start } from '../../shells/cli/rollout.ts'

// Characters that JSON, URLs, XML and PowerShell each write in another way.
const canary = {
  filePassword: "Canary'file&pass/wörd+1",
  keyBody: 'CanaryKeyBodyAAAABBBBCCCCDDDD0123456789',
  keyPassphrase: 'Canary "key" <phrase> %41',
  envPassword: 'Canary$env:password\\n;2',
  stdinPassword: 'Canary`stdin`password=3',
  installerSecret: 'Canary installer secret 4 äöü',
  passphrase: 'Canary vault passphrase 5',
}
const all = Object.entries(canary)

function formsOf(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret)
  const wide = Buffer.from(secret, 'utf16le')
  return [
    utf8,
    wide,
    ...[
      utf8.toString('base64'),
      wide.toString('base64'),
      encodeURIComponent(secret),
      utf8.toString('hex'),
      utf8.toString('hex').toUpperCase(),
      wide.toString('hex'),
      JSON.stringify(secret).slice(1, -1),
    ].map((form) => Buffer.from(form)),
  ]
}

/** Where any canary is found in these bytes, in any form. */
function findings(where: string, bytes: Buffer): string[] {
  return all.flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form, i) => (bytes.includes(form) ? [`${name} (form ${i}) in ${where}`] : [])),
  )
}

function findingsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.some((file) => file.endsWith('-wal') || file.endsWith('.db'))).toBe(true)
  return files.flatMap((file) => findings(file, readFileSync(file)))
}

/** A host that repeats what it was given: in facts, in output, in evidence and in the words of its errors. */
function hostileReach(given: string[][]): NonNullable<AppOptions['reach']> {
  return ({ siteFile = '', clock }): Promise<Transports> => {
    const transport = simulatedTransport({ siteFile, clock, durability: 'relaxed' })
    const refused = new Set<string>()
    const failing = new Set<string>()
    return Promise.resolve({
      close: () => Promise.resolve(transport.close()),
      for: () => ({
        open: async (host, credential, signal) => {
          const known = secretsOf(credential)
          given.push(known)
          if (credential && !refused.has(host.name)) {
            refused.add(host.name)
            throw failed(
              'link',
              'reset',
              `${host.name} broke off: ${loud(known).join(' ')}`,
              `Not with ${known[0] ?? ''}.`,
              'backoff',
              loud(known),
            )
          }
          return repeating(
            await transport.open(host, undefined, signal),
            known,
            () => !failing.has(host.name) && failing.add(host.name).size > 0,
          )
        },
      }),
    })
  }
}

function repeating(session: Session, known: string[], failsNow: () => boolean): Session {
  return {
    ...session,
    run: async (verb, params, options) => {
      if ('Environment' in params) known.push(...Object.values(params.Environment))
      const answer: unknown = await session.run(verb, params, options)
      for (const text of loud(known)) options.onOutput?.({ stream: 'error', text })
      if (verb === 'Get-HostFacts') Object.assign(answer as object, { domain: loud(known).join(' ') })
      const job = answer as { journal?: string; exitCode?: number | null; error?: string | null }
      if (job.journal !== undefined && job.journal !== '') {
        const lines = loud(known)
          .flatMap((text) => [text, `prefix ${text.slice(0, 7)}`])
          .map(
            (text, i) =>
              `${JSON.stringify({ at: '2026-11-23T20:00:00.000Z', kind: i % 2 ? 'error' : 'output', text })}\n`,
          )
        job.journal = Buffer.concat([
          Buffer.from(job.journal, 'base64'),
          Buffer.from(`${lines.join('')}not json ${known.join(' ')}\n`),
        ]).toString('base64')
      }
      if (verb === 'Start-HostJob' && failsNow()) {
        throw failed(
          'host',
          'script-failed',
          `It failed with ${known.join(', ')}`,
          known.join(' '),
          'never',
          loud(known),
        )
      }
      return answer as never
    },
  }
}

/** What a host, a library or a shell makes of a secret when it prints it. */
function loud(known: readonly string[]): string[] {
  return known.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret, 'utf16le').toString('base64'),
    `https://x/?p=${encodeURIComponent(secret)}&`,
    JSON.stringify({ secret }),
    `Authorization: Basic ${Buffer.from(`admin:${secret}`).toString('base64')}`,
  ])
}

function secretsOf(credential: Credential | undefined): string[] {
  switch (credential?.kind) {
    case 'password':
      return [credential.password]
    case 'key':
      return [canary.keyBody, ...(credential.passphrase === undefined ? [] : [credential.passphrase])]
    default:
      return []
  }
}

describe('rung 1: canary secrets', () => {
  test(
    'from every vault, repeated by hostile hosts in every way: nothing that was written holds one',
    { timeout: 60_000 },
    async () => {
      const dir = scratch()
      const siteDir = join(dir, 'site')
      const { planFile } = makePracticeSite({
        dir: siteDir,
        layout: 'enterprise',
        runners: 2,
        studios: 1,
        faults: ['exit-1603@RUN001'],
        virtual: true,
        durability: 'relaxed',
      })
      const document = JSON.parse(readFileSync(planFile, 'utf8')) as {
        hosts: { name: string; reach: unknown; credential?: string }[]
        installers: Record<string, { environment?: unknown }>
      }
      const credentials: Record<string, string> = {
        HUB01: 'on-file',
        DB01: 'by-key',
        REDIS01: 'by-env',
        STU01: 'by-stdin',
        RUN001: 'on-file',
        RUN002: 'by-env',
      }
      for (const host of document.hosts)
        Object.assign(host, { reach: { kind: 'ssh' }, credential: credentials[host.name] })
      for (const installer of Object.values(document.installers))
        installer.environment = { PRACTICE_SECRET: { secret: 'installer-secret' }, PLAIN: { text: 'for {host}' } }
      writeFileSync(planFile, JSON.stringify(document))

      const onFile = fileVault(join(dir, 'vault.json'), { passphrase: () => Promise.resolve(canary.passphrase) })
      await onFile.set('on-file', { kind: 'password', user: 'admin', password: canary.filePassword })
      await onFile.set('by-key', {
        kind: 'key',
        user: 'admin',
        privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${canary.keyBody}\n-----END OPENSSH PRIVATE KEY-----\n`,
        passphrase: canary.keyPassphrase,
      })
      await onFile.set('installer-secret', { kind: 'secret', value: canary.installerSecret })
      const vault = layeredVault([
        envVault({
          ROLLOUT_SECRET_BY_ENV: JSON.stringify({ kind: 'password', user: 'admin', password: canary.envPassword }),
        }),
        documentVault(
          JSON.stringify({ 'by-stdin': { kind: 'password', user: 'admin', password: canary.stdinPassword } }),
        ),
        onFile,
      ])
      const given: string[][] = []
      const open = () => createApp({ dbFile: join(dir, 'run.db'), by: 'ann@test', vault, reach: hostileReach(given) })
      const app = open()
      const reading = await readPlanFile(planFile)
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const { runId } = app.createRun(app.lockPlan(reading.plan), siteDir)
      const told: string[] = []
      const active = await app.executeRun(runId, {
        openGates: true,
        listeners: [
          (_runId, event) => {
            told.push(JSON.stringify(event))
          },
        ],
      })
      const why = `somebody pastes ${all
        .filter(([name]) => name !== 'passphrase')
        .map(([, secret]) => secret)
        .join(' and ')} here`
      const answers = async (run: typeof active, most: number) => {
        for (let i = 0; i < most; i++) {
          if ((await run.run(new AbortController().signal)) === 'finished') return
          for (const { step } of pendingDecisions(run.state()))
            run.request({ kind: 'decide', target: step.id, choice: 'retry', by: 'ann@test', why })
        }
      }
      await answers(active, 3)
      await active.close()
      app.close()
      // Another process would know nothing at first: the hosts' words must be as safe after a resume.
      const again = open()
      const resumed = await again.executeRun(runId, {
        openGates: true,
        listeners: [
          (_runId, event) => {
            told.push(JSON.stringify(event))
          },
        ],
      })
      await answers(resumed, 20)
      expect(pendingDecisions(resumed.state())).toEqual([])
      expect(resumed.state().outcome).toBe('accepted')
      await resumed.close()
      const output = again
        .readRun(runId)
        .state.index.lanes.flatMap(({ steps }) => steps)
        .flatMap(({ id }) =>
          [1, 2, 3, 4].flatMap((attempt) => again.store.output.read(runId, id, attempt).chunks.map(({ text }) => text)),
        )
      // The database is searched as it stands, write-ahead log included, then once more when it is closed.
      expect(findingsBelow(dir)).toEqual([])
      again.close()
      expect(findingsBelow(dir)).toEqual([])
      expect(findings('output', Buffer.from(output.join('')))).toEqual([])
      expect(findings('what watchers were told', Buffer.from(told.join('\n')))).toEqual([])
      // The search would have seen them: every canary was in the hosts' hands, and its place in the log is marked.
      expect(given.flat()).toEqual(
        expect.arrayContaining(Object.values(canary).filter((secret) => secret !== canary.passphrase)),
      )
      expect(output.join('')).toContain('(secret)')
      expect(told.join('\n')).toContain('somebody pastes (secret)')
      expect(told.some((line) => line.includes('"type":"facts.collected"') && line.includes('(secret)'))).toBe(true)
      expect(findings('a probe', Buffer.from(loud(Object.values(canary)).join(' '))).length).toBeGreaterThan(all.length)
    },
  )

  test.runIf(process.platform === 'linux')(
    'through the command line: in no argv of any process while the run goes on, in no stream, in no file',
    { timeout: 60_000 },
    async () => {
      const site = await practiceSite({ speed: 100 })
      const document = JSON.parse(readFileSync(site.plan, 'utf8')) as {
        installers: Record<string, { environment?: unknown }>
      }
      for (const installer of Object.values(document.installers))
        installer.environment = {
          PRACTICE_SECRET: { secret: 'installer-secret' },
          PRACTICE_OTHER: { secret: 'by-env' },
          PRACTICE_THIRD: { secret: 'by-stdin' },
        }
      writeFileSync(site.plan, JSON.stringify(document))
      const vault = join(site.dir, 'vault.json')
      const env = { ROLLOUT_VAULT_PASSPHRASE: canary.passphrase, ROLLOUT_SECRET_BY_ENV: canary.envPassword }
      const words = ['--vault', vault]
      const streams: string[] = []
      const calls: readonly (readonly [readonly string[], string])[] = [
        [['vault', 'set', 'installer-secret', '--kind', 'secret', ...words], canary.installerSecret],
        [['vault', 'set', 'site-admin', '--user', 'admin', ...words], canary.filePassword],
        [['vault', 'list', '--json', ...words], ''],
      ]
      for (const [call, stdin] of calls) {
        const ended = await rollout(call, { env, stdin })
        expect({ call, code: ended.code, stderr: ended.stderr }).toEqual({ call, code: 0, stderr: '' })
        streams.push(ended.stdout, ended.stderr)
      }
      const run = start(['run', site.plan, '--db', site.db, '--yes', '--json', '--vault-stdin', ...words], {
        env,
        stdin: JSON.stringify({ 'by-stdin': canary.stdinPassword }),
      })
      const over = new AbortController()
      const ended = run.ended.finally(() => {
        over.abort()
      })
      const seen = new Set<string>()
      while (!over.signal.aborted)
        for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)))
          seen.add(await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => ''))
      const { code, stdout, stderr } = await ended
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect([...seen].some((line) => line.includes('--vault-stdin'))).toBe(true)
      expect(findings('a command line', Buffer.from([...seen].join('\n'), 'latin1'))).toEqual([])
      for (const call of [
        ['events', 'last', '--json'],
        ['show', 'last'],
        ['show', 'last', '--output', 'runner/RUN001/run-installer:runner', '--json'],
        ['runs', '--json'],
      ]) {
        const looked = await rollout([...call, '--db', site.db], { env })
        streams.push(looked.stdout, looked.stderr)
      }
      expect(findings('a stream', Buffer.from([stdout, stderr, ...streams].join('\n')))).toEqual([])
      expect(findingsBelow(site.dir)).toEqual([])
    },
  )

  test(
    'in a reason that another process gives: struck out on its way to the log, the inbox and the audit; refused where the vault stays shut',
    { timeout: 120_000 },
    async () => {
      const site = await practiceSite({ speed: 4 })
      const document = JSON.parse(readFileSync(site.plan, 'utf8')) as {
        installers: Record<string, { environment?: unknown }>
      }
      for (const installer of Object.values(document.installers))
        installer.environment = {
          PRACTICE_SECRET: { secret: 'installer-secret' },
          PRACTICE_OTHER: { secret: 'by-env' },
          PRACTICE_THIRD: { secret: 'by-stdin' },
        }
      writeFileSync(site.plan, JSON.stringify(document))
      const vault = join(site.dir, 'vault.json')
      const keyFile = join(scratch(), 'id_canary')
      writeFileSync(
        keyFile,
        `-----BEGIN OPENSSH PRIVATE KEY-----\n${canary.keyBody}\n-----END OPENSSH PRIVATE KEY-----\n`,
      )
      const env = { ROLLOUT_VAULT_PASSPHRASE: canary.passphrase, ROLLOUT_SECRET_BY_ENV: canary.envPassword }
      const here = ['--db', site.db, '--vault', vault]
      const opened = { env, stdin: JSON.stringify({ 'by-stdin': canary.stdinPassword }) }
      const told: string[] = []
      const call = async (
        code: number,
        words: readonly string[],
        how: { readonly env?: Record<string, string>; readonly stdin?: string } = opened,
      ) => {
        const ended = await rollout([...words, ...here], how)
        expect({ words: words.slice(0, 3), code: ended.code, stderr: code === 0 ? ended.stderr : '' }).toEqual({
          words: words.slice(0, 3),
          code,
          stderr: '',
        })
        told.push(ended.stdout, ended.stderr)
        return ended
      }
      const keep = (stdin: string, ...words: string[]) =>
        rollout(['vault', 'set', ...words, '--vault', vault], { env, stdin })
      for (const kept of [
        await keep(canary.installerSecret, 'installer-secret', '--kind', 'secret'),
        await keep(canary.filePassword, 'of-another-site', '--user', 'admin'),
        await keep(canary.keyPassphrase, 'by-key', '--user', 'admin', '--key-file', keyFile),
      ])
        expect(kept).toMatchObject({ code: 0, stderr: '' })
      const why = `somebody pastes ${all.flatMap(([, secret]) => [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'utf16le').toString('base64')]).join(' and ')} here`

      // An engine is at work: the words go by the inbox.
      const running = start(['run', site.plan, '--json', '--vault-stdin', ...here], opened)
      await running.line((line) => line.includes('"type":"step.attempted"'))
      const reader = openStore(site.db, { readonly: true })
      onTestFinished(() => {
        reader.close()
      })
      const paused = await call(0, ['pause', 'last', '--reason', why, '--vault-stdin'])
      expect(paused.stdout).toContain('The process that is running the run recorded it')
      const { code, stdout, stderr } = await running.ended
      expect({ code, stderr }).toEqual({ code: 4, stderr: '' })
      told.push(stdout)

      // None is: they are written by who decides. Without the vault nothing is, and a choice that needs no reason can still be made.
      await call(4, ['resume', 'last', '--vault-stdin'])
      const [run] = reader.runs.list()
      const events = () => reader.runs.events(run?.runId ?? '')
      const before = events().length
      for (const [how, says] of [
        [{}, /vault is locked/],
        [{ env: { ROLLOUT_VAULT_PASSPHRASE: 'a wrong one' } }, /does not open the vault/],
        [{ env }, /no entry by-stdin/],
      ] as const) {
        const refused = await rollout(['decide', 'last', 'gate:hub', 'open', '--reason', why, ...here], how)
        expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(says) as string })
        expect(refused.stderr).toMatch(
          /Nothing was done, because the reason could not be checked for secrets.*leave out the reason/s,
        )
        told.push(refused.stderr)
      }
      expect(events()).toHaveLength(before)
      await call(0, ['decide', 'last', 'gate:hub', 'open'], {})
      await call(0, ['cancel', 'last', '--reason', why, '--vault-stdin'])
      {
        const store = openStore(site.db)
        store.pins.add({ address: '10.20.0.10', port: 22, fingerprint: 'SHA256:abc', at: Date.now(), by: 'ann@test' })
        store.close()
      }
      await call(0, ['trust', 'remove', '10.20.0.10', '--reason', why, '--vault-stdin'])

      expect(findingsBelow(site.dir)).toEqual([])
      expect(findings('what was told', Buffer.from(told.join('\n')))).toEqual([])
      expect(
        events().flatMap((event) =>
          'why' in event && event.why.startsWith('somebody pastes (secret) and (secret)') ? [event.type] : [],
        ),
      ).toEqual(['run.paused', 'run.cancel-requested'])
      const audited = reader.audit
        .entries()
        .filter((entry) => entry.why.startsWith('somebody pastes (secret) and (secret)'))
      expect(audited.map(({ action }) => action)).toEqual(['run.paused', 'run.cancel-requested', 'host-key.removed'])
      expect(reader.database.all<{ body: string }>('SELECT body FROM requests').map(({ body }) => body)).toEqual([
        expect.stringContaining('somebody pastes (secret)'),
      ])
    },
  )
})
