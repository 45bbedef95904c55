/** The stations of the practice guide: where the person is on the journey, and what comes next. */
import type { Overview, PlanEntry, RunEntry } from '../shared/overview-store.ts'
import type { PlanSection, Route } from '../shared/route.ts'
import { guideText } from './text.ts'

export interface GuideStation {
  readonly number: number
  readonly title: string
  readonly text: string
  /** Where to go next; null where the next act is on this view. */
  readonly next: { readonly label: string; readonly to: PlanSection | 'run' | 'home' } | null
}

export const stationCount = 6

const ownSite = { label: guideText.planOwnSite, to: 'home' } as const

interface GuideView {
  readonly route: Route
  readonly plan: PlanEntry
  readonly run: RunEntry | undefined
  readonly attention: Overview['attention']
  /** The sections of this window; the guide names the survey only where there is one. */
  readonly sections: readonly string[]
}

/** The station of a practice plan. */
export function guideStation({ route, plan, run, attention, sections }: GuideView): GuideStation {
  const section = route.view === 'plan' ? route.section : null
  if (run) {
    const station = ofRun(run, attention)
    if (route.view === 'run') return station
    return {
      ...station,
      next: run.status === 'finished' && section === 'dossier' ? ownSite : { label: guideText.goToRollout, to: 'run' },
    }
  }
  if (plan.revisions.at(-1)?.state !== 'locked') {
    return section === 'review'
      ? {
          number: 2,
          ...guideText.review,
          next: null,
        }
      : {
          number: 1,
          title: guideText.plan.title,
          text: guideText.plan.text(plan.hosts),
          next: { label: guideText.goToReview, to: 'review' },
        }
  }
  if (section === 'rollout')
    return {
      number: 4,
      ...guideText.start,
      next: null,
    }
  const toStart = { label: guideText.goToStart, to: 'rollout' } as const
  if (section === 'survey')
    return {
      number: 3,
      ...guideText.survey,
      next: toStart,
    }
  const hasSurvey = sections.includes('survey')
  return {
    number: 3,
    title: guideText.locked.title,
    text: hasSurvey ? guideText.locked.text : guideText.locked.textWithoutSurvey,
    next: hasSurvey ? { label: guideText.goToSurvey, to: 'survey' } : toStart,
  }
}

function ofRun(run: RunEntry, attention: Overview['attention']): GuideStation {
  const waits = attention.filter((entry) => entry.runId === run.runId).map(({ kind }) => kind)
  if (run.status === 'finished') {
    return run.outcome === 'cancelled'
      ? {
          number: 6,
          ...guideText.cancelled,
          next: ownSite,
        }
      : {
          number: 6,
          ...guideText.accepted,
          next: { label: guideText.goToSummary, to: 'dossier' },
        }
  }
  if (waits.includes('decision'))
    return {
      number: 5,
      ...guideText.failure,
      next: null,
    }
  if (waits.includes('gate'))
    return {
      number: 5,
      ...guideText.gate,
      next: null,
    }
  if (waits.includes('paused'))
    return {
      number: 5,
      ...guideText.paused,
      next: null,
    }
  if (waits.includes('not-driven'))
    return {
      number: 5,
      ...guideText.interrupted,
      next: null,
    }
  return {
    number: 5,
    ...guideText.running,
    next: null,
  }
}
