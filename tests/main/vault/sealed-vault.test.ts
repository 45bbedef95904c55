/** Shows that the vault sealed by the operating system is a vault like the others, and says what is wrong with it. The sealer here stands in for DPAPI and its like. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sealedVault, type Sealer } from '../../../main/vault/sealed-vault.ts'
import { failureOf, vaultSuite } from '../../suites/vault-suite.ts'

function userOfAComputer(): Sealer {
  const key = randomBytes(32)
  return {
    seal: async (text) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: async (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(-16))
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
  }
}

const fresh = () => join(mkdtempSync(join(tmpdir(), 'sealed-')), 'vault-sealed.json')
const entry = { kind: 'secret', value: 'hunter2hunter2' } as const

vaultSuite('sealed by the operating system', async (entries) => {
  const vault = sealedVault(fresh(), userOfAComputer())
  for (const [name, one] of Object.entries(entries)) await vault.set(name, one)
  return vault
})

describe('the sealed vault', () => {
  it('is closed to others, holds nothing in clear, and leaves nothing beside it', async () => {
    const file = fresh()
    await sealedVault(file, userOfAComputer()).set('token', entry)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toMatch(/hunter2|token/)
    expect(readdirSync(dirname(file))).toEqual(['vault-sealed.json', 'vault-sealed.json.lock'])
  })

  it('is empty where there is no file, lists names and kinds, renames and removes', async () => {
    const vault = sealedVault(fresh(), userOfAComputer())
    expect(await vault.list()).toEqual([])
    expect(await failureOf(vault.secret('token'))).toMatchObject({ code: 'credential-unknown' })
    await vault.set('token', entry)
    await vault.set('other', entry)
    expect(await failureOf(vault.rename('token', 'other'))).toMatchObject({ code: 'vault-name-taken' })
    await vault.rename('token', 'licence')
    await vault.remove('other')
    expect(await vault.list()).toEqual([{ name: 'licence', kind: 'secret' }])
    expect(await failureOf(vault.remove('other'))).toMatchObject({ code: 'credential-unknown' })
  })

  it('says that another user or computer sealed it, and leaves it as it is', async () => {
    const file = fresh()
    await sealedVault(file, userOfAComputer()).set('token', entry)
    const before = readFileSync(file, 'utf8')
    const elsewhere = sealedVault(file, userOfAComputer())
    expect(await failureOf(elsewhere.secret('token'))).toMatchObject({
      kind: 'workstation',
      code: 'vault-sealed-elsewhere',
    })
    expect(await failureOf(elsewhere.set('token', entry))).toMatchObject({ code: 'vault-sealed-elsewhere' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('keeps what it had where the system will not seal, and never quotes a secret', async () => {
    const file = fresh()
    const sealer = userOfAComputer()
    await sealedVault(file, sealer).set('token', entry)
    const before = readFileSync(file, 'utf8')
    const failure = await failureOf(
      sealedVault(file, {
        ...sealer,
        seal: async () => {
          throw new Error('no key store')
        },
      }).set('more', { kind: 'secret', value: 'another-secret' }),
    )
    expect(failure).toMatchObject({ code: 'vault-not-sealed', evidence: ['no key store'] })
    expect(JSON.stringify(failure)).not.toContain('another-secret')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('refuses a change that would lose what a program wrote that does not wait for its turn', async () => {
    const file = fresh()
    const sealer = userOfAComputer()
    const other = fresh()
    await sealedVault(other, sealer).set('theirs', entry)
    let written = false
    const slow = sealedVault(file, {
      ...sealer,
      seal: async (text) => {
        if (!written) copyFileSync(other, file)
        written = true
        return sealer.seal(text)
      },
    })
    expect(await failureOf(slow.set('ours', entry))).toMatchObject({ kind: 'workstation', code: 'vault-changed' })
    await slow.set('ours', entry)
    expect((await slow.list()).map(({ name }) => name)).toEqual(['ours', 'theirs'])
  })

  it('loses no change of two handles that make theirs at the same time', async () => {
    const file = fresh()
    const sealer = userOfAComputer()
    const handles = [sealedVault(file, sealer), sealedVault(file, sealer)]
    await Promise.all(Array.from({ length: 20 }, (_, i) => handles[i % 2]!.set(`entry-${i}`, entry)))
    expect(await handles[0]!.list()).toHaveLength(20)
  })

  it('keeps changes that are made at the same time', async () => {
    const vault = sealedVault(fresh(), userOfAComputer())
    await Promise.all(Array.from({ length: 8 }, (_, i) => vault.set(`entry-${i}`, entry)))
    expect(await vault.list()).toHaveLength(8)
  })

  it('refuses a file that is none of its own', async () => {
    const file = fresh()
    for (const text of ['', '{}', '{"format":"exekra-rollout-vault"}', 'nonsense']) {
      writeFileSync(file, text, { mode: 0o600 })
      expect(await failureOf(sealedVault(file, userOfAComputer()).list()), text).toMatchObject({
        code: 'vault-not-a-vault',
      })
    }
  })
})
