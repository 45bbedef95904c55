/** Benchmark of the store: appends per second by batch size, and events read per second. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { thisProcess } from '../../main/store/lease.ts'
import { openStore } from '../../main/store/store.ts'
import { pilotPlan } from '../builders/plan.ts'

export interface StoreBench {
  /** One line for each batch size; milliseconds are the median of all batches, disk included. */
  readonly appends: readonly { readonly batch: number; readonly medianMs: number; readonly batchesPerSecond: number }[]
  readonly events: number
  readonly readMs: number
  readonly readPerSecond: number
  readonly openMs: number
  readonly megabytes: number
}

/** Measures on a fresh database in the folder given, or in the system's folder for temporary files. */
export function benchStore(folder = tmpdir(), events = 60_000): StoreBench {
  const inside = mkdtempSync(join(folder, 'store-bench-'))
  const file = join(inside, 'bench.db')
  try {
    const store = openStore(file)
    store.lease.acquire(thisProcess('bench', Date.now()), Date.now())
    const { planId, revision } = store.plans.lock('bench', pilotPlan(), { by: 'bench', at: Date.now() })
    const { runId } = store.runs.createRun({
      planId,
      revision,
      graph: emptyGraph,
      baseDir: inside,
      by: 'bench',
      at: Date.now(),
    })
    const appends = [1, 16, 64].map((batch) => {
      const times = Array.from({ length: 200 }, (_, i) =>
        timed(() => store.runs.append(runId, eventsOf(batch, i), Date.now())),
      )
      const medianMs = times.toSorted((a, b) => a - b)[100] ?? 0
      return { batch, medianMs, batchesPerSecond: 200_000 / times.reduce((sum, ms) => sum + ms, 0) }
    })
    for (let at = store.runs.summary(runId).lastSeq; at < events; at += 500)
      store.runs.append(runId, eventsOf(Math.min(500, events - at), at), Date.now())
    const readMs = timed(() => store.runs.events(runId))
    store.close()
    const openMs = timed(() => openStore(file).close())
    return {
      appends,
      events,
      readMs,
      readPerSecond: (events / readMs) * 1000,
      openMs,
      megabytes: statSync(file).size / 2 ** 20,
    }
  } finally {
    rmSync(inside, { recursive: true, force: true })
  }
}

const emptyGraph: Graph = {
  format: 'exekra-rollout-graph',
  version: 1,
  planName: 'bench',
  stages: [],
  steps: [],
  policy: { concurrency: 16, stageConcurrency: {}, stopAtFailedPercent: 25 },
}

function eventsOf(count: number, salt: number): NewEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'step.observed',
    step: `runner/RUN${String(i).padStart(3, '0')}/run-installer`,
    attempt: 1,
    phase: 'before',
    observation: 'absent',
    evidence: [`The service ExekraRunner does not exist (${salt}.${i}).`],
  }))
}

function timed(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** The measurement as lines of text. */
export function describeStoreBench(bench: StoreBench): string {
  return [
    'store (WAL, synchronous=FULL)',
    ...bench.appends.map(
      ({ batch, medianMs, batchesPerSecond }) =>
        `  append ${String(batch).padStart(2)} events   median ${medianMs.toFixed(2)} ms   ${batchesPerSecond.toFixed(0)} batches/s   ${(batch * batchesPerSecond).toFixed(0)} events/s`,
    ),
    `  read ${bench.events} events   ${bench.readMs.toFixed(0)} ms   ${bench.readPerSecond.toFixed(0)} events/s`,
    `  open and check ${bench.megabytes.toFixed(1)} MB   ${bench.openMs.toFixed(0)} ms`,
  ].join('\n')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(describeStoreBench(benchStore()))
