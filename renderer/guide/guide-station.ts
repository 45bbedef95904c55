/** Owns the stations of the guided first run: where the person is on the journey of the practice site, and what comes next. */
import type { Overview, PlanEntry, RunEntry } from '../shared/overview-store.ts'
import type { PlanSection, Route } from '../shared/route.ts'

export interface GuideStation {
  readonly number: number
  readonly title: string
  readonly text: string
  /** The next act where it lies elsewhere than on the screen itself. */
  readonly next: { readonly label: string; readonly to: PlanSection | 'run' | 'home' } | null
}

export const stationCount = 6

const ownSite = { label: 'Plan your own site', to: 'home' } as const

interface GuideView {
  readonly route: Route
  readonly plan: PlanEntry
  readonly run: RunEntry | undefined
  readonly attention: Overview['attention']
  /** Sections this window has; a survey is only spoken of where there is one. */
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
      next: run.status === 'finished' && section === 'dossier' ? ownSite : { label: 'Go to the rollout', to: 'run' },
    }
  }
  if (plan.revisions.at(-1)?.state !== 'locked') {
    return section === 'review'
      ? {
          number: 2,
          title: 'Review & lock',
          text: 'Every command that will run, word for word. Read what you like, then lock the revision at the right: a rollout accepts a locked one only.',
          next: null,
        }
      : {
          number: 1,
          title: 'Plan',
          text: `${plan.hosts} hosts are planned for you. Look at hosts, findings and the firewall matrix at the left; nothing you do here touches a machine.`,
          next: { label: 'Go to review', to: 'review' },
        }
  }
  if (section === 'rollout')
    return {
      number: 4,
      title: 'Start',
      text: 'The final list of hosts. Start the rollout at the right: servers first, then one Runner as the canary, then the others in waves.',
      next: null,
    }
  const toStart = { label: 'Go to rollout', to: 'rollout' } as const
  if (section === 'survey')
    return {
      number: 3,
      title: 'Survey',
      text: 'Looks at every host and changes nothing. On a real site this is where a closed port or a full drive shows, before anybody installs anything.',
      next: toStart,
    }
  const hasSurvey = sections.includes('survey')
  return {
    number: 3,
    title: 'Locked',
    text: hasSurvey
      ? 'The revision is locked. A survey looks at every host first and changes nothing; then comes the rollout.'
      : 'The revision is locked: what was reviewed is what will run. Next comes the rollout.',
    next: hasSurvey ? { label: 'Go to survey', to: 'survey' } : toStart,
  }
}

function ofRun(run: RunEntry, attention: Overview['attention']): GuideStation {
  const waits = attention.filter((one) => one.runId === run.runId).map(({ kind }) => kind)
  if (run.status === 'finished') {
    return run.outcome === 'cancelled'
      ? {
          number: 6,
          title: 'Cancelled',
          text: 'The rollout was cancelled: what was in flight ended by itself, nothing was undone. A new rollout of the same revision looks first and does only what is missing.',
          next: ownSite,
        }
      : {
          number: 6,
          title: 'Accepted',
          text: 'That was the whole journey: planned, proved, rolled out, one failure decided, accepted. The acceptance summary tells it to others. A real site goes the same way, with your machines.',
          next: { label: 'Acceptance summary', to: 'dossier' },
        }
  }
  if (waits.includes('decision'))
    return {
      number: 5,
      title: 'A failure',
      text: 'One installation failed, as it was told to. Press Decide: see what Rollout saw, then choose Retry. The other hosts go on.',
      next: null,
    }
  if (waits.includes('gate'))
    return {
      number: 5,
      title: 'A gate',
      text: 'Some things only a person can see. Press Go to gate, confirm each item, and open it. Until then nothing new begins.',
      next: null,
    }
  if (waits.includes('paused'))
    return {
      number: 5,
      title: 'Paused',
      text: 'What was under way is finished, nothing new begins. Resume when you like; nothing is lost meanwhile, even if this window is closed.',
      next: null,
    }
  if (waits.includes('not-driven'))
    return {
      number: 5,
      title: 'Nobody drives it',
      text: 'The rollout was left in the middle. Press Resume: every host is looked at first, and no installer is started twice.',
      next: null,
    }
  return {
    number: 5,
    title: 'Running',
    text: 'Choose a host to see its steps and its output. One Runner will fail on purpose, one restarts, one loses its link; the last two need nobody.',
    next: null,
  }
}
