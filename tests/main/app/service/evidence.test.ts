/** Shows that no file of evidence brings a secret of the vault into the database, in the encodings in which consoles write. Rung 1: the real store. */
import { expect, test } from 'vitest'
import { contract } from '../../../../domain/contract/api.ts'
import { EventShape } from '../../../../domain/contract/wire.ts'
import { redactRequest } from '../../../../main/app/secrets/redact-reason.ts'
import { evidenceMethods } from '../../../../main/app/service/evidence.ts'
import { createRedactor } from '../../../../main/vault/redaction.ts'
import { storeWithRun } from '../../store/site.ts'

test('a file that holds a secret is refused, also as Windows PowerShell writes it, and one that holds none is kept', async () => {
  const { store, runId } = storeWithRun()
  const redactor = createRedactor()
  redactor.learn('Canary password 1')
  const { methods } = evidenceMethods(
    {
      store,
      readRun: () => {
        throw new Error('not asked for')
      },
    },
    'anna@ws',
    async (_run, words) => redactor.redact(words),
  )
  const put = (text: string, encoding: 'utf8' | 'utf16le') =>
    methods['evidence.put']({
      runId,
      name: 'out.txt',
      base64: Buffer.from(`\uFEFF${text}\r\n`, encoding).toString('base64'),
    })
  for (const encoding of ['utf8', 'utf16le'] as const) {
    await expect(put('licence: Canary password 1', encoding)).rejects.toMatchObject({
      failure: { code: 'secret-in-evidence' },
    })
    expect(await put('licence is active', encoding)).toMatchObject({ name: 'out.txt' })
  }
})

test('a note and a name that grew where secrets were struck out are still an event that a window takes', async () => {
  const redactor = createRedactor()
  redactor.learn('ab1;')
  const clean = async (words: string) => redactor.redact(words)
  const file = { name: 'ab1; '.repeat(40), size: 1, sha256: 'a'.repeat(64) }
  const gate = {
    runId: 'r',
    gate: 'g',
    why: '',
    confirmed: [{ item: 'i', at: 1, note: 'ab1; '.repeat(60), files: [file] }],
  }
  const { confirmed } = contract['run.openGate'].in.parse(gate)
  const request = await redactRequest(
    { kind: 'decide', target: 'g', choice: 'open', by: 'anna@ws', why: '', confirmed },
    clean,
  )
  const event = EventShape.parse({
    type: 'gate.opened',
    gate: 'g',
    by: 'anna@ws',
    why: '',
    confirmed: 'confirmed' in request ? request.confirmed : [],
    seq: 1,
    at: 1,
  })
  expect(JSON.stringify(event)).not.toContain('ab1;')
})
