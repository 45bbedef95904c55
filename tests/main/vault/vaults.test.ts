/** Every vault behaves alike; layering and watching add exactly what they promise. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentVault, envVault, takeSecrets, variableOf } from '../../../main/vault/env-vault.ts'
import { fileVault } from '../../../main/vault/file-vault.ts'
import { layeredVault, teach, watchedVault } from '../../../main/vault/layered-vault.ts'
import { askPassphrase } from '../../../main/vault/passphrase.ts'
import { createRedactor } from '../../../main/vault/redaction.ts'
import { failureOf, sampleEntries, vaultSuite } from '../../suites/vault-suite.ts'

const cheap = { N: 2 ** 10, r: 8, p: 1 }
const inEnvironment = (entries: object) =>
  Object.fromEntries(Object.entries(entries).map(([ref, entry]) => [variableOf(ref), JSON.stringify(entry)]))

vaultSuite('file', async (entries) => {
  const vault = fileVault(join(mkdtempSync(join(tmpdir(), 'vault-')), 'site.vault'), {
    passphrase: async () => 'correct horse',
    scrypt: cheap,
  })
  for (const [name, entry] of Object.entries(entries)) await vault.set(name, entry)
  return vault
})
vaultSuite('environment', async (entries) => envVault(inEnvironment(entries)))
vaultSuite('document', async (entries) => documentVault(JSON.stringify(entries)))
vaultSuite('layers', async (entries) => layeredVault([envVault({}), documentVault(JSON.stringify(entries))]))
vaultSuite('watched', async (entries) => watchedVault(documentVault(JSON.stringify(entries)), createRedactor()))

describe('vaults of pipelines', () => {
  it('reads plain text as a bare secret, also where it is JSON of something else', async () => {
    const vault = envVault({ ROLLOUT_SECRET_TOKEN: 'abcdef', ROLLOUT_SECRET_JSON: '{"a":1}' })
    expect(await vault.secret('token')).toBe('abcdef')
    expect(await vault.secret('json')).toBe('{"a":1}')
    expect(await envVault({ ROLLOUT_SECRET_NOTHING: 'null' }).secret('nothing')).toBe('null')
    const document = documentVault('{"token":"abcdef","more":{"kind":"secret","value":"ghijkl"}}')
    expect([await document.secret('token'), await document.secret('more')]).toEqual(['abcdef', 'ghijkl'])
    expect(await document.entries()).toEqual([
      { kind: 'secret', value: 'abcdef' },
      { kind: 'secret', value: 'ghijkl' },
    ])
  })

  it('refuses a document that is none of entries', async () => {
    for (const text of ['null', '[]', '7', 'abcdef'])
      expect(await failureOf((async () => documentVault(text))()), text).toMatchObject({ code: 'credential-malformed' })
  })

  it('never quotes a malformed entry', async () => {
    const secret = 'hunter2hunter2'
    const failures = [
      await failureOf(envVault({ ROLLOUT_SECRET_A: `{"kind":"password","password":"${secret}"}` }).credential('a')),
      await failureOf((async () => documentVault(`{"a": ${secret}`))()),
      await failureOf((async () => documentVault(JSON.stringify({ a: { kind: secret, value: secret } })))()),
    ]
    for (const failure of failures) {
      expect(failure.code).toBe('credential-malformed')
      expect(JSON.stringify(failure)).not.toContain(secret)
    }
    // But it names the part that is wrong.
    expect(JSON.stringify(failures[0])).toContain('user invalid type')
  })

  it('refuses a secret too short to be redacted', async () => {
    expect(await failureOf(envVault({ ROLLOUT_SECRET_A: 'abc' }).secret('a'))).toMatchObject({
      code: 'secret-too-short',
    })
    expect(await failureOf(envVault({ ROLLOUT_SECRET_A: 'abc  ' }).secret('a'))).toMatchObject({
      code: 'secret-too-short',
    })
    expect(await envVault({ ROLLOUT_SECRET_A: 'abcd' }).secret('a')).toBe('abcd')
  })

  it('names what it cannot read as an entry all the same, so that it is kept out of logs', async () => {
    const vault = envVault({ PATH: '/bin', ROLLOUT_SECRET_A: 'abcdef', ROLLOUT_SECRET_B: '{"kind":"password"}' })
    expect(await vault.entries()).toEqual([
      { kind: 'secret', value: 'abcdef' },
      { kind: 'secret', value: '{"kind":"password"}' },
    ])
  })

  it('takes secrets out of the environment that children inherit', async () => {
    const environment = { PATH: '/bin', ROLLOUT_SECRET_A: 'abcdef', ROLLOUT_VAULT_PASSPHRASE: 'open' }
    expect(takeSecrets(environment)).toEqual({ ROLLOUT_SECRET_A: 'abcdef', ROLLOUT_VAULT_PASSPHRASE: 'open' })
    expect(environment).toEqual({ PATH: '/bin' })
    expect(takeSecrets({ ROLLOUT_SECRET_A: undefined })).toEqual({})
    expect(await envVault({ ROLLOUT_SECRET_A: undefined }).entries()).toEqual([])
  })

  it('asks for the passphrase once, without its line break, and says how to give it where nobody can be asked', async () => {
    let asked = 0
    const ask = askPassphrase({ prompt: async () => `open ${++asked}\r\n` })
    expect([await ask(), await ask()]).toEqual(['open 1', 'open 1'])
    const failure = await failureOf(askPassphrase({ environment: {} })())
    expect(failure).toMatchObject({ code: 'vault-locked' })
    expect(failure.hint).toContain('ROLLOUT_VAULT_PASSPHRASE')
  })
})

describe('where the passphrase comes from', () => {
  const prompt = async () => 'asked'

  it('is the environment, else a file that is given, else a person', async () => {
    const environment = { ROLLOUT_VAULT_PASSPHRASE: 'of the environment' }
    const read = async () => 'of a file\nof two lines\n'
    expect(await askPassphrase({ environment, read, prompt })()).toBe('of the environment')
    expect(await askPassphrase({ environment: {}, read, prompt })()).toBe('of a file\nof two lines')
    expect(await askPassphrase({ environment: {}, prompt })()).toBe('asked')
  })

  it('is nowhere where it is empty', async () => {
    expect(await failureOf(askPassphrase({ read: async () => '\n', prompt })())).toMatchObject({ code: 'vault-locked' })
  })
})

describe('layers', () => {
  it('have the entries of all', async () => {
    const layers = ['{"a":"abcdef"}', '{"b":"ghijkl"}'].map((text) => documentVault(text))
    expect(await layeredVault(layers).entries()).toEqual([
      { kind: 'secret', value: 'abcdef' },
      { kind: 'secret', value: 'ghijkl' },
    ])
  })

  it('does not pass over a vault that cannot be opened', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'vault-')), 'site.vault')
    const withPassphrase = (passphrase: string) =>
      fileVault(file, { passphrase: async () => passphrase, scrypt: cheap })
    await withPassphrase('correct horse').set('other', { kind: 'secret', value: 'abcdef' })
    const below = documentVault(JSON.stringify(sampleEntries))
    expect(await layeredVault([withPassphrase('correct horse'), below]).secret('licence')).toBe('AAAA-BBBB-CCCC')
    expect(await failureOf(layeredVault([withPassphrase('wrong'), below]).secret('licence'))).toMatchObject({
      code: 'vault-wrong-passphrase',
    })
  })
})

describe('what a redactor is taught of an entry', () => {
  const shownOf = (name: string, text: string) => {
    const redactor = createRedactor()
    const entry = sampleEntries[name]
    if (entry) teach(redactor, entry)
    return redactor.redact(text)
  }

  it('is each of its secrets, and what HTTP Basic sends of a sign-in', () => {
    const basic = Buffer.from('SITE\\admin:p"\\ä{}=\n$HOME 🔑').toString('base64')
    expect(shownOf('site-admin', `Authorization: Basic ${basic}`)).toBe('Authorization: Basic (secret)')
    expect(shownOf('lab.key', 'key abcdefghijklmnop, open sesame')).toBe('key (secret), (secret)')
    expect(shownOf('licence', 'AAAA-BBBB-CCCC')).toBe('(secret)')
    expect(shownOf('agent/one', 'me at /run/agent.sock')).toBe('me at /run/agent.sock')
  })
})

describe('watched vault', () => {
  it('makes every part that it hands out known to the redactor, before it hands it out', async () => {
    const redactor = createRedactor()
    const vault = watchedVault(documentVault(JSON.stringify(sampleEntries)), redactor)
    await vault.credential('lab.key')
    await vault.secret('licence')
    await vault.credential('site-admin')
    const basic = Buffer.from('SITE\\admin:p"\\ä{}=\n$HOME 🔑').toString('base64')
    const shown = redactor.redact(
      `key abcdefghijklmnop, open sesame, licence AAAA-BBBB-CCCC, Authorization: Basic ${basic}`,
    )
    expect(shown).toBe('key (secret), (secret), licence (secret), Authorization: Basic (secret)')
  })
})
