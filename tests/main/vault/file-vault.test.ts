/** The vault file keeps its secrets, and says what is wrong with it. */
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileVault } from '../../../main/vault/file-vault.ts'
import { failureOf } from '../../suites/vault-suite.ts'

const run = promisify(execFile)
const changing = fileURLToPath(new URL('changing-vault.ts', import.meta.url))
const cheap = { N: 2 ** 10, r: 8, p: 1 }
const at = () => join(mkdtempSync(join(tmpdir(), 'vault-')), 'site.vault')
const vaultAt = (file: string, passphrase = 'correct horse') =>
  fileVault(file, { passphrase: async () => passphrase, scrypt: cheap })
const entry = { kind: 'secret', value: 'hunter2hunter2' } as const

describe('file vault', () => {
  it('is closed to others, holds no secret in clear, and leaves nothing beside it', async () => {
    const file = at()
    await vaultAt(file).set('token', entry)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2')
    expect(readFileSync(file, 'utf8')).not.toContain('token')
    // The lock holds nothing: it is only there to be held.
    expect(readdirSync(dirname(file))).toEqual(['site.vault', 'site.vault.lock'])
    expect(statSync(`${file}.lock`).size).toBe(0)
    if (process.platform !== 'win32') expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600)
  })

  it('opens with the cost it was made with, by default 128 MiB of scrypt', async () => {
    const file = at()
    await fileVault(file, { passphrase: async () => 'correct horse' }).set('token', entry)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      kdf: { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 },
      cipher: 'aes-256-gcm',
      version: 1,
    })
    expect(await vaultAt(file).secret('token')).toBe(entry.value)
  })

  it('encrypts afresh with every change', async () => {
    const file = at()
    const vault = vaultAt(file)
    await vault.set('token', entry)
    const readable = () => JSON.parse(readFileSync(file, 'utf8')) as { iv: string; data: string }
    const first = readable()
    await vault.set('token', entry)
    expect(readable().iv).not.toBe(first.iv)
    expect(readable().data).not.toBe(first.data)
  })

  it('lists names and kinds only; sets, renames and removes', async () => {
    const vault = vaultAt(at())
    expect(await vault.list()).toEqual([])
    await vault.set('b', entry)
    await vault.set('a', { kind: 'agent', user: 'me' })
    expect(await vault.list()).toEqual([
      { name: 'a', kind: 'agent' },
      { name: 'b', kind: 'secret' },
    ])
    expect(await failureOf(vault.rename('a', 'b'))).toMatchObject({ code: 'vault-name-taken' })
    await vault.rename('b', 'c')
    await vault.remove('a')
    expect(await vault.list()).toEqual([{ name: 'c', kind: 'secret' }])
    expect(await failureOf(vault.remove('a'))).toMatchObject({ code: 'credential-unknown' })
  })

  it('keeps changes that are made at the same time', async () => {
    const vault = vaultAt(at())
    await Promise.all(Array.from({ length: 8 }, (_, i) => vault.set(`entry-${i}`, entry)))
    expect(await vault.list()).toHaveLength(8)
  })

  it('sees what another process put into it', async () => {
    const file = at()
    const [one, two] = [vaultAt(file), vaultAt(file)]
    await one.set('a', entry)
    await two.set('b', entry)
    expect((await one.list()).map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('opens with the same passphrase wherever it was typed: macOS writes an ä as two characters', async () => {
    const file = at()
    await vaultAt(file, 'p\u00e4ssw\u00f6rt').set('token', entry)
    expect(await vaultAt(file, 'pa\u0308sswo\u0308rt').secret('token')).toBe(entry.value)
  })

  it.skipIf(process.platform === 'win32')('stays where a symbolic link leads, and the link stays a link', async () => {
    const [file, link] = [at(), at()]
    await vaultAt(file).set('token', entry)
    symlinkSync(file, link)
    await vaultAt(link).set('more', entry)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect((await vaultAt(file).list()).map(({ name }) => name)).toEqual(['more', 'token'])
  })

  it('does not read a file of more than 16 MiB: no vault has so much', async () => {
    const file = at()
    await vaultAt(file).set('token', entry)
    appendFileSync(file, ' '.repeat(2 ** 20))
    expect(await vaultAt(file).secret('token')).toBe(entry.value)
    appendFileSync(file, ' '.repeat(15 * 2 ** 20))
    expect(await failureOf(vaultAt(file).secret('token'))).toMatchObject({ code: 'vault-not-a-vault' })
  })

  it('makes its change beside what another process wrote while the passphrase was asked for', async () => {
    const file = at()
    await vaultAt(file).set('before', entry)
    let meanwhile: Promise<void> | undefined
    const slow = fileVault(file, {
      passphrase: async () => {
        await (meanwhile ??= vaultAt(file).set('theirs', entry))
        return 'correct horse'
      },
      scrypt: cheap,
    })
    await slow.set('ours', entry)
    expect((await vaultAt(file).list()).map(({ name }) => name)).toEqual(['before', 'ours', 'theirs'])
  })

  it('loses no change of two processes that make theirs at the same time', async () => {
    const file = at()
    await vaultAt(file).set('before', entry)
    const writers = ['one', 'two'].map((name) => run(process.execPath, [changing, file, name, '30']))
    const done = (await Promise.all(writers)).flatMap(({ stdout }) => stdout.split('\n'))
    expect(done).toHaveLength(60)
    expect((await vaultAt(file).list()).map(({ name }) => name)).toEqual(['before', ...done].sort())
  })

  it('no old passphrase opens it after a change, whatever other handles write meanwhile', async () => {
    const file = at()
    await vaultAt(file).set('before', entry)
    const other = vaultAt(file)
    await other.list()
    const work = Array.from({ length: 20 }, (_, i) => other.set(`entry-${i}`, entry).catch(() => undefined))
    await vaultAt(file).changePassphrase('correct horse', 'battery staple')
    await Promise.all(work)
    expect(await failureOf(vaultAt(file).list())).toMatchObject({ code: 'vault-wrong-passphrase' })
    expect(await vaultAt(file, 'battery staple').secret('before')).toBe(entry.value)
  })

  it('refuses empty, short and huge values and names that no plan could use, with the reason', async () => {
    const vault = vaultAt(at())
    const refused = async (name: string, value: string) =>
      (await failureOf(vault.set(name, { kind: 'secret', value }))).code
    expect(await refused('a', '')).toBe('secret-too-short')
    expect(await refused('a', '  x  ')).toBe('secret-too-short')
    expect(await refused('a', 'x'.repeat(65_537))).toBe('secret-too-long')
    expect(await refused('no spaces', 'abcdef')).toBe('credential-malformed')
    await vault.set('big', { kind: 'secret', value: 'x'.repeat(65_536) })
    expect(await vault.secret('big')).toHaveLength(65_536)
  })

  it('tells a wrong passphrase, a damaged file, a foreign file and a newer vault apart', async () => {
    const file = at()
    await vaultAt(file).set('token', entry)
    expect(await failureOf(vaultAt(file, 'wrong').secret('token'))).toMatchObject({ code: 'vault-wrong-passphrase' })
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, good.slice(0, -40))
    expect(await failureOf(vaultAt(file).secret('token'))).toMatchObject({ code: 'vault-damaged' })
    writeFileSync(file, 'hello')
    expect(await failureOf(vaultAt(file).set('token', entry))).toMatchObject({ code: 'vault-not-a-vault' })
    expect(readFileSync(file, 'utf8')).toBe('hello')
    writeFileSync(file, good.replace('"version": 1', '"version": 2'))
    expect(await failureOf(vaultAt(file).secret('token'))).toMatchObject({ code: 'vault-newer' })
  })

  it('notices any single changed character, and never answers with another secret', async () => {
    const file = at()
    await vaultAt(file).set('token', entry)
    const good = readFileSync(file, 'utf8')
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 33, max: 126 }), async (place, code) => {
        const bad = good.slice(0, place) + String.fromCharCode(code) + good.slice(place + 1)
        fc.pre(bad !== good)
        writeFileSync(file, bad)
        const answer = await vaultAt(file)
          .secret('token')
          .catch(() => 'refused')
        // White space between the parts carries nothing.
        expect(['refused', entry.value]).toContain(answer)
        if (/\S/.test(good[place] ?? '')) expect(answer).toBe('refused')
      }),
      { numRuns: 200 },
    )
  })

  it.skipIf(process.platform === 'win32')('refuses a file that others may read, and says how to close it', async () => {
    const file = at()
    await vaultAt(file).set('token', entry)
    chmodSync(file, 0o640)
    const failure = await failureOf(vaultAt(file).secret('token'))
    expect(failure).toMatchObject({ code: 'vault-readable-by-others' })
    expect(failure.hint).toContain(`chmod 600 ${file}`)
  })
})
