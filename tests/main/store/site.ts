/** The small site that store tests start with: a folder, a locked plan, a run and its lease. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FailureError, failed, type Failure } from '../../../domain/base/failure.ts'
import type { Graph } from '../../../domain/graph/graph.ts'
import type { SurveyAnswer } from '../../../domain/checks/survey.ts'
import type { Holder } from '../../../main/store/lease.ts'
import { openStore, type OpenOptions, type Store } from '../../../main/store/store.ts'
import { pilotPlan } from '../../builders/plan.ts'

/** A moment for tests: 2026-11-23, 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 23, 12)

export const smallGraph: Graph = {
  format: 'exekra-rollout-graph',
  version: 1,
  planName: 'Pilot',
  policy: { concurrency: 16, stageConcurrency: {}, stopAtFailedPercent: 25 },
  stages: [{ name: 'hub', gate: null, canary: false, waves: [{ number: 1, id: 'wave:hub:1', hosts: ['HUB01'] }] }],
  steps: [
    {
      id: 'hub/HUB01/reach-host',
      host: 'HUB01',
      stage: 'hub',
      wave: 1,
      after: [],
      title: 'Reach HUB01',
      work: { kind: 'reach-host' },
    },
  ],
}

/** A database file that does not exist yet, in a folder of its own. */
export function freshFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'store-')), 'site.db')
}

/** An engine on a machine called `here`. */
export function engine(name: string, changes: Partial<Holder> = {}): Holder {
  return { holder: name, pid: process.pid, host: 'here', boot: 'boot-1', ...changes }
}

/** What a survey keeps of a host that gave no answer. */
export function silentHost(host: string): SurveyAnswer {
  return {
    host,
    unreached: failed('link', 'no-answer', `${host} does not answer.`, 'Switch it on.', 'backoff').failure,
    diagnosis: null,
    door: null,
    facts: null,
    probes: [],
    findings: [],
  }
}

/** A store with the pilot plan locked, one run created and the lease held. */
export function storeWithRun(
  file = freshFile(),
  options: OpenOptions = {},
): { store: Store; file: string; runId: string } {
  const store = openStore(file, options)
  const { planId, revision } = store.plans.lock('pilot', pilotPlan(), { by: 'planner', at: noon })
  const { runId } = store.runs.createRun({
    planId,
    revision,
    graph: smallGraph,
    baseDir: '/plans',
    by: 'operator',
    at: noon,
  })
  store.lease.acquire(engine('first'), noon)
  return { store, file, runId }
}

/** The Failure of work that must throw one. */
export function failureOf(work: () => unknown): Failure {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure
    throw thrown
  }
  throw new Error('expected a FailureError, nothing was thrown')
}
