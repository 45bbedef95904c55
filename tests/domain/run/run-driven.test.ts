/** The laws of decide and the fold together, on runs whose hosts and people do as they like. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, startState } from '../../../domain/run/run.ts'
import { anyGraph } from '../../builders/graph.ts'
import { driveRun } from '../../builders/model-run.ts'
import { kept, recomputed } from '../../builders/naive-run.ts'

const tape = fc.array(fc.nat(9999), { maxLength: 600, size: 'max' })

describe('decide and applyEvent, no hosts: any run of any plan keeps the laws', () => {
  test('whatever hosts and people do, no law of the run is broken and the run ends', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyGraph, tape, (graph, choices) => {
        expect(driveRun(graph, { tape: choices, mayLetPass: true, mayCancel: true }).state.status).toBe('finished')
      }),
      { numRuns: 400 },
    )
  })

  test(
    'when nobody skips, excludes or cancels, and hosts succeed in the end, the run is accepted',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(anyGraph, tape, (graph, choices) => {
          expect(driveRun(graph, { tape: choices }).state.outcome).toBe('accepted')
        }),
        { numRuns: 100 },
      )
    },
  )

  test('sets and tallies are what a fresh count of the lanes gives, after every event', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyGraph, tape, (graph, choices) => {
        driveRun(graph, {
          tape: choices,
          mayLetPass: true,
          mayCancel: true,
          onState: (state) => {
            expect(kept(state)).toEqual(recomputed(state))
          },
        })
      }),
      { numRuns: 40 },
    )
  })

  test(
    'the same outcomes and decisions give the same log, and the log gives the same state',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(anyGraph, tape, (graph, choices) => {
          const options = { tape: choices, mayLetPass: true, mayCancel: true }
          const first = driveRun(graph, options)
          expect(JSON.stringify(driveRun(graph, options).log)).toBe(JSON.stringify(first.log))
          expect(fold(startState(graph), first.log)).toEqual(first.state)
        }),
        { numRuns: 40 },
      )
    },
  )
})
