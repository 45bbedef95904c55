/** Shows that of edits kept in two places the newer ones come back, and that no reading or order loses any. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '../../../domain/contract/api.ts'
import { failed } from '../../../domain/base/failure.ts'
import { unsavedEdits } from '../../../renderer/plan/model/unsaved.ts'
import { forgetStored, writeStored } from '../../../renderer/shared/browser-storage.ts'
import { pilotPlan } from '../../builders/plan.ts'

const key = 'rollout.unsaved.accra'
const named = (name: string) => pilotPlan({ name })

/** An application that keeps edits, answers when the test lets it, and writes down what it was asked. */
function application(edits: unknown = null) {
  const asked: string[] = []
  let answering = Promise.resolve()
  const call = (async (name) => {
    asked.push(name)
    await answering
    return name === 'plan.keptEdits' ? { edits } : {}
  }) as Call
  const refuse = (async () => {
    throw failed('link', 'no-answer', 'Rollout does not answer.', 'Start it again.', 'backoff')
  }) as Call
  const watch = () => () => undefined
  return {
    asked,
    edits: unsavedEdits({ call, watch }, 'accra'),
    gone: unsavedEdits({ call: refuse, watch }, 'accra'),
    hold: () => {
      const gate = Promise.withResolvers<void>()
      answering = gate.promise
      return gate.resolve
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  forgetStored(key)
})

describe('edits that come back', () => {
  const comesBack = async (here: number | null, there: number | null) => {
    const { edits } = application(there === null ? null : { basedOn: 'x', keptAt: there, document: named('there') })
    if (here !== null) {
      vi.setSystemTime(here)
      edits.keep({ basedOn: 'x', document: named('here') })
    }
    return (await edits.read())?.document.name ?? null
  }

  it('are the newer of those kept in this window and those kept by the application', async () => {
    expect(await comesBack(2_000, 1_000)).toBe('here')
    expect(await comesBack(1_000, 2_000)).toBe('there')
    expect(await comesBack(1_000, 1_000)).toBe('here')
  })

  it('are those that there are', async () => {
    expect(await comesBack(1_000, null)).toBe('here')
    forgetStored(key)
    expect(await comesBack(null, 1_000)).toBe('there')
    expect(await comesBack(null, null)).toBe(null)
  })

  it('are the others where one of the two cannot be shown', async () => {
    const there = { basedOn: 'x', keptAt: 1, document: named('there') }
    for (const text of ['{"basedOn":', '{}', JSON.stringify({ ...there, document: { name: 'no plan' } })]) {
      writeStored(key, text)
      expect((await application(there).edits.read())?.document.name).toBe('there')
      expect(await application().edits.read()).toBe(null)
    }
    const broken = application({ basedOn: 'x', keptAt: 9_000, document: { hosts: 'none' } }).edits
    broken.keep({ basedOn: 'x', document: named('here') })
    expect((await broken.read())?.document.name).toBe('here')
  })

  it('may be of a version that did not say when they were kept, and then they are the older ones', async () => {
    writeStored(key, JSON.stringify({ basedOn: 'x', document: named('here') }))
    expect((await application().edits.read())?.document.name).toBe('here')
    const there = { basedOn: 'x', keptAt: 1, document: named('there') }
    expect((await application(there).edits.read())?.document.name).toBe('there')
  })
})

describe('edits that are handed over', () => {
  it('are deleted after they were kept, never overtaking that, and only where any were handed over', async () => {
    const { edits, asked, hold } = application()
    edits.keep({ basedOn: 'x', document: named('here') })
    edits.forget()
    expect(asked).toEqual([])
    edits.keep({ basedOn: 'x', document: named('here') })
    const letGo = hold()
    const handing = edits.handOver()
    edits.forget()
    await Promise.resolve()
    await Promise.resolve()
    expect(asked).toEqual(['plan.keepEdits'])
    letGo()
    expect(await handing).toBe(true)
    await expect.poll(() => asked).toEqual(['plan.keepEdits', 'plan.forgetEdits'])
    edits.forget()
    expect(asked).toHaveLength(2)
  })

  it('say whether the application took them; without any there is nothing to take', async () => {
    const { gone, edits } = application()
    expect(await gone.handOver()).toBe(true)
    gone.keep({ basedOn: 'x', document: named('here') })
    expect(await gone.handOver()).toBe(false)
    expect(await edits.handOver()).toBe(true)
  })
})
