/** Owns the proof that an owner's command for a real host works: against a real sshd, with the real PowerShell engine behind it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linuxPowerShell } from '../lab/build.ts'
import { skipWithoutSshd, startSshd, type Sshd } from '../main/transports/ssh/sshd.ts'

const missing = skipWithoutSshd ? 'sshd: install openssh-server' : existsSync(linuxPowerShell) ? undefined : 'the lab\'s PowerShell: node tests/lab/build.ts'
let sshd: Sshd | undefined

beforeAll(async () => { if (missing === undefined) sshd = await startSshd({ path: [dirname(linuxPowerShell)] }) })
afterAll(async () => { await sshd?.stop() })

async function testHost(...words: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-host.ts'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>])
  return { code, out: out + err }
}

test(`rung 2: test:host asks everything of a host, reports it, and leaves it as it was${missing === undefined ? '' : ` [needs ${missing}]`}`, { skip: missing !== undefined, timeout: 60_000 }, async () => {
  const { code, out } = await testHost(`ssh://${sshd?.user}@127.0.0.1:${sshd?.port}`, '--key', join(sshd?.folder ?? '', 'user'), '--powershell', 'powershell')
  expect(out).toMatch(/Host key of 127\.0\.0\.1 port \d+: SHA256:/)
  expect(out).toContain('only looking')
  expect(out).not.toContain('DIFFERS')
  expect(out).toContain('Everything was taken away again.')
  expect(out.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ left out$/)
  expect(code).toBe(0)
})

test('test:host says how it is called, and takes no password in its address', async () => {
  expect(await testHost()).toMatchObject({ code: 3, out: expect.stringContaining('ssh://user@host') })
  expect((await testHost('ssh://user:secret@127.0.0.1')).code).toBe(3)
})
