/** Shows what a gate writes into the log, what is kept of it, and what Rollout says it has proved. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import {
  confirmedItems,
  evidenceLabel,
  gateRecords,
  type ItemRecord,
  readRecords,
  unconfirmed,
  withFile,
} from '../../../renderer/rollout/gate/gate-record.ts'
import { previewGate } from '../../../renderer/rollout/gate/gate-preview.ts'
import { gateProofs } from '../../../renderer/rollout/gate/gate-proofs.ts'
import type { Gate } from '../../../domain/graph/graph.ts'
import type { StageName } from '../../../domain/base/ids.ts'
import { fold, startState } from '../../../domain/run/run.ts'
import { graphOf } from '../../builders/graph.ts'
import { playedRun } from '../../builders/played-run.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 2 }))

function gateBefore(name: StageName): Gate {
  const gate = graph.stages.find((stage) => stage.name === name)?.gate
  if (!gate) throw new Error('no gate')
  return gate
}

describe('the record of a gate', () => {
  const file = { name: 'activation.png', size: 20_480, sha256: 'a'.repeat(64) }
  const confirmed = { at: new Date(2026, 10, 14, 13, 56, 20).getTime(), note: ' read twice ', files: [file] }

  it('names each confirmed item with when, note and files, and no other', () => {
    expect(
      confirmedItems(
        ['The licence is active.', 'Signing in works.', 'The third.'],
        [confirmed, { ...unconfirmed, at: confirmed.at }, unconfirmed],
      ),
    ).toEqual([
      { item: 'The licence is active.', at: confirmed.at, note: 'read twice', files: [file] },
      { item: 'Signing in works.', at: confirmed.at, note: '', files: [] },
    ])
    expect(evidenceLabel(file)).toBe('activation.png 20 kB aaaa…aaaa')
  })

  it('loses nothing that is said while a file is on its way', async () => {
    let shown: readonly ItemRecord[] = [unconfirmed, unconfirmed]
    const records = gateRecords(shown, (next) => {
      shown = next
    })
    const arrived = Promise.withResolvers<typeof file>()
    const attaching = arrived.promise.then((kept) => records.change(0, (said) => withFile(said, kept)))
    records.change(0, (said) => ({ ...said, at: confirmed.at, note: 'read' }))
    records.change(1, (said) => ({ ...said, at: confirmed.at }))
    arrived.resolve(file)
    await attaching
    expect(shown).toEqual([
      { at: confirmed.at, note: 'read', files: [file] },
      { ...unconfirmed, at: confirmed.at },
    ])
    expect(records.change(0, (said) => withFile(said, file))).toEqual(shown)
  })

  it('is read back as it was kept, and is open where it is of another checklist or no record', () => {
    expect(readRecords(JSON.stringify([confirmed]), 1)).toEqual([confirmed])
    expect(readRecords(JSON.stringify([confirmed]), 2)).toEqual([unconfirmed, unconfirmed])
    for (const text of [
      null,
      '',
      '{}',
      '[{"at":"x","note":"","files":[]}]',
      '[{"at":1,"note":"","files":[{}]}]',
      '[{"at":1,"note":"","evidence":[]}]',
    ])
      expect(readRecords(text, 1)).toEqual([unconfirmed])
  })
})

describe('what is proved before a gate', () => {
  const hub = gateBefore('hub')

  it('is nothing before anything was done, and what was seen afterwards', () => {
    const start = startState(graph)
    expect(gateProofs(start, hub)).toEqual([])
    const step = graph.steps.find((one) => one.stage === 'prerequisites' && one.work.kind === 'run-installer')
    if (!step) throw new Error('no installer')
    const state = fold(start, [
      { type: 'run.started', by: 'me', seq: 1, at: 0 },
      { type: 'step.attempted', step: step.id, attempt: 1, mode: 'normal', seq: 2, at: 1 },
      {
        type: 'step.succeeded',
        step: step.id,
        attempt: 1,
        changed: true,
        rebootWanted: false,
        learned: null,
        seq: 3,
        at: 7,
      },
    ])
    expect(gateProofs(state, hub)).toEqual([
      { title: step.title, hosts: [step.host], skipped: [], excluded: [], at: 7 },
    ])
  })

  it('keeps no line back, and names hosts on which a thing was let pass or never came to be seen', () => {
    const studio = gateBefore('studio')
    const skipped = playedRun(graph, {
      stopAt: studio.id,
      fails: ({ host, stage, work }) =>
        host === 'HUB01' && stage === 'hub' && work.kind === 'open-port' ? 'skip' : null,
    }).state
    const lines = gateProofs(skipped, studio)
    expect(lines.length).toBe(
      new Set(
        graph.steps
          .filter((step) => step.stage === 'hub' && /^(run-installer|await|open-port|probe-flow)/.test(step.work.kind))
          .map((step) => step.title),
      ).size,
    )
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.find((line) => line.title === 'Open port 4545')).toMatchObject({ hosts: [], skipped: ['HUB01'] })
    const accept = gateBefore('acceptance')
    const excluded = playedRun(graph, {
      stopAt: accept.id,
      fails: ({ host, work }) => (host === 'RUN002' && work.kind === 'run-installer' ? 'exclude' : null),
    }).state
    expect(gateProofs(excluded, accept).find((line) => line.title === 'Install Runner')).toMatchObject({
      hosts: ['RUN001'],
      excluded: ['RUN002'],
    })
  })
})

describe('what opens with a gate', () => {
  it('is of the hosts that are still in the run', () => {
    const accept = gateBefore('acceptance')
    const all = previewGate(startState(graph), accept)
    expect([all.hosts.includes('RUN002'), all.excluded]).toEqual([true, []])
    const { state } = playedRun(graph, {
      stopAt: accept.id,
      fails: ({ host, work }) => (host === 'RUN002' && work.kind === 'run-installer' ? 'exclude' : null),
    })
    const left = previewGate(state, accept)
    expect(left.excluded).toEqual(['RUN002'])
    expect(left.hosts).toEqual(all.hosts.filter((host) => host !== 'RUN002'))
    expect(left.steps).toBe(
      all.steps - graph.steps.filter((step) => step.stage === 'acceptance' && step.host === 'RUN002').length,
    )
  })

  it('has only the waves that still have a host, and a canary only where its host goes first', () => {
    const gate = gateBefore('runner')
    const stage = graph.stages.find((one) => one.name === 'runner')
    const canary = stage?.waves[0]?.hosts[0] ?? ''
    expect(previewGate(startState(graph), gate)).toMatchObject({ waves: stage?.waves.length, canaryFirst: true })
    const out = fold(startState(graph), [
      {
        type: 'decision.made',
        step: graph.steps.find((step) => step.host === canary)?.id ?? '',
        choice: 'exclude',
        by: 'ada',
        why: 'Its drive.',
        seq: 1,
        at: 1,
      },
    ])
    expect(previewGate(out, gate)).toMatchObject({
      waves: (stage?.waves.length ?? 0) - 1,
      canaryFirst: false,
      excluded: [canary],
    })
  })
})
