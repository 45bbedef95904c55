/** View of a plan: opens it, and shows its bar and the current section. */
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { type Failure, toFailure } from '../domain/base/failure.ts'
import { useClient } from './client/client-context.tsx'
import { FailureMain } from './shared/components/failure-view.tsx'
import { ErrorBoundary } from './shared/components/error-boundary.tsx'
import { WaitingMain } from './shared/components/waiting.tsx'
import { DraftProvider, type DraftSession } from './plan/model/draft.ts'
import { openDraft } from './plan/model/open-draft.ts'
import type { PlanSection } from './shared/route.ts'
import { ConnectionsSection } from './plan/forms/connections-section.tsx'
import { FindingsSection } from './plan/findings/findings-section.tsx'
import { EnvironmentsSection } from './plan/forms/environments-section.tsx'
import { HostsSection } from './plan/hosts/hosts-section.tsx'
import { InstallersSection } from './plan/installers/installers-section.tsx'
import { LayoutSection } from './plan/forms/layout-section.tsx'
import { LicenceSection } from './plan/forms/licence-section.tsx'
import { PlanBar } from './plan/plan-bar.tsx'
import { PolicySection } from './plan/forms/policy-section.tsx'
import { ReviewSection } from './plan/review/review-section.tsx'
import { StartSection } from './rollout/start-section.tsx'
import { useFollowedSurvey } from './survey/use-followed-survey.ts'
import { usePlanSearch } from './plan/use-plan-search.ts'
import { planText } from './plan/text.ts'

// The map is loaded on first use.
const MapSection = lazy(async () => ({ default: (await import('./topology/map-section.tsx')).MapSection }))

type Opening =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly failure: Failure }
  | { readonly phase: 'ready'; readonly session: DraftSession }

/** The view of one plan, in a section. */
export function PlanView({ planId, section }: { readonly planId: string; readonly section: PlanSection }) {
  const client = useClient()
  const [opening, setOpening] = useState<Opening>({ phase: 'loading' })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let closed = false
    let opened: DraftSession | undefined
    openDraft(client, planId).then(
      (session) => {
        opened = session
        if (closed) session.close()
        else setOpening({ phase: 'ready', session })
      },
      (thrown: unknown) => {
        if (!closed) setOpening({ phase: 'failed', failure: toFailure(thrown) })
      },
    )
    // Another window may have saved a draft: check when this window gets the focus.
    const inFront = (): void => {
      opened?.refresh().catch(() => undefined)
    }
    addEventListener('focus', inFront)
    return () => {
      closed = true
      removeEventListener('focus', inFront)
      opened?.close()
    }
  }, [client, planId, tries])
  switch (opening.phase) {
    case 'loading':
      return <WaitingMain alone>{planText.loading}</WaitingMain>
    case 'failed':
      return (
        <FailureMain
          alone
          title={planText.unreadable}
          failure={opening.failure}
          onAgain={() => {
            setTries((n) => n + 1)
          }}
        />
      )
    case 'ready':
      return (
        <DraftProvider value={opening.session}>
          <Follow section={section} />
          <PlanBar section={section} />
          <ErrorBoundary key={section}>
            <Suspense fallback={<WaitingMain>{planText.loadingView}</WaitingMain>}>{sectionOf(section)}</Suspense>
          </ErrorBoundary>
        </DraftProvider>
      )
  }
}

const FirewallSection = lazy(async () => ({
  default: (await import('./topology/firewall-section.tsx')).FirewallSection,
}))
const SurveySection = lazy(async () => ({ default: (await import('./survey/survey-section.tsx')).SurveySection }))
const DossierSection = lazy(async () => ({
  default: (await import('./acceptance/acceptance-section.tsx')).DossierSection,
}))
const HistorySection = lazy(async () => ({ default: (await import('./history/history-section.tsx')).HistorySection }))

function Follow({ section }: { readonly section: PlanSection }) {
  useFollowedSurvey()
  usePlanSearch(section)
  return null
}

function sectionOf(section: PlanSection): ReactNode {
  switch (section) {
    case 'hosts':
      return <HostsSection />
    case 'map':
      return (
        <Suspense fallback={<WaitingMain>{planText.drawingMap}</WaitingMain>}>
          <MapSection />
        </Suspense>
      )
    case 'connections':
      return <ConnectionsSection />
    case 'layout':
      return <LayoutSection />
    case 'environments':
      return <EnvironmentsSection />
    case 'installers':
      return <InstallersSection />
    case 'policy':
      return <PolicySection />
    case 'licence':
      return <LicenceSection />
    case 'findings':
      return <FindingsSection />
    case 'firewall':
      return <FirewallSection />
    case 'review':
      return <ReviewSection />
    case 'survey':
      return <SurveySection />
    case 'rollout':
      return <StartSection />
    case 'dossier':
      return <DossierSection />
    case 'history':
      return <HistorySection />
  }
}
