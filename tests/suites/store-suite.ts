/** What every run store, output store and trust store must do for the engine, wherever it keeps its data. */
import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../domain/run/event.ts'
import { FailureError, type Failure } from '../../domain/base/failure.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { OutputStore, RunStore, TrustStore } from '../../main/engine/ports.ts'

/** An adapter under test: an empty run of this graph whose log holds run.created (seq 1), the lease held, and ways to look behind the ports. */
export interface StoreUnderTest {
  readonly runs: RunStore
  readonly output: OutputStore
  readonly trust: TrustStore
  readonly runId: string
  readonly graph: Graph
  /** All output of that attempt as text. */
  outputOf(stepId: string, attempt: number): string
  /** Lets another engine take over. */
  readonly loseLease: () => void
  close(): void
}

export const observed = (step: string, evidence: string): NewEvent => ({
  type: 'step.observed',
  step,
  attempt: 1,
  phase: 'before',
  observation: 'absent',
  evidence: [evidence],
})

// What toThrow compares a thrown FailureError with.
function failing(failure: Partial<Failure>): { asymmetricMatch: (thrown: unknown) => boolean } {
  return {
    asymmetricMatch: (thrown) =>
      thrown instanceof FailureError &&
      Object.entries(failure).every(([key, value]) => thrown.failure[key as keyof Failure] === value),
  }
}

/** Runs the suite against an adapter. */
export function storeSuite(name: string, make: () => StoreUnderTest): void {
  const withStore = (work: (store: StoreUnderTest) => void) => () => {
    const store = make()
    try {
      work(store)
    } finally {
      store.close()
    }
  }
  describe(`store ports: ${name}`, () => {
    it(
      'gives events their place without gaps and hands them back as they were',
      withStore(({ runs, runId }) => {
        const first = runs.append(
          runId,
          [observed('a', 'ä "quoted" 🔑\u0000'), { type: 'run.started', by: 'me' }],
          1000,
        )
        const second = runs.append(runId, [observed('b', 'x')], 2000)
        expect([...first, ...second].map(({ seq, at }) => [seq, at])).toEqual([
          [2, 1000],
          [3, 1000],
          [4, 2000],
        ])
        expect(runs.events(runId, 1)).toEqual([...first, ...second])
        expect(runs.events(runId, 3)).toEqual(second)
        expect(runs.events(runId, 4)).toEqual([])
        expect(runs.events(runId)[0]).toMatchObject({ seq: 1, type: 'run.created' })
      }),
    )

    it(
      'keeps all of a batch or nothing of it',
      withStore(({ runs, runId }) => {
        const bad = { type: 'step.observed', step: 'a' } as unknown as NewEvent
        expect(() => runs.append(runId, [observed('a', 'x'), bad], 1)).toThrow('step.observed')
        expect(runs.events(runId, 1)).toEqual([])
      }),
    )

    it(
      'answers an empty batch with nothing',
      withStore(({ runs, runId }) => expect(runs.append(runId, [], 1)).toEqual([])),
    )

    it(
      'hands the frozen graph back',
      withStore(({ runs, runId, graph }) => expect(runs.graph(runId)).toEqual(graph)),
    )

    it(
      'names a run that is not there',
      withStore(({ runs }) => {
        for (const ask of [
          () => runs.events('run-x'),
          () => runs.graph('run-x'),
          () => runs.append('run-x', [observed('a', 'x')], 1),
        ])
          expect(ask).toThrow('run-x')
      }),
    )

    it(
      'appends nothing once another engine has taken over',
      withStore(({ runs, runId, loseLease }) => {
        loseLease()
        expect(() => runs.append(runId, [observed('a', 'x')], 1)).toThrow(failing({ code: 'lease-lost' }))
        expect(runs.events(runId, 1)).toEqual([])
      }),
    )

    it(
      'keeps output of attempts apart and in order',
      withStore(({ output, runId, outputOf }) => {
        for (const [attempt, text] of [
          [1, 'one '],
          [2, 'other'],
          [1, 'two '],
          [1, 'three'],
        ] as const)
          output.write(runId, 'a', attempt, 5, { stream: 'output', text })
        expect(outputOf('a', 1)).toBe('one two three')
        expect(outputOf('a', 2)).toBe('other')
      }),
    )

    it(
      'pins a fingerprint for an address and port',
      withStore(({ trust }) => {
        expect(trust.pinned('HUB01', 22)).toBeUndefined()
        trust.pin('HUB01', 22, 'SHA256:abc')
        trust.pin('HUB01', 22, 'SHA256:abc')
        expect(trust.pinned('HUB01', 22)).toBe('SHA256:abc')
        expect(trust.pinned('hub01', 22)).toBe('SHA256:abc')
        expect(trust.pinned('HUB01', 2222)).toBeUndefined()
      }),
    )

    it(
      'never replaces a pinned fingerprint by itself',
      withStore(({ trust }) => {
        trust.pin('HUB01', 22, 'SHA256:abc')
        expect(() => trust.pin('HUB01', 22, 'SHA256:xyz')).toThrow(failing({ kind: 'trust' }))
        expect(trust.pinned('HUB01', 22)).toBe('SHA256:abc')
      }),
    )
  })
}
