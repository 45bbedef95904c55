/** Rung 0: which words of approval hold. */
import { expect, test } from 'vitest'
import { type Approval, standingApprovals } from '../../../domain/plan/approval.ts'

test('the latest word of each person about each thing holds; what was taken back does not, until it is given again', () => {
  const word = (who: string, verdict: Approval['verdict'], of: Approval['of'] = 'plan', why = 'w'): Approval => ({
    who,
    verdict,
    of,
    why,
    hash: 'a',
    by: 'anna@ws',
    at: '2026-11-25T08:00:00Z',
  })
  const told = (words: readonly Approval[]) => standingApprovals(words).map(({ who, of, why }) => `${who} ${of} ${why}`)
  const words = [
    word('E. Addo', 'approved'),
    word('N. Owusu', 'approved', 'firewall matrix'),
    word('E. Addo', 'approved', 'sign-off sheet'),
    word('e. addo', 'withdrawn'),
  ]
  expect(told(words)).toEqual(['N. Owusu firewall matrix w', 'E. Addo sign-off sheet w'])
  expect(told([...words, word('E. Addo', 'approved', 'plan', 'mended')])).toEqual([
    'E. Addo plan mended',
    'N. Owusu firewall matrix w',
    'E. Addo sign-off sheet w',
  ])
  expect(told([])).toEqual([])
})
