/** What a log tells the next process of passwords: one that was refused stays held until a person saw that refusal. */
import { expect, test } from 'vitest'
import { indexGraph } from '../../../../domain/graph/graph-index.ts'
import type { NewEvent } from '../../../../domain/run/event.ts'
import { passwordMemory } from '../../../../main/app/secrets/password-memory.ts'
import { failureOf, TestLog } from '../../../builders/events.ts'
import { graphOf } from '../../../builders/graph.ts'
import { pilotDocument, pilotPlan } from '../../../builders/plan.ts'

const plan = pilotPlan({
  defaultCredential: 'admin',
  hosts: pilotDocument().hosts.map((host) => ({
    ...host,
    reach: { kind: 'winrm' as const },
    ...(host.name === 'HUB01' && { credential: 'hub-admin' }),
  })),
})
const graph = graphOf(plan)
const stepOn = (host: string) => `${host === 'HUB01' ? 'prerequisites' : 'runner'}/${host}/reach-host`
const refusedBy = (host: string, code = 'refused'): NewEvent => ({
  type: 'step.failed',
  step: stepOn(host),
  attempt: 1,
  failure: failureOf('never', { kind: 'credential', code }),
})
const decided = (host: string, choice: 'retry' | 'fixed' | 'skip' = 'retry'): NewEvent => ({
  type: 'decision.made',
  step: stepOn(host),
  choice,
  by: 'ann@test',
  why: '',
})

/** What sign-ins are told of a log of these events, ten milliseconds apart. */
function told(...events: readonly NewEvent[]): string[] {
  const heard: string[] = []
  const memory = passwordMemory(
    {
      turn: () => Promise.reject(new Error('not asked for')),
      recall: (entry, host, at) => void heard.push(`${entry} refused by ${host} at ${at}`),
      tryAgain: (entry, seenAt) => void heard.push(`try ${entry} again, seen to ${seenAt}`),
    },
    plan,
    indexGraph(graph),
  )
  const log = new TestLog(graph)
  events.forEach((event, i) => log.add(10 * (i + 1), event))
  memory.recall(log.events)
  return heard
}

test('a refusal that nobody has decided about is recalled, by the entry that the host was shown', () => {
  expect(told(refusedBy('RUN001'))).toEqual(['admin refused by RUN001 at 10'])
  expect(told(refusedBy('HUB01', 'not-let-in'))).toEqual(['hub-admin refused by HUB01 at 10'])
})

test('a failure of another kind says nothing of the password', () => {
  expect(told(refusedBy('RUN001', 'vault-locked'))).toEqual([])
})

test('a decision about a refusal lets the password be tried again', () => {
  for (const choice of ['retry', 'fixed'] as const)
    expect(told(refusedBy('RUN001'), decided('RUN001', choice))).toEqual(['try admin again, seen to 10'])
  expect(told(refusedBy('RUN001'), decided('RUN001', 'skip'))).toEqual(['admin refused by RUN001 at 10'])
})

test('a decision about an earlier refusal does not cover a later one', () => {
  expect(told(refusedBy('RUN001'), refusedBy('RUN002'), decided('RUN001'))).toEqual([
    'try admin again, seen to 10',
    'admin refused by RUN002 at 20',
  ])
  expect(told(refusedBy('RUN001'), refusedBy('RUN002'), decided('RUN001'), decided('RUN002'))).toEqual([
    'try admin again, seen to 20',
  ])
})

test('a decision about one entry leaves another held', () => {
  expect(told(refusedBy('HUB01'), refusedBy('RUN001'), decided('RUN001'))).toEqual([
    'try admin again, seen to 20',
    'hub-admin refused by HUB01 at 10',
  ])
})
