/** The ways an attempt may end, each with everything that was seen if it ended otherwise. */
import assert from 'node:assert/strict'
import type { Failure } from '../../../domain/base/failure.ts'
import type { Tried } from './lane-under-test.ts'

/** It was so already: looked at once, left alone. */
export function unchanged(tried: Tried): void {
  assert.deepEqual([tried.outcome, tried.changed, tried.saw], ['succeeded', false, ['satisfied']], all(tried))
}

/** It was not so, was brought about, and was seen afterwards. */
export function applied(tried: Tried, before: Tried['saw'][number] = 'absent'): void {
  assert.deepEqual([tried.outcome, tried.changed, tried.saw], ['succeeded', true, [before, 'satisfied']], all(tried))
  const order = tried.events.map(({ type }) => type).filter((type) => type !== 'host.reached')
  assert.deepEqual(order, ['step.observed', 'step.applying', 'step.observed', 'step.succeeded'], all(tried))
}

/** It failed, with that kind, code and advice for trying again; the words for a person are there. */
export function failedAs(
  tried: Tried,
  kind: Failure['kind'],
  code: string,
  retry: Failure['retry'] = 'never',
): Failure {
  assert.deepEqual(
    [tried.outcome, tried.failure?.kind, tried.failure?.code, tried.failure?.retry],
    ['failed', kind, code, retry],
    all(tried),
  )
  assert.ok(tried.failure && tried.failure.message !== '' && tried.failure.hint !== '', all(tried))
  return tried.failure
}

/** Was anything done, or only looked at? */
export function onlyLooked(tried: Tried): void {
  assert.ok(!tried.events.some(({ type }) => type === 'step.applying'), all(tried))
}

function all(tried: Tried): string {
  return `${JSON.stringify(tried.events, null, 1)}\n${tried.output}`
}
