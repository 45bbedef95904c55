/** The command that tests an owner's host works: against a real sshd, with PowerShell for Linux behind it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linuxPowerShell } from '../lab/build.ts'
import { fakeEndpoint } from '../main/transports/winrm/fake-endpoint.ts'
import { fakeHttps, type FakeHttps } from '../main/transports/winrm/fake-https.ts'
import { skipWithoutSshd, startSshd, type Sshd } from '../main/transports/ssh/sshd.ts'
import { stepChapters } from '../suites/steps/chapters.ts'
import { everyChapter } from '../suites/transport/chapters.ts'
import type { HostReport } from './report.ts'

const missing = skipWithoutSshd
  ? 'sshd: install openssh-server'
  : existsSync(linuxPowerShell)
    ? undefined
    : "the lab's PowerShell: node tests/lab/build.ts"
let sshd: Sshd | undefined

beforeAll(async () => {
  if (missing === undefined) sshd = await startSshd({ path: [dirname(linuxPowerShell)] })
})
afterAll(async () => {
  await sshd?.stop()
})

async function testHost(
  ...given: readonly [{ readonly stdin: string }, ...string[]] | readonly string[]
): Promise<{ code: number | null; out: string }> {
  const [first, ...rest] = given
  const words = typeof first === 'string' ? [first, ...rest] : rest
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-host.ts'), ...words.map(String)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(typeof first === 'object' ? first.stdin : '')
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, out: out + err }
}

test(
  `rung 2: test:host asks everything of a host, reports it, and leaves it as it was${missing === undefined ? '' : ` [needs ${missing}]`}`,
  { skip: missing !== undefined, timeout: 600_000 },
  async () => {
    const before = readdirSync('/tmp').filter((name) => name.startsWith('ExekraRolloutSuite-'))
    const file = join(sshd?.folder ?? '', 'report.json')
    const { code, out } = await testHost(
      `ssh://${sshd?.user}@127.0.0.1:${sshd?.port}`,
      '--key',
      join(sshd?.folder ?? '', 'user'),
      '--powershell',
      'pwsh',
      '--report',
      file,
    )
    expect(out).toMatch(/Host key of 127\.0\.0\.1 port \d+: SHA256:/)
    expect(out).toContain('only looking')
    expect(out).not.toContain('DIFFERS')
    expect(out).toContain('Everything was taken away again.')
    expect(out.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ left out$/)
    expect(code).toBe(0)
    const report = JSON.parse(readFileSync(file, 'utf8')) as HostReport & { counts: object }
    expect(report).toMatchObject({
      format: 'exekra-rollout-host-report',
      version: 1,
      reach: { kind: 'ssh' },
      facts: { hostName: expect.any(String) as string },
      counts: { differs: 0 },
      left: [],
    })
    expect(report.chapters.map(({ name }) => name)).toEqual([
      ...everyChapter,
      'registry and services',
      'steps',
      ...Object.keys(stepChapters).map((name) => `steps: ${name}`),
    ])
    const resultsOf = (chapter: string) => report.chapters.find(({ name }) => name === chapter)?.parts ?? []
    // The PowerShell that was named runs the programs of jobs and of installers.
    const notPassed = (chapter: string) => resultsOf(chapter).filter(({ result }) => result !== 'passed')
    expect(notPassed('jobs')).toEqual([])
    // An owner's disk is not filled.
    expect(notPassed('steps: installers').map(({ result, detail }) => [result, detail])).toEqual([
      ['left-out', 'no disk there may be filled and freed again'],
    ])
    for (const { result, detail } of resultsOf('registry and services'))
      expect([result, detail]).toEqual(['left-out', 'no Windows registry and services'])
    expect(readdirSync('/tmp').filter((name) => name.startsWith('ExekraRolloutSuite-'))).toEqual(before)
  },
)

const noEngine = existsSync(linuxPowerShell) ? undefined : "the lab's PowerShell: node tests/lab/build.ts"

describe(
  `no rung: test:host over a fake WinRM endpoint behind real HTTPS${noEngine === undefined ? '' : ` [needs ${noEngine}]`}`,
  { skip: noEngine !== undefined, timeout: 120_000 },
  () => {
    let server: FakeHttps | undefined
    beforeAll(async () => {
      server = await fakeHttps(fakeEndpoint({ 'powershell.exe': linuxPowerShell }), 'installer', 'canary-pässword')
    })
    afterAll(() => server?.close())
    const address = () => `winrms://installer@127.0.0.1:${server?.port}`
    const stdin = (text: string, ...words: string[]) =>
      testHost({ stdin: text }, address(), '--auth', 'basic', '--password-stdin', ...words)

    // Only looking: what changes the host is shown over SSH above, and over this transport by its own suite.
    test('the certificate is shown, and the same is asked as over SSH; the password stands nowhere', async () => {
      const { code, out } = await stdin('canary-pässword\n', '--only-looking')
      expect(out).toContain(`--certificate ${server?.certificate} accepts this one only`)
      expect(out).not.toMatch(/DIFFERS|canary/)
      expect(out.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ left out$/)
      expect(code).toBe(0)
    })

    test('one that is named is the only one accepted; a wrong password is shown once', async () => {
      expect(
        await stdin('canary-pässword', '--only-looking', '--certificate', server?.certificate ?? ''),
      ).toMatchObject({ code: 0, out: expect.not.stringContaining('accepts this one only') as string })
      const before = server?.refused() ?? 0
      expect(await stdin('canary-pässword', '--certificate', 'ab'.repeat(32))).toMatchObject({
        code: 1,
        out: expect.stringContaining('has changed') as string,
      })
      expect(server?.refused()).toBe(before)
      expect(await stdin('wrong')).toMatchObject({
        code: 1,
        out: expect.stringContaining('did not accept the password of installer') as string,
      })
      expect(server?.refused()).toBe(before + 1)
    })
  },
)

test('test:host says how it is called, and takes no password in its address', async () => {
  expect(await testHost('--help')).toMatchObject({ code: 3, out: expect.stringContaining('--report FILE') })
  expect(await testHost()).toMatchObject({ code: 3, out: expect.stringContaining('ssh://user@host') })
  expect((await testHost('ssh://user:secret@127.0.0.1')).code).toBe(3)
  expect(await testHost('winrm://user@127.0.0.1', '--auth', 'basic')).toMatchObject({
    code: 3,
    out: expect.stringContaining('only NTLM encrypts such traffic'),
  })
  expect(await testHost('winrms://user@127.0.0.1')).toMatchObject({
    code: 3,
    out: expect.stringContaining('There is no password for user'),
  })
})
