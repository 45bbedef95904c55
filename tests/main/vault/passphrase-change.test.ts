/** Shows that a vault put under another passphrase is never lost: killed at each touch of the disk, one of the two opens it with all that was in it. Rung 1: real files, real deaths. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fileVault } from '../../../main/vault/file-vault.ts'
import { failureOf } from '../../suites/vault-suite.ts'

const cheap = { N: 2 ** 10, r: 8, p: 1 }
const vaultAt = (file: string, passphrase: string) =>
  fileVault(file, { passphrase: async () => passphrase, scrypt: cheap })
const names = Array.from({ length: 40 }, (_, i) => `entry-${i}`)
const child = fileURLToPath(new URL('dying-vault.ts', import.meta.url))

async function filled(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'vault-')), 'site.vault')
  const vault = vaultAt(file, 'the old one')
  for (const name of names) await vault.set(name, { kind: 'secret', value: `value of ${name}` })
  return file
}

/** Which of the two opens the file; it must be exactly one, with every entry as it was. */
async function opensWith(file: string): Promise<string> {
  const opening: string[] = []
  for (const passphrase of ['the old one', 'the new one']) {
    const vault = vaultAt(file, passphrase)
    const listed = await vault.list().catch(() => null)
    if (listed === null) continue
    opening.push(passphrase)
    for (const name of names) expect(await vault.secret(name)).toBe(`value of ${name}`)
  }
  expect(opening).toHaveLength(1)
  return opening[0] ?? ''
}

describe('a passphrase that is changed', () => {
  it(
    'killed at each touch of the disk: one of the two opens the file, first the old one and then the new one; the next change clears what was left',
    { timeout: 120_000 },
    async () => {
      const file = await filled()
      const begun = readFileSync(file)
      const seen: string[] = []
      for (let touch = 1; ; touch++) {
        writeFileSync(file, begun)
        const { status, signal, stderr } = spawnSync(process.execPath, [child, file, String(touch)], {
          encoding: 'utf8',
        })
        seen.push(await opensWith(file))
        if (signal === null) {
          expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
          break
        }
      }
      // Some deaths before and some after the moment at which the new one counts, and never back again.
      const turned = seen.indexOf('the new one')
      expect(turned).toBeGreaterThan(4)
      expect(seen.length - turned).toBeGreaterThan(2)
      expect(new Set(seen.slice(turned))).toEqual(new Set(['the new one']))
      expect(readdirSync(dirname(file))).toEqual(['site.vault', 'site.vault.lock'])
    },
  )

  it('is taken by this process at once, and asked for anew by another that had the file open', async () => {
    const file = await filled()
    const [mine, other] = [vaultAt(file, 'the old one'), vaultAt(file, 'the old one')]
    await other.list()
    await mine.changePassphrase('the old one', 'the new one')
    await mine.set('more', { kind: 'secret', value: 'added after it' })
    expect(await vaultAt(file, 'the new one').secret('more')).toBe('added after it')
    expect(await mine.entries()).toContainEqual({ kind: 'secret', value: 'the new one' })
    expect(await failureOf(other.list())).toMatchObject({
      code: 'vault-locked',
      message: expect.stringContaining('Another process changed the passphrase') as string,
    })
  })

  it('is refused to who does not know the old one, and where the new one is none; the file stays as it was', async () => {
    const file = await filled()
    const before = readFileSync(file, 'utf8')
    const vault = vaultAt(file, 'the old one')
    await vault.list()
    expect(await failureOf(vault.changePassphrase('a guess', 'the new one'))).toMatchObject({
      code: 'vault-wrong-passphrase',
    })
    for (const fresh of ['', '   ', 'abc', 'abc  ', 'the old one'])
      expect(await failureOf(vault.changePassphrase('the old one', fresh))).toMatchObject({
        code: 'vault-passphrase-unfit',
      })
    expect(
      await failureOf(vaultAt(`${file}.none`, 'the old one').changePassphrase('the old one', 'the new one')),
    ).toMatchObject({ code: 'vault-missing' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('is asked for anew also where this process had changed it itself before', async () => {
    const file = await filled()
    let known = 'the old one'
    const ours = fileVault(file, { passphrase: async () => known, scrypt: cheap })
    await ours.changePassphrase('the old one', 'the second one')
    await vaultAt(file, 'the second one').changePassphrase('the second one', 'the new one')
    expect(await failureOf(ours.list())).toMatchObject({ kind: 'credential', code: 'vault-locked' })
    known = 'the new one'
    expect(await ours.list()).toHaveLength(names.length)
  })
})
