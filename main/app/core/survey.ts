/**
 * What main/survey needs of the adapters, handed in: transports with the pinned host keys, the media of this
 * workstation, the doctor, and the database for the answers. main/survey itself knows no adapter.
 */
import { resolve } from 'node:path'
import type { Plan } from '../../../domain/plan/plan.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { planHash, planIdOf } from '../../store/plan-store.ts'
import type { RevisionKey } from '../../store/survey-store.ts'
import { keepSurvey, type KeptSurvey } from '../../survey/kept.ts'
import { surveyHosts, type SurveyOptions } from '../../survey/survey.ts'
import type { SurveyedHost } from '../../survey/visit.ts'
import { openTransports } from '../../transports/registry.ts'
import { systemClock } from '../workstation/clock.ts'
import { lookAtMedia } from '../workstation/plan-file.ts'
import type { Dependencies } from './dependencies.ts'
import { explain } from './doctor.ts'
import { trustOf } from './trust.ts'
import { redactData } from '../secrets/redact-data.ts'
import { practiceClock } from '../practice/practice.ts'

export type { SurveyOptions } from '../../survey/survey.ts'
export type { SurveyedHost } from '../../survey/visit.ts'

// The wait for an answer while the doctor looks for a cause: by then the port has answered once.
const doctorWaitMs = 10_000

/** Surveys the plan's hosts. Nothing on a host is changed; a host key seen for the first time is pinned. */
export async function surveyPlan(
  parts: Dependencies,
  plan: Plan,
  baseDir: string,
  options: SurveyOptions,
): Promise<SurveyedHost[]> {
  const cleaned = (surveyed: SurveyedHost): SurveyedHost => redactData(parts.redactor, surveyed)
  const tryAgain = (entry: string | undefined) => {
    if (entry !== undefined) parts.signIns.tryAgain(entry, Date.now())
  }
  const siteFile = plan.practice ? resolve(baseDir, plan.practice.site) : undefined
  const clock = siteFile === undefined ? systemClock() : practiceClock(siteFile)
  // A person who starts a survey wants its hosts tried, even where a password was refused before.
  for (const host of plan.hosts)
    if (options.only?.has(host.name) ?? true) tryAgain(host.credential ?? plan.defaultCredential)
  const transports = await (parts.reach ?? openTransports)({
    plan,
    clock,
    siteFile,
    trust: trustOf(parts),
    signIns: parts.signIns,
  })
  try {
    const surveyed = await surveyHosts({
      plan,
      catalogue: parts.catalogue,
      files: await lookAtMedia(plan, baseDir),
      transports,
      vault: parts.vault,
      clock,
      ...options,
      explain: (host, failure) =>
        explain(
          parts,
          {
            ...host,
            ...(host.credential === undefined &&
              plan.defaultCredential !== undefined && { credential: plan.defaultCredential }),
          },
          failure,
          { signal: options.signal, waitMs: doctorWaitMs },
        ),
      onHost: (host) => options.onHost?.(cleaned(host)),
    })
    return surveyed.map(cleaned)
  } finally {
    await transports.close()
  }
}

/**
 * Surveys the plan and stores each answer under that revision. Never throws for what went wrong: that is stored too.
 */
export function surveyRevision(
  parts: Dependencies,
  of: RevisionKey,
  plan: Plan,
  baseDir: string,
  options: SurveyOptions,
): Promise<KeptSurvey> {
  const { store, by, redactor } = parts
  return keepSurvey(
    {
      begin: (all) => {
        store.surveys.begin(of, { planHash: planHash(plan), by, startedAt: Date.now() }, all)
      },
      put: (answer) => {
        store.surveys.put(of, answer, Date.now())
      },
      end: (status, failure) => {
        store.surveys.end(of, status, Date.now(), failure)
      },
    },
    options,
    (recorded) => surveyPlan(parts, plan, baseDir, recorded),
    (thrown) => redactData(redactor, toFailure(thrown)),
  )
}

/**
 * The stored revision with the content of this plan. Where the database has none it becomes a draft; undefined where
 * another draft of the plan is in the way.
 */
export function revisionOf({ store, by }: Pick<Dependencies, 'store' | 'by'>, plan: Plan): RevisionKey | undefined {
  const hash = planHash(plan)
  const same = store.plans.revisions().findLast((revision) => revision.hash === hash)
  if (same) return same
  const planId = planIdOf(plan)
  if (store.plans.revisions(planId).at(-1)?.state === 'draft') return undefined
  return store.plans.saveDraft(planId, plan, { by, at: Date.now() })
}
