/** `rollout vault`: changes are in the audit by name only, and a secret is never an argument of the command. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../../../main/store/store.ts'
import { rollout, scratch } from './rollout.ts'

test(
  'changes of the vault are recorded where an audit is, and it is said where there is none',
  { timeout: 60_000 },
  async () => {
    const dir = scratch()
    const [vault, db] = [join(dir, 'vault.json'), join(dir, 'site.db')]
    const keep = (stdin: string, ...words: string[]) =>
      rollout(['vault', ...words, '--vault', vault], {
        env: { ROLLOUT_VAULT_PASSPHRASE: 'a passphrase for this' },
        stdin,
      })
    expect(await keep('canary-password', 'set', 'site-admin', '--user', 'admin')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Not recorded in an audit') as string,
    })
    expect(await keep('canary-password', 'set', 'licence', '--kind', 'secret', '--db', db)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Recorded in the audit of ${db}`) as string,
    })
    expect((await keep('', 'rename', 'licence', 'runner-licence', '--db', db)).code).toBe(0)
    expect((await keep('', 'remove', 'site-admin', '--db', db)).code).toBe(0)
    expect((await keep('', 'remove', 'site-admin', '--db', db)).code).toBe(3)
    const store = openStore(db, { readonly: true })
    expect(store.audit.entries().map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'vault.set licence',
      'vault.renamed licence to runner-licence',
      'vault.removed site-admin',
    ])
    expect(JSON.stringify(store.audit.entries())).not.toContain('canary')
    store.close()
  },
)

test(
  'a database that cannot be used refuses the change before it is made; words that are too many or too few are refused',
  { timeout: 60_000 },
  async () => {
    const dir = scratch()
    const vault = join(dir, 'vault.json')
    const env = { ROLLOUT_VAULT_PASSPHRASE: 'a passphrase for this' }
    for (const [words, says] of [
      [['set', 'licence', '--kind', 'secret', '--db', dir], /./],
      [['set', 'licence', 'hunter2', '--kind', 'secret'], /takes one name.*never written/],
      [
        ['set', 'key', '--user', 'admin', '--key-file', join(import.meta.dirname, 'vault.test.ts')],
        /is not a private key/,
      ],
      [['remove'], /takes one name/],
      [['rename', 'licence'], /takes two names/],
      [['list', 'all'], /takes no name/],
      [['unlock'], /list, set, remove, rename or passphrase/],
    ] as const) {
      const { code, stdout, stderr } = await rollout(['vault', ...words, '--vault', vault], {
        env,
        stdin: 'canary-password',
      })
      expect({ words, code, stdout }).toEqual({ words, code: 3, stdout: '' })
      expect(stderr).toMatch(says)
      expect(stderr).not.toContain('hunter2')
    }
    expect(existsSync(vault)).toBe(false)
  },
)

test(
  'the passphrase is changed by standard input, recorded, and the old one opens nothing from then on',
  { timeout: 60_000 },
  async () => {
    const dir = scratch()
    const [vault, db] = [join(dir, 'vault.json'), join(dir, 'site.db')]
    const call = (passphrase: string, stdin: string, ...words: string[]) =>
      rollout(['vault', ...words, '--vault', vault], { env: { ROLLOUT_VAULT_PASSPHRASE: passphrase }, stdin })
    expect((await call('a passphrase for this', 'canary-password', 'set', 'licence', '--kind', 'secret')).code).toBe(0)
    expect(await call('a passphrase for this', 'another one\n', 'passphrase', '--db', db)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(`Recorded in the audit of ${db}`) as string,
    })
    expect((await call('a passphrase for this', '', 'list')).stderr).toContain('does not open')
    expect((await call('another one', '', 'list')).stdout).toContain('licence')
    const store = openStore(db, { readonly: true })
    expect(store.audit.entries().map(({ action }) => action)).toEqual(['vault.passphrase-changed'])
    expect(JSON.stringify(store.audit.entries())).not.toContain('another one')
    store.close()
  },
)
