/** Surveys started by windows. They run in the background; answers are read from the database. */
import type { Api } from '../../../domain/contract/api.ts'
import { isManaged } from '../../../domain/plan/host.ts'
import type { RevisionKey } from '../../store/survey-store.ts'
import type { App } from '../core/app.ts'
import type { MediaFolders } from './folders.ts'
import { hostsNotSurveyed, surveyRunning, unknownSurvey } from './text/rollout-failures.ts'

type SurveyMethods = Pick<Api, Extract<keyof Api, `survey.${string}`>>

interface Running {
  readonly surveyId: string
  readonly stop: AbortController
  readonly visiting: Set<string>
  ended: Promise<unknown>
}

export interface SurveyMethodsOptions {
  readonly app: App
  readonly folders: MediaFolders
  /** Throws where the vault must be unlocked first. */
  readonly ready: (planId: string, revision: number) => Promise<void>
}

/** The methods about surveys. */
export function surveyMethods({ app, folders, ready }: SurveyMethodsOptions): {
  readonly methods: SurveyMethods
  close(): Promise<void>
} {
  const running = new Map<string, Running>()
  const keyOf = ({ planId, revision }: RevisionKey) => JSON.stringify([planId, revision])
  const planOf = ({ planId, revision }: RevisionKey) => app.store.plans.plan(planId, revision)

  return {
    methods: {
      'survey.start': async ({ planId, revision, folder, hosts }) => {
        const of = { planId, revision }
        await ready(planId, revision)
        const { plan } = planOf(of)
        const unknown = (hosts ?? []).filter(
          (name) => !plan.hosts.some((host) => host.name === name && isManaged(host)),
        )
        if (unknown.length > 0) throw hostsNotSurveyed(unknown)
        if (running.has(keyOf(of))) throw surveyRunning()
        if (folder !== null) folders.remember(planId, folder)
        const survey: Running = {
          surveyId: keyOf(of),
          stop: new AbortController(),
          visiting: new Set(),
          ended: Promise.resolve(),
        }
        running.set(keyOf(of), survey)
        survey.ended = app
          .surveyRevision(of, plan, folders.baseOf(planId), {
            signal: survey.stop.signal,
            ...(hosts === undefined ? {} : { only: new Set(hosts) }),
            onVisit: (host) => void survey.visiting.add(host),
            onHost: ({ host }) => void survey.visiting.delete(host),
          })
          .finally(() => {
            running.delete(keyOf(of))
          })
        return { surveyId: survey.surveyId }
      },
      'survey.stop': async ({ surveyId }) => {
        const survey = [...running.values()].find((candidate) => candidate.surveyId === surveyId)
        if (!survey) throw unknownSurvey()
        survey.stop.abort(new Error('stopped by a person'))
        await survey.ended
        return {}
      },
      'survey.result': async ({ planId, revision, after }) => {
        const of = { planId, revision }
        const stored = app.store.surveys.survey(of)
        if (!stored) return null
        const {
          plan,
          revision: { hash },
        } = planOf(of)
        const visit = running.get(keyOf(of))
        const { planHash, ...survey } = stored
        return {
          ...survey,
          surveyId: keyOf(of),
          planChanged: planHash !== hash,
          total: plan.hosts.filter(isManaged).length,
          visiting: [...(visit?.visiting ?? [])],
          status: survey.status === 'running' && !visit ? 'unended' : survey.status,
          hosts: app.store.surveys
            .answers(of, after)
            .map(({ number, seenAt, answer }) => ({ ...answer, number, seenAt })),
        }
      },
    },
    async close() {
      for (const survey of running.values()) survey.stop.abort(new Error('Rollout ends.'))
      await Promise.all([...running.values()].map((survey) => survey.ended))
    },
  }
}
