/** One wrong password is never shown to many hosts, in whatever order hosts answer and people decide. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '../../../domain/run/event.ts'
import {
  leaveToShow,
  passwordNews,
  signInBegun,
  signInEnded,
  triedAgain,
  trustedMs,
  unknownPassword,
  type SignInEnd,
} from '../../../domain/run/sign-in.ts'

type Move =
  | { readonly kind: 'ask' }
  | { readonly kind: 'end'; readonly which: number; readonly end: SignInEnd }
  | { readonly kind: 'decide' }
  | { readonly kind: 'pass'; readonly ms: number }

const moves = (ends: readonly SignInEnd[]): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({ kind: 'ask' as const }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(20), end: fc.constantFrom(...ends) }),
      },
      { weight: 1, arbitrary: fc.constant({ kind: 'decide' as const }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('pass' as const),
          ms: fc.integer({ min: -1_000, max: 2 * trustedMs }),
        }),
      },
    ),
    { maxLength: 200 },
  )

/** Plays moves by the rule; gives what would be seen of it from outside. */
function play(story: readonly Move[]) {
  let [state, now, number] = [unknownPassword, 1_000_000_000, 0]
  const underWay: string[] = []
  const seen = { refusalsSinceDecision: 0, mostRefusals: 0, shownAfterRefusal: 0, besideUntaken: 0 }
  let takenAt = Number.NEGATIVE_INFINITY
  for (const move of story) {
    switch (move.kind) {
      case 'ask':
        if (leaveToShow(state, now) !== 'show') break
        if (seen.refusalsSinceDecision > 0) seen.shownAfterRefusal++
        if (underWay.length > 0 && !(now >= takenAt && now - takenAt < trustedMs)) seen.besideUntaken++
        underWay.push(`RUN${++number}`)
        state = signInBegun(state)
        break
      case 'end': {
        const [one] = underWay.splice(move.which % Math.max(1, underWay.length), 1)
        if (one === undefined) break
        state = signInEnded(state, move.end, one, now)
        if (move.end === 'taken') takenAt = now
        if (move.end === 'refused') seen.mostRefusals = Math.max(seen.mostRefusals, ++seen.refusalsSinceDecision)
        break
      }
      case 'decide':
        state = triedAgain(state)
        seen.refusalsSinceDecision = 0
        takenAt = Number.NEGATIVE_INFINITY
        break
      case 'pass':
        now += move.ms
    }
  }
  return { ...seen, state, now, underWay: underWay.length }
}

test('a password that no host takes is refused at most once between two decisions, however many ask', () => {
  fc.assert(
    fc.property(moves(['refused', 'unknown']), (story) => {
      expect(play(story).mostRefusals).toBeLessThanOrEqual(1)
    }),
    { numRuns: 2_000 },
  )
})

test('whatever other hosts say: after a refusal none is shown it before a person decides, and beside a sign-in under way only where a host has just taken it', () => {
  fc.assert(
    fc.property(moves(['taken', 'refused', 'unknown']), (story) => {
      expect(play(story)).toMatchObject({ shownAfterRefusal: 0, besideUntaken: 0 })
    }),
    { numRuns: 2_000 },
  )
})

test('nobody waits for ever: with nothing under way a password is shown or held, and a decision lets it be shown', () => {
  fc.assert(
    fc.property(moves(['taken', 'refused', 'unknown']), (story) => {
      const { state, now, underWay } = play(story)
      expect(state.underWay).toBe(underWay)
      if (underWay > 0) return
      expect(leaveToShow(state, now)).toBe(state.refused ? 'held' : 'show')
      expect(leaveToShow(triedAgain(state), now)).toBe('show')
    }),
    { numRuns: 1_000 },
  )
})

test('what was taken is shown at once to all, for a minute: a workstation that slept begins with one host', () => {
  const taken = signInEnded(signInBegun(unknownPassword), 'taken', 'RUN001', 5_000)
  expect(leaveToShow(signInBegun(taken), 5_000)).toBe('show')
  expect(leaveToShow(signInBegun(taken), 5_000 + trustedMs - 1)).toBe('show')
  expect(leaveToShow(signInBegun(taken), 5_000 + trustedMs)).toBe('wait')
  expect(leaveToShow(signInBegun(taken), 4_999)).toBe('wait')
})

test('a refusal is remembered with the host that refused first, and when', () => {
  const shown = signInBegun(signInBegun(unknownPassword))
  const once = signInEnded(shown, 'refused', 'RUN001', 5_000)
  expect(once).toEqual({ underWay: 1, takenAt: null, refused: { by: 'RUN001', at: 5_000 } })
  expect(signInEnded(once, 'refused', 'RUN002', 6_000).refused).toEqual({ by: 'RUN001', at: 5_000 })
})

test('the log tells refusals of a password from other failures, and a decision to try again from other decisions', () => {
  const failure = (kind: string, code: string) =>
    ({
      type: 'step.failed',
      step: 'a',
      attempt: 1,
      seq: 1,
      at: 1,
      failure: { kind, code, message: '', hint: '', retry: 'never', evidence: [] },
    }) as Event
  const decision = (choice: string) =>
    ({ type: 'decision.made', step: 'a', choice, by: 'x', why: '', seq: 1, at: 1 }) as Event
  expect([failure('credential', 'refused'), failure('credential', 'not-let-in')].map(passwordNews)).toEqual([
    { step: 'a', refused: true },
    { step: 'a', refused: true },
  ])
  expect(
    [failure('plan', 'refused'), failure('credential', 'password-held'), decision('skip'), decision('exclude')].map(
      passwordNews,
    ),
  ).toEqual([undefined, undefined, undefined, undefined])
  expect([decision('retry'), decision('fixed')].map(passwordNews)).toEqual([
    { step: 'a', refused: false },
    { step: 'a', refused: false },
  ])
})
