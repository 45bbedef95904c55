/** A run as a window reaches it: its plan, its secrets, and a person's words about it. */
import type { Plan } from '../../../domain/plan/plan.ts'
import type { App } from '../core/app.ts'
import type { RunExecutor } from './run-executor.ts'
import { mustBeUnlocked, type WindowVault } from './vault.ts'

export interface RunAccess {
  /** The plan that a run rolls out. */
  planOf(runId: string): Plan
  /** Throws `vault-locked` where a revision needs secrets that cannot be read yet. */
  secretsReady(planId: string, revision: number): Promise<void>
  /** The same for a run that is about to continue here. Where it runs already, its secrets were read. */
  prepare(runId: string): Promise<void>
  /** Words about a run with every secret redacted. */
  redactedWords(runId: string, words: string): Promise<string>
}

/** The access to the runs of an application. */
export function createRunAccess(
  { store, redactReason }: Pick<App, 'store' | 'redactReason'>,
  executor: Pick<RunExecutor, 'stateOf' | 'engine'>,
  vault: WindowVault['vault'],
): RunAccess {
  function planOf(runId: string): Plan {
    const { planId, revision } = store.runs.summary(runId)
    return store.plans.plan(planId, revision).plan
  }

  return {
    planOf,
    secretsReady: (planId, revision) => mustBeUnlocked(vault, store.plans.plan(planId, revision).plan),
    async prepare(runId) {
      const isReadHere = store.runs.summary(runId).status === 'finished' || executor.stateOf(runId) !== undefined
      if (!isReadHere && executor.engine().role !== 'reader') await mustBeUnlocked(vault, planOf(runId))
    },
    // An entry that is missing here is missing for the lanes as well, and they report it.
    redactedWords: (runId, words) => redactReason(words, { plan: planOf(runId), missing: 'left' }),
  }
}
