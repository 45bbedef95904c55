/** Events and answers of hosts on their way to the database: free text is redacted, and each stays what it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NewEvent } from '../../../../domain/run/event.ts'
import type { Facts } from '../../../../domain/remote/facts.ts'
import type { Finding } from '../../../../domain/base/finding.ts'
import { SurveyedHost } from '../../../../domain/contract/shapes.ts'
import { topologyOf } from '../../../../domain/network/topology.ts'
import { onHost } from '../../../../domain/base/subject.ts'
import { redactData } from '../../../../main/app/secrets/redact-data.ts'
import { createRedactor } from '../../../../main/vault/redaction.ts'
import { failureOf, nonsense } from '../../../builders/events.ts'
import { anyGraph } from '../../../builders/graph.ts'
import { catalogue } from '../../../builders/judge.ts'
import { factsFor, pilotPlan } from '../../../builders/plan.ts'

function redacted<T>(value: T, ...secrets: readonly string[]): T {
  const redactor = createRedactor()
  for (const secret of secrets) redactor.learn(secret)
  return redactData(redactor, value)
}

const [hub] = pilotPlan().hosts
const facts: Facts = {
  ...factsFor(hub ?? never()),
  pendingReboot: [{ kind: 'file-rename', evidence: ['C:\\Temp\\canary-password.tmp'] }],
}
const finding: Finding = {
  check: 'host-name',
  severity: 'warn',
  subject: onHost('HUB01'),
  field: 'hosts[0].name',
  message: 'It says canary-password.',
  source: 'Rollout',
  remedy: 'Look for canary-password.',
}
const failure = failureOf('never', { kind: 'installer', evidence: ['canary-password'] })
const examples: readonly NewEvent[] = [
  { type: 'facts.collected', host: 'HUB01', facts },
  { type: 'findings.recorded', host: 'HUB01', findings: [finding] },
  { type: 'step.failed', step: 'runner/RUN001/run-installer:runner', attempt: 1, failure, exitCode: 1603 },
  {
    type: 'gate.opened',
    gate: 'gate:studio',
    by: 'ann@test',
    why: 'canary-password',
    confirmed: [
      {
        item: 'The licence is active.',
        at: 1,
        note: 'canary-password',
        files: [{ name: 'canary-password.txt', size: 1, sha256: 'a'.repeat(64) }],
      },
    ],
  },
  {
    type: 'step.succeeded',
    step: 's',
    attempt: 1,
    changed: true,
    rebootWanted: false,
    learned: { bootId: 'boot-1' },
    sha256: 'b'.repeat(64),
  },
  {
    type: 'run.created',
    planId: 'plan-1',
    revision: 1,
    planHash: 'hash',
    graphHash: 'graph',
    by: 'ann@test',
    logVersion: 2,
  },
]

/** Every key and text of a value that is long enough for a secret. */
function words(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => (Array.isArray(value) ? words(item) : [key, ...words(item)]))
}

describe('an answer to a survey', () => {
  const [flow] = topologyOf(pilotPlan(), catalogue).flows
  const answer = SurveyedHost.parse({
    host: 'RUN001',
    unreached: failureOf('never', { kind: 'credential' }),
    diagnosis: {
      cause: 'password-refused',
      sentence: 'The host did not accept canary-password.',
      evidence: [],
      hint: 'Store another.',
      remedy: { at: 'workstation', look: 'whoami', script: null, policy: null, undo: null },
      notes: [],
    },
    door: { address: '10.20.20.1', port: 5986 },
    facts,
    probes: [{ flow, outcome: 'filtered', detail: 'canary-password' }],
    findings: [finding],
  })

  test('can be stored, whichever word of it is a password', () => {
    for (const secret of words(answer))
      expect(SurveyedHost.safeParse(redacted(answer, secret)), secret).toMatchObject({ success: true })
  })

  test('loses the secret, and keeps host and cause', () => {
    expect(JSON.stringify(redacted(answer, 'canary-password'))).not.toContain('canary')
    expect(redacted(answer, 'RUN001', 'password-refused')).toMatchObject({
      host: 'RUN001',
      diagnosis: { cause: 'password-refused' },
    })
  })
})

describe('an event', () => {
  test.each(examples.map((event) => [event.type, event] as const))(
    '%s has its place in the log, whichever word of it is a password',
    (_, event) => {
      for (const secret of words(event)) {
        const result = redacted(event, secret)
        expect(NewEvent.safeParse(result), secret).toMatchObject({ success: true })
        expect(result.type).toBe(event.type)
      }
    },
  )

  test('whatever its type has its place in the log, whichever word of it is a password', () => {
    fc.assert(
      fc.property(
        anyGraph.filter(({ steps }) => steps.length > 0).chain((graph) => nonsense(graph, 10)),
        fc.nat(),
        (events, at) => {
          for (const { seq: _, at: __, ...event } of events) {
            const all = words(event)
            const given = NewEvent.parse(event)
            const result = redacted(given, all[at % all.length] ?? '')
            expect(NewEvent.safeParse(result)).toMatchObject({ success: true })
            const place = ({ type, ...rest }: NewEvent) => [
              type,
              'step' in rest && rest.step,
              'host' in rest && rest.host,
            ]
            expect(place(result)).toEqual(place(given))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('keeps the names of its step and host where a password is the same word', () => {
    const event: NewEvent = {
      type: 'host.unreachable',
      host: 'RUN001',
      failure: failureOf('backoff', { kind: 'link', message: 'RUN001 does not answer.' }),
      nextTryAt: 5,
    }
    expect(redacted(event, 'RUN001')).toEqual({
      ...event,
      failure: { ...event.failure, message: '(secret) does not answer.' },
    })
  })

  test('loses the secret everywhere else', () => {
    for (const event of examples) expect(JSON.stringify(redacted(event, 'canary-password'))).not.toContain('canary')
    expect(redacted(examples[1] ?? never(), 'canary-password')).toMatchObject({
      findings: [{ message: 'It says (secret).', remedy: 'Look for (secret).', subject: finding.subject }],
    })
  })

  test('without a secret is left as it is', () => {
    for (const event of examples) expect(redacted(event, 'not to be found')).toEqual(event)
  })
})

function never(): never {
  throw new Error('there is a first one')
}
