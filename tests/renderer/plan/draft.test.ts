/** Shows that an open plan never writes over what somebody else stored before a person has answered, however often it is opened anew. Rung 1: pure, over a database of one plan. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../../../domain/contract/api.ts'
import type { PlanRevision } from '../../../domain/contract/shapes.ts'
import { failed } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { type DraftSession } from '../../../renderer/plan/model/draft.ts'
import { openDraft } from '../../../renderer/plan/model/open-draft.ts'
import { forgetStored } from '../../../renderer/shared/browser-storage.ts'
import { pilotPlan } from '../../builders/plan.ts'

const planId = 'accra'
// Longer than any pause before a save.
const longMs = 10_000

/** What every window of one application asks: the newest draft, and the edits that are none yet. */
function oneDatabase(first: Plan) {
  let stored = first
  let revision = 1
  let edits: { readonly basedOn: string; readonly keptAt: number; readonly document: unknown } | null = null
  /** Names of plans that take long to be judged. */
  const slow = new Set<string>()
  const hashOf = (plan: Plan): string => JSON.stringify(plan)
  const newest = (): PlanRevision => ({
    planId,
    revision,
    state: 'draft',
    hash: hashOf(stored),
    changedBy: 'ama',
    changedAt: 0,
  })
  const answers: Record<string, (input: { readonly basedOn?: string; readonly document?: unknown }) => unknown> = {
    'plan.read': () => ({ plan: stored, revision: newest(), folder: null }),
    'plan.revisions': () => ({ revisions: [newest()] }),
    'plan.check': () => ({ ok: false, problems: [] }),
    'plan.topology': () => ({ ok: false, problems: [] }),
    'plan.graph': ({ document }) => {
      throw failed('plan', 'no-host', `${(document as Plan).name} has no host.`, 'Add one.')
    },
    'plan.saveDraft': ({ basedOn, document }) => {
      if (basedOn !== hashOf(stored))
        throw failed('request', 'draft-changed', 'ama changed this plan meanwhile.', 'Read it again.')
      stored = document as Plan
      revision++
      return { ok: true, revision: newest(), folder: null }
    },
    'plan.keepEdits': ({ basedOn = '', document }) => {
      edits = { basedOn, document, keptAt: Date.now() }
      return {}
    },
    'plan.keptEdits': () => ({ edits }),
    'plan.forgetEdits': () => {
      edits = null
      return {}
    },
  }
  const call: Call = async (name, input) => {
    // As long as an answer may take: what saves by itself must not come in between.
    const judged = name === 'plan.graph' ? (input as { readonly document: Plan }).document.name : ''
    await new Promise((resolve) => {
      setTimeout(resolve, slow.has(judged) ? longMs / 2 : 100)
    })
    const answer = answers[name]
    if (!answer) throw failed('request', 'not-asked', `${name} is no part of this test.`, '')
    return answer(input as never) as never
  }
  return { client: { call, watch: () => () => undefined }, name: () => stored.name, slow }
}

describe('a plan that is open in two windows', () => {
  const named =
    (name: string) =>
    (plan: Plan): Plan => ({ ...plan, name })
  const shown = ({ store }: DraftSession) => {
    const { plan, theirs, restored } = store.getState()
    return { mine: plan.name, theirs: theirs?.plan.name ?? null, restored }
  }
  let sessions: DraftSession[] = []
  let database = oneDatabase(pilotPlan())
  const open = async (): Promise<DraftSession> => {
    const opening = openDraft(database.client, planId)
    await vi.advanceTimersByTimeAsync(longMs)
    const session = await opening
    sessions.push(session)
    return session
  }
  const leave = async (session: DraftSession): Promise<void> => {
    session.close()
    await vi.advanceTimersByTimeAsync(longMs)
  }
  const edit = async (session: DraftSession, name: string): Promise<void> => {
    session.edit(named(name))
    await vi.advanceTimersByTimeAsync(longMs)
  }

  beforeEach(() => {
    vi.useFakeTimers()
    database = oneDatabase(pilotPlan({ name: 'Before' }))
    sessions = []
  })
  afterEach(async () => {
    for (const session of sessions) await leave(session)
    forgetStored(`rollout.unsaved.${planId}`)
    vi.useRealTimers()
  })

  /** Two windows on one plan; the first has stored, the second has edits in the way of it and nobody has chosen. */
  const meet = async (): Promise<DraftSession> => {
    const first = await open()
    const second = await open()
    await edit(first, 'Theirs')
    await edit(second, 'Mine')
    expect(shown(second)).toEqual({ mine: 'Mine', theirs: 'Theirs', restored: false })
    await leave(first)
    return second
  }

  it('asks until a person has answered, however often it is opened anew, and stores nothing meanwhile', async () => {
    let window = await meet()
    for (let times = 0; times < 3; times++) {
      await leave(window)
      window = await open()
      expect(shown(window)).toEqual({ mine: 'Mine', theirs: 'Theirs', restored: true })
      expect(database.name()).toBe('Theirs')
    }
    window.keepMine()
    await vi.advanceTimersByTimeAsync(longMs)
    expect(database.name()).toBe('Mine')
    await leave(window)
    expect(shown(await open())).toEqual({ mine: 'Mine', theirs: null, restored: false })
  })

  it('goes on asking after more was typed over edits that came back', async () => {
    await leave(await meet())
    const window = await open()
    await edit(window, 'Mine, and more')
    await leave(window)
    expect(shown(await open())).toEqual({ mine: 'Mine, and more', theirs: 'Theirs', restored: true })
    expect(database.name()).toBe('Theirs')
  })

  it('forgets the edits that were given up', async () => {
    await leave(await meet())
    const window = await open()
    void window.takeTheirs()
    await vi.advanceTimersByTimeAsync(longMs)
    await leave(window)
    expect(shown(await open())).toEqual({ mine: 'Theirs', theirs: null, restored: false })
  })

  it('shows what is wrong with what is on screen, also where the judgement of an older edit comes later', async () => {
    database.slow.add('Older')
    const window = await open()
    window.edit(named('Older'))
    await vi.advanceTimersByTimeAsync(1_000)
    window.edit(named('Newer'))
    await vi.advanceTimersByTimeAsync(1_000)
    const wrong = () => window.store.getState().notCompiled?.message
    expect(wrong()).toBe('Newer has no host.')
    await vi.advanceTimersByTimeAsync(longMs)
    expect(wrong()).toBe('Newer has no host.')
  })

  it('asks nobody where its own edits follow its own save', async () => {
    const window = await open()
    window.edit(named('First'))
    // The save is on its way, and its answer comes after the next letter.
    await vi.advanceTimersByTimeAsync(550)
    window.edit(named('Second'))
    await vi.advanceTimersByTimeAsync(100)
    expect(database.name()).toBe('First')
    // The window crashes before the second is saved.
    vi.clearAllTimers()
    sessions = []
    const again = await open()
    expect(shown(again)).toEqual({ mine: 'Second', theirs: null, restored: false })
    expect(database.name()).toBe('Second')
  })
})
