/** What a run asks of a person. A run that is being cancelled or has finished asks nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pendingDecisions, pendingGate, unreachableHosts } from '../../../domain/run/pending.ts'
import { isHeld } from '../../../domain/run/decide.ts'
import { applyEvent, startState } from '../../../domain/run/run.ts'
import { anyGraph } from '../../builders/graph.ts'
import { driveRun } from '../../builders/model-run.ts'

test('a run that is being cancelled or over asks for nothing, though a gate or a failure waited before', () => {
  let waited = 0
  let held = 0
  fc.assert(
    fc.property(anyGraph, fc.array(fc.nat(9999), { maxLength: 200, size: 'max' }), (graph, tape) => {
      let state = startState(graph)
      for (const event of driveRun(graph, { tape, mayLetPass: true, mayCancel: true }).log) {
        const before = state
        state = applyEvent(state, event)
        if (state.status !== 'cancelling' && state.status !== 'finished') continue
        if (pendingGate(before) !== null || pendingDecisions(before).length > 0) waited++
        expect(pendingGate(state)).toBe(null)
        expect(pendingDecisions(state)).toEqual([])
        if (isHeld(before)) held++
        expect(isHeld(state)).toBe(false)
        if (state.status === 'finished') expect(unreachableHosts(state)).toEqual([])
      }
    }),
    { seed: 7, numRuns: 300 },
  )
  expect(waited, 'runs that were cancelled while something waited').toBeGreaterThan(0)
  expect(held, 'runs that were cancelled while hosts were held').toBeGreaterThan(0)
})
