/** Owns a survey that is kept: whoever makes it, its answers stand in the database as they come. */
import { toFailure, type Failure } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { planHash, planIdOf } from '../../store/plan-store.ts'
import type { RevisionKey } from '../../store/survey-store.ts'
import type { App } from './app.ts'
import type { SurveyedHost, SurveyOptions } from './survey.ts'

export interface KeptSurvey {
  readonly status: 'done' | 'stopped' | 'failed'
  readonly hosts: readonly SurveyedHost[]
  readonly failure: Failure | null
}

/** Surveys the plan and keeps each answer under that revision. Never throws for what went wrong: it is kept as well. */
export async function keepSurvey(
  app: App,
  of: RevisionKey,
  plan: Plan,
  baseDir: string,
  by: string,
  options: SurveyOptions,
): Promise<KeptSurvey> {
  const { surveys } = app.store
  surveys.begin(of, { planHash: planHash(plan), by, startedAt: Date.now() }, options.only === undefined)
  const end = (status: KeptSurvey['status'], hosts: readonly SurveyedHost[], failure: Failure | null): KeptSurvey => {
    surveys.end(of, status, Date.now(), failure)
    return { status, hosts, failure }
  }
  try {
    const hosts = await app.survey(plan, baseDir, {
      ...options,
      onHost: (host) => {
        surveys.put(of, host, Date.now())
        options.onHost?.(host)
      },
    })
    return end(options.signal.aborted ? 'stopped' : 'done', hosts, null)
  } catch (thrown) {
    return options.signal.aborted
      ? end('stopped', [], null)
      : end('failed', [], app.redactor.redactDeep(toFailure(thrown)))
  }
}

/** The stored revision that a plan file is, made a draft where the database has none and no other draft of the plan stands in its place; undefined where one does. */
export function revisionOf({ store }: Pick<App, 'store'>, plan: Plan, by: string): RevisionKey | undefined {
  const hash = planHash(plan)
  const same = store.plans.revisions().findLast((revision) => revision.hash === hash)
  if (same) return same
  const planId = planIdOf(plan)
  if (store.plans.revisions(planId).at(-1)?.state === 'draft') return undefined
  return store.plans.saveDraft(planId, plan, { by, at: Date.now() })
}
