/** Shows what a gate writes into the log, what is kept of it, and what Rollout says it has proved. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { confirmedItems, evidenceWord, gateRecords, type ItemRecord, readRecords, unconfirmed, withFile } from '../../renderer/run/gate-record.ts'
import { provedBefore } from '../../renderer/run/proved.ts'
import { fold, startState } from '../../domain/run.ts'
import { graphOf } from '../builders/graph.ts'
import { enterprisePlan } from '../builders/plan.ts'

describe('the record of a gate', () => {
  const file = { name: 'activation.png', size: 20_480, sha256: 'a'.repeat(64) }
  const confirmed = { at: new Date(2026, 10, 14, 13, 56, 20).getTime(), note: ' read twice ', files: [file] }

  it('names each confirmed item with when, note and files, and no other', () => {
    expect(confirmedItems(['The licence is active.', 'Signing in works.', 'The third.'], [confirmed, { ...unconfirmed, at: confirmed.at }, unconfirmed])).toEqual([
      { item: 'The licence is active.', at: confirmed.at, note: 'read twice', files: [file] }, { item: 'Signing in works.', at: confirmed.at, note: '', files: [] },
    ])
    expect(evidenceWord(file)).toBe('activation.png 20 kB aaaa…aaaa')
  })

  it('loses nothing that is said while a file is on its way', async () => {
    let shown: readonly ItemRecord[] = [unconfirmed, unconfirmed]
    const records = gateRecords(shown, (next) => { shown = next })
    const arrived = Promise.withResolvers<typeof file>()
    const attaching = arrived.promise.then((kept) => records.change(0, (said) => withFile(said, kept)))
    records.change(0, (said) => ({ ...said, at: confirmed.at, note: 'read' }))
    records.change(1, (said) => ({ ...said, at: confirmed.at }))
    arrived.resolve(file)
    await attaching
    expect(shown).toEqual([{ at: confirmed.at, note: 'read', files: [file] }, { ...unconfirmed, at: confirmed.at }])
    expect(records.change(0, (said) => withFile(said, file))).toEqual(shown)
  })

  it('is read back as it was kept, and is open where it is of another checklist or no record', () => {
    expect(readRecords(JSON.stringify([confirmed]), 1)).toEqual([confirmed])
    expect(readRecords(JSON.stringify([confirmed]), 2)).toEqual([unconfirmed, unconfirmed])
    for (const text of [null, '', '{}', '[{"at":"x","note":"","files":[]}]', '[{"at":1,"note":"","files":[{}]}]', '[{"at":1,"note":"","evidence":[]}]']) expect(readRecords(text, 1)).toEqual([unconfirmed])
  })
})

describe('what is proved before a gate', () => {
  const graph = graphOf(enterprisePlan({ runners: 2 }))
  const hub = graph.stages.find((stage) => stage.name === 'hub')?.gate
  if (!hub) throw new Error('no gate')

  it('is nothing before anything was done, and what was seen afterwards', () => {
    const start = startState(graph)
    expect(provedBefore(start, hub)).toEqual([])
    const step = graph.steps.find((one) => one.stage === 'prerequisites' && one.work.kind === 'run-installer')
    if (!step) throw new Error('no installer')
    const state = fold(start, [
      { type: 'run.started', by: 'me', seq: 1, at: 0 }, { type: 'step.attempted', step: step.id, attempt: 1, mode: 'normal', seq: 2, at: 1 },
      { type: 'step.succeeded', step: step.id, attempt: 1, changed: true, rebootWanted: false, learned: null, seq: 3, at: 7 },
    ])
    expect(provedBefore(state, hub)).toEqual([{ title: step.title, hosts: [step.host], skipped: [], at: 7 }])
  })
})
