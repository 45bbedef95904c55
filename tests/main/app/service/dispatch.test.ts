/** Dispatch passes only what the contract names, and returns every failure as data. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Api } from '../../../../domain/contract/api.ts'
import { Reply } from '../../../../domain/contract/wire.ts'
import { failed } from '../../../../domain/base/failure.ts'
import { createDispatch, maxBody, type DispatchOptions } from '../../../../main/app/service/dispatch.ts'
import { createRedactor } from '../../../../main/vault/redaction.ts'

const engine = { role: 'free', run: null, holder: null, failure: null, asked: null } as const

function over(some: Partial<Api>, options: Partial<DispatchOptions> = {}) {
  const api = new Proxy(some, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => Promise.reject(new Error(`${String(name)} must not be reached`))),
  }) as Api
  return createDispatch({ api, redact: (value) => value, ...options })
}
const codeOf = (reply: Reply) => (reply.ok ? 'ok' : reply.failure.code)

describe('dispatch', () => {
  test('hands read input on, defaults filled in, and the value back', async () => {
    const seen: unknown[] = []
    const dispatch = over({
      'run.events': async (input) => {
        seen.push(input)
        return { events: [], lastSeq: 0 }
      },
      'engine.state': async () => engine,
    })
    expect(await dispatch('run.events', '{"runId":"r"}')).toEqual({ ok: true, value: { events: [], lastSeq: 0 } })
    expect(seen).toEqual([{ runId: 'r', after: 0, limit: 1000 }])
    expect(await dispatch('engine.state', '')).toEqual({ ok: true, value: engine })
  })
  test.each([
    '',
    'run',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'Home',
    'home ',
    'run.start/../home',
  ])('there is no method %j', async (name) => {
    expect(codeOf(await over({})(name, '{}'))).toBe('unknown-method')
  })
  test.each([
    'null',
    '[]',
    '1',
    '"text"',
    '{',
    'undefined',
    '{"runId":1}',
    '{"runId":"r","surplus":1}',
    '{"runId":""}',
    `{"runId":"${'r'.repeat(201)}"}`,
    '{"__proto__":{"runId":"r"}}',
  ])('bad input %s is refused before anything is reached', async (body) => {
    expect(codeOf(await over({})('run.read', body))).toBe('bad-input')
  })
  test('huge input is refused unread', async () => {
    expect(codeOf(await over({})('plan.import', 'x'.repeat(maxBody + 1)))).toBe('too-large')
  })
  test('deep input is refused, not fallen over', async () => {
    expect(codeOf(await over({})('run.read', `${'['.repeat(200_000)}${']'.repeat(200_000)}`))).toBe('bad-input')
  })
  test('what is refused is never quoted', async () => {
    const secret = 'correct-horse-battery'
    for (const body of [
      `{"name":"a","entry":{"kind":"${secret}"}}`,
      `{"name":"a","entry":{"kind":"password","user":"a","password":"${secret}","${secret}":1}}`,
      `{"name":"a","entry":"${secret}"}`,
      `{"name":"${secret} !"}`,
      `{"name":"a","entry":{"kind":"password","user":"a","password":"${secret}"`,
    ])
      expect(JSON.stringify(await over({})('vault.set', body))).not.toContain(secret)
  })
  test('a failure leaves as it is, redacted but for its code; a bug leaves as a failure of kind bug, and is told', async () => {
    const redactor = createRedactor()
    redactor.learn('hunter22')
    redactor.learn('link-lost')
    const bugs: unknown[] = []
    const bug = new Error('hunter22 came up')
    const dispatch = over(
      {
        home: async () => {
          throw failed('link', 'link-lost', 'hunter22 is wrong.', 'Try link-lost.', 'backoff', ['hunter22'])
        },
        'engine.state': async () => {
          throw bug
        },
        'vault.state': () => {
          throw bug
        },
      },
      { redact: (value) => redactor.redactDeep(value), onBug: (method, thrown) => bugs.push([method, thrown]) },
    )
    expect(await dispatch('home', '{}')).toEqual({
      ok: false,
      failure: {
        kind: 'link',
        code: 'link-lost',
        message: '(secret) is wrong.',
        hint: 'Try (secret).',
        retry: 'backoff',
        evidence: ['(secret)'],
      },
    })
    for (const name of ['engine.state', 'vault.state']) {
      const reply = await dispatch(name, '{}')
      expect(reply).toMatchObject({ ok: false, failure: { kind: 'bug', code: 'unexpected' } })
      expect(JSON.stringify(reply)).not.toContain('hunter22')
    }
    expect(bugs).toEqual([
      ['engine.state', bug],
      ['vault.state', bug],
    ])
  })
  test('an output that is not what the contract says does not leave while it is looked at', async () => {
    expect(codeOf(await over({ 'engine.state': async () => ({ ...engine, secret: 'x' }) })('engine.state', '{}'))).toBe(
      'bad-output',
    )
    expect(codeOf(await over({ 'engine.state': async () => ({ role: 'pilot' }) as never })('engine.state', '{}'))).toBe(
      'bad-output',
    )
  })
  test('whatever is sent, the answer is a reply', async () => {
    const dispatch = over({})
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom('home', 'plan.check', 'run.decide', 'vault.set'), fc.string()),
        fc.oneof(fc.string(), fc.json()),
        async (name, body) => Reply.safeParse(await dispatch(name, body)).success,
      ),
      { numRuns: 300 },
    )
  })
})
