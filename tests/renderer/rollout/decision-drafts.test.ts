/** Shows that what was chosen for failures is kept for them, and never for one that came later. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import {
  forgetDecisionDraft,
  keepDecisionDraft,
  readDecisionDraft,
  type DecisionDraft,
} from '../../../renderer/rollout/decision/decision-drafts.ts'

describe('a choice that is not decided yet', () => {
  const [first, second, third] = ['RUN001 1', 'RUN002 1', 'RUN003 1'] as const
  const said: DecisionDraft = {
    choice: 'skip',
    oneFirst: false,
    known: new Set([first, second]),
    picked: new Set([first]),
    why: 'its drive is being replaced',
  }

  it('is kept as it is while the same failures wait, and gone once it is decided', () => {
    keepDecisionDraft('a cause', said)
    expect(readDecisionDraft('a cause', new Set([first, second]))).toEqual(said)
    expect(readDecisionDraft('another cause', new Set([first, second]))).toBeNull()
    forgetDecisionDraft('a cause')
    expect(readDecisionDraft('a cause', new Set([first, second]))).toBeNull()
  })

  it('knows nothing of a failure that came later, and nothing of one that is gone', () => {
    keepDecisionDraft('a cause', said)
    expect(readDecisionDraft('a cause', new Set([first, third]))).toEqual({
      ...said,
      known: new Set([first]),
      picked: new Set([first]),
    })
  })

  it('is over when none of those it was meant for waits any more, even where the same step failed again', () => {
    for (const waiting of [[second, third], ['RUN001 2', second], ['RUN001 2'], []]) {
      keepDecisionDraft('a cause', said)
      expect(readDecisionDraft('a cause', new Set(waiting)), waiting.join()).toBeNull()
      // Nor does it come back with a failure that has the old name.
      expect(readDecisionDraft('a cause', new Set([first, second]))).toBeNull()
    }
  })

  it('is kept where nobody is picked on purpose', () => {
    const none = { ...said, picked: new Set<string>() }
    keepDecisionDraft('a cause', none)
    expect(readDecisionDraft('a cause', new Set([first, second]))).toEqual(none)
  })
})
