/** `rollout trust`: pins what known_hosts knows, refuses a contradiction whole, and records why a pin was removed. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../../../../main/store/store.ts'
import { pilotDocument } from '../../../builders/plan.ts'

const folder = await mkdtemp(join(tmpdir(), 'rollout-trust-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const rollout = join(import.meta.dirname, '../../../../main/shells/cli/rollout.mjs')
const db = join(folder, 'trust.db')
const keys = {
  one: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  other: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBzuRGgXbPRPgEYkAdKXTzY1bWJgJnFMnqtVtDMvCPmD',
}

function trust(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [rollout, 'trust', ...words, '--db', db, '--json'], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

test("known_hosts is imported for the plan's hosts, contradictions are refused whole, a removal needs a reason and leaves it", async () => {
  const hosts = pilotDocument().hosts.map((host) => ({ ...host, reach: { kind: 'ssh' } }))
  const plan = await fileOf('site.json', JSON.stringify({ ...pilotDocument(), hosts }))
  const first = await trust(
    'import',
    await fileOf('known_hosts', `10.20.0.10 ${keys.one}\n# a comment\nnot a line\n`),
    plan,
  )
  expect(first.code).toBe(0)
  expect(JSON.parse(first.out)).toMatchObject({
    format: 'exekra-rollout-host-keys-imported',
    version: 1,
    pinned: [{ address: '10.20.0.10', port: 22 }],
    unknown: expect.arrayContaining(['RUN001']),
    notes: [expect.stringContaining('line 3')],
  })
  const contradiction = await trust(
    'import',
    await fileOf('changed', `10.20.20.1 ${keys.one}\n10.20.0.10 ${keys.other}\n`),
    plan,
  )
  expect(contradiction.code).toBe(3)
  expect(contradiction.err).toContain('10.20.0.10')
  expect(JSON.parse((await trust('list')).out)).toMatchObject({ pins: [{ address: '10.20.0.10' }] })
  expect((await trust('remove', '10.20.0.10')).code).toBe(3)
  const removed = await trust('remove', '10.20.0.10', '--reason', 'installed afresh')
  expect(removed.code).toBe(0)
  expect(JSON.parse(removed.out)).toMatchObject({ format: 'exekra-rollout-host-key-removed', version: 1 })
  expect((await trust('remove', '10.20.0.10', '--reason', 'again')).code).toBe(3)
  const store = openStore(db, { readonly: true })
  expect(store.audit.entries().at(-1)).toMatchObject({ action: 'host-key.removed', why: 'installed afresh' })
  store.close()
})

test('a file that holds no host key is refused, with what one looks like', async () => {
  const hosts = pilotDocument().hosts.map((host) => ({ ...host, reach: { kind: 'ssh' } }))
  const plan = await fileOf('site.json', JSON.stringify({ ...pilotDocument(), hosts }))
  const before = (await trust('list')).out
  for (const text of ['', '# only a comment\n', '{"name":"a plan"}\n', 'hub01 ssh-ed25519 bm90IGEga2V5\n']) {
    const refused = await trust('import', await fileOf('no-known-hosts', text), plan)
    expect(refused.code).toBe(3)
    expect(refused.err).toContain('contains no usable host key')
  }
  expect((await trust('list')).out).toBe(before)
})
