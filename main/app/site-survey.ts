/** Owns the surveys that windows ask for: each goes on by itself and is looked at while it does. Kept until this process ends. */
import type { Api } from '../../domain/contract/api.ts'
import type { SurveyedHost } from '../../domain/contract/shapes.ts'
import { failed, toFailure, type Failure } from '../../domain/failure.ts'
import { isManaged } from '../../domain/host.ts'
import type { App } from './create-app.ts'
import type { SiteFolders } from './site-folders.ts'

type SurveyMethods = Pick<Api, Extract<keyof Api, `survey.${string}`>>

interface Survey {
  readonly surveyId: string
  readonly of: string
  readonly startedAt: number
  readonly total: number
  readonly stop: AbortController
  readonly hosts: SurveyedHost[]
  status: 'running' | 'done' | 'stopped' | 'failed'
  endedAt: number | null
  failure: Failure | null
  ended: Promise<void>
}

/** The methods about surveys. `ready` throws where the vault must be unlocked first. */
export function siteSurveys(app: App, folders: SiteFolders, ready: (planId: string, revision: number) => Promise<void>): { readonly methods: SurveyMethods; close(): Promise<void> } {
  const surveys = new Map<string, Survey>()
  const keyOf = ({ planId, revision }: { readonly planId: string; readonly revision: number }) => JSON.stringify([planId, revision])
  let count = 0

  async function visit(survey: Survey, planId: string, revision: number, folder: string): Promise<void> {
    const { plan } = app.store.plans.plan(planId, revision)
    const { signal } = survey.stop
    try {
      // What a host said is told at once, and redacted as the whole will be.
      await app.survey(plan, folder, { signal, onHost: (host) => void survey.hosts.push(app.redactor.redactDeep(structuredClone(host)) as SurveyedHost) })
      survey.status = signal.aborted ? 'stopped' : 'done'
    } catch (thrown) {
      survey.status = signal.aborted ? 'stopped' : 'failed'
      survey.failure = signal.aborted ? null : app.redactor.redactDeep(toFailure(thrown))
    }
    survey.endedAt = Date.now()
  }

  return {
    methods: {
      'survey.start': async ({ planId, revision, folder }) => {
        const of = keyOf({ planId, revision })
        await ready(planId, revision)
        const { plan } = app.store.plans.plan(planId, revision)
        if (surveys.get(of)?.status === 'running') throw failed('host', 'survey-running', 'A survey of this revision is under way.', 'Wait for it, or stop it first.')
        if (folder !== null) folders.remember(planId, folder)
        count += 1
        const survey: Survey = {
          surveyId: `survey-${count}`, of, startedAt: Date.now(), total: plan.hosts.filter(isManaged).length, stop: new AbortController(), hosts: [], status: 'running', endedAt: null, failure: null, ended: Promise.resolve(),
        }
        surveys.set(of, survey)
        survey.ended = visit(survey, planId, revision, folders.baseOf(planId))
        return { surveyId: survey.surveyId }
      },
      'survey.stop': async ({ surveyId }) => {
        const survey = [...surveys.values()].find((one) => one.surveyId === surveyId)
        if (!survey) throw failed('plan', 'unknown-survey', `There is no survey ${surveyId}.`, 'Begin one.')
        survey.stop.abort(new Error('stopped by a person'))
        await survey.ended
        return {}
      },
      'survey.result': async ({ planId, revision, after }) => {
        const survey = surveys.get(keyOf({ planId, revision }))
        if (!survey) return null
        const { surveyId, status, startedAt, endedAt, total, hosts, failure } = survey
        return { surveyId, status, startedAt, endedAt, total, hosts: hosts.slice(after), failure }
      },
    },
    async close() {
      for (const survey of surveys.values()) survey.stop.abort(new Error('Rollout ends.'))
      await Promise.all([...surveys.values()].map((survey) => survey.ended))
    },
  }
}
