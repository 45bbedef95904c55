/**
 * Benchmark of the engine: time per step and of a resume, with the real store on disk and hosts that answer at once.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compilePlan } from '../../domain/graph/compile.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { runChecks } from '../../domain/checks/check.ts'
import { fold, startState } from '../../domain/run/run.ts'
import { loadCatalogue } from '../../main/app/workstation/catalogue-file.ts'
import { makePracticeSite, practiceClock } from '../../main/app/practice/practice.ts'
import { createEngine } from '../../main/engine/engine.ts'
import { thisProcess } from '../../main/store/lease.ts'
import { openStore } from '../../main/store/store.ts'
import { simulatedTransport } from '../../main/transports/simulated/transport.ts'
import { enterprisePlan, filesOf } from '../builders/plan.ts'
import { wideGraph } from '../builders/graph.ts'
import { instantTransports } from './instant-transport.ts'

const catalogue = loadCatalogue()

/** The engine over hosts that answer at once: what is left is decide, fold, log and disk. */
async function timeASteps(
  hosts: number,
  stepsEach: number,
): Promise<{ msAStep: number; cpuMsAStep: number; steps: number; resumeMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-bench-'))
  const file = join(folder, 'bench.db')
  try {
    const graph: Graph = wideGraph({ hosts, stepsEach })
    const names = new Set(graph.steps.map((step) => step.host))
    const plan: Plan = {
      ...enterprisePlan({ runners: 1 }),
      hosts: [...names].map((name) => ({
        name,
        address: '10.0.0.1',
        reach: { kind: 'simulated' },
        workFolder: 'C:\\Work',
      })),
    }
    const store = openStore(file)
    store.lease.acquire(thisProcess('bench', Date.now()), Date.now())
    const { planId, revision } = store.plans.lock('bench', plan, { by: 'bench', at: Date.now() })
    const { runId } = store.runs.createRun({ planId, revision, graph, baseDir: folder, by: 'bench', at: Date.now() })
    const engine = createEngine({
      runId,
      plan,
      catalogue,
      store: store.runs,
      transports: instantTransports(),
      vault: { credential: () => Promise.reject(new Error('none')), secret: () => Promise.reject(new Error('none')) },
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      by: 'bench',
      localPath: (path) => path,
      output: () => undefined,
    })
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const rest = await engine.run(new AbortController().signal)
    const [wall, used] = [performance.now() - start, process.cpuUsage(cpu)]
    if (rest !== 'finished') throw new Error(`the bench run came to rest as ${rest}`)
    const resume = performance.now()
    fold(startState(store.runs.graph(runId)), store.runs.events(runId))
    const resumeMs = performance.now() - resume
    store.close()
    const steps = graph.steps.length
    return { msAStep: wall / steps, cpuMsAStep: (used.user + used.system) / 1000 / steps, steps, resumeMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All checks of a plan of that many hosts, then its compilation; milliseconds, best of five. */
function timeCheckAndCompile(hosts: number): { first: number; best: number } {
  const plan = enterprisePlan({ runners: hosts - 5, studios: 2 })
  const files = filesOf(plan)
  const times = Array.from({ length: 6 }, () => {
    const start = performance.now()
    // A fresh object each time: indexes are kept by plan.
    const copy = { ...plan }
    runChecks({ plan: copy, catalogue, files })
    compilePlan(copy, catalogue)
    return performance.now() - start
  })
  return { first: times[0] ?? 0, best: Math.min(...times) }
}

/** A whole practice rollout in virtual time, hosts modelled and all on disk; milliseconds a step. */
async function timePractice(runners: number): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'practice-bench-'))
  try {
    const site = makePracticeSite({
      dir: join(dir, 'site'),
      layout: 'enterprise',
      runners,
      virtual: true,
      durability: 'relaxed',
    })
    const clock = practiceClock(site.siteFile)
    const transport = simulatedTransport({ siteFile: site.siteFile, clock, durability: 'relaxed' })
    const store = openStore(join(dir, 'bench.db'))
    store.lease.acquire(thisProcess('bench', Date.now()), Date.now())
    const { planId, revision } = store.plans.lock('bench', site.plan, { by: 'bench', at: Date.now() })
    const graph = compilePlan(site.plan, catalogue)
    const { runId } = store.runs.createRun({
      planId,
      revision,
      graph,
      baseDir: join(dir, 'site'),
      by: 'bench',
      at: Date.now(),
    })
    const engine = createEngine({
      runId,
      plan: site.plan,
      catalogue,
      store: store.runs,
      transports: { for: () => transport, close: () => Promise.resolve() },
      vault: { credential: () => Promise.reject(new Error('none')), secret: () => Promise.resolve('practice') },
      clock,
      by: 'bench',
      localPath: (path) => join(dir, 'site', path),
      output: () => undefined,
    })
    const start = performance.now()
    for (;;) {
      const rest = await engine.run(new AbortController().signal)
      const gate = Object.entries(engine.state().gates).find(([, stands]) => !stands.opened)
      if (rest !== 'person' || !gate) break
      engine.submit([{ type: 'gate.opened', gate: gate[0], by: 'bench', why: 'bench' }])
    }
    const wall = performance.now() - start
    transport.close()
    store.close()
    return wall / graph.steps.length
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const { first, best } = timeCheckAndCompile(1000)
console.log(
  `check + compile, 1,000 hosts: first ${first.toFixed(0)} ms, best of six ${best.toFixed(0)} ms (goal: under 50)`,
)
const small = await timeASteps(500, 30)
console.log(
  `engine, 500 hosts x 30 steps, log on disk: ${small.msAStep.toFixed(2)} ms a step, ${small.cpuMsAStep.toFixed(2)} ms of processor (goal: under 1)`,
)
console.log(`resume of that run (read and fold its log): ${(small.resumeMs / 1000).toFixed(2)} s (goal: under 5)`)
const large = await timeASteps(5000, 30)
console.log(
  `engine, 5,000 hosts x 30 steps: ${large.msAStep.toFixed(2)} ms a step, ${large.cpuMsAStep.toFixed(2)} ms of processor; ${(large.cpuMsAStep / small.cpuMsAStep).toFixed(2)} times the processor a step of 500 hosts (goal: linear, 1)`,
)
console.log(`practice site, 500 Runners, hosts modelled: ${(await timePractice(500)).toFixed(2)} ms a step`)
