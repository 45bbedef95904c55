/** Shows that no file of evidence brings a secret of the vault into the database, in the encodings in which consoles write. Rung 1: the real store. */
import { expect, test } from 'vitest'
import { siteEvidence } from '../../../main/app/site-evidence.ts'
import { createRedactor } from '../../../main/vault/redaction.ts'
import { storeWithRun } from '../store/site.ts'

test('a file that holds a secret is refused, also as Windows PowerShell writes it, and one that holds none is kept', async () => {
  const { store, runId } = storeWithRun()
  const redactor = createRedactor()
  redactor.learn('Canary password 1')
  const { methods } = siteEvidence({ store, readRun: () => { throw new Error('not asked for') } }, 'anna@ws', async (_run, words) => redactor.redact(words))
  const put = (text: string, encoding: 'utf8' | 'utf16le') => methods['evidence.put']({ runId, name: 'out.txt', base64: Buffer.from(`\uFEFF${text}\r\n`, encoding).toString('base64') })
  for (const encoding of ['utf8', 'utf16le'] as const) {
    await expect(put('licence: Canary password 1', encoding)).rejects.toMatchObject({ failure: { code: 'secret-in-evidence' } })
    expect(await put('licence is active', encoding)).toMatchObject({ name: 'out.txt' })
  }
})
