/** Chooses the view for the address; each view but the home page is loaded when it is first shown. */
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useClient } from './client/client-context.tsx'
import { FailureMain } from './shared/components/failure-view.tsx'
import { ErrorBoundary } from './shared/components/error-boundary.tsx'
import { WaitingMain } from './shared/components/waiting.tsx'
import { Frame } from './frame/frame.tsx'
import { keepOverviewFresh } from './shared/overview-store.ts'
import { type Route, useRoute } from './shared/route.ts'
import { HomeView } from './home/home-view.tsx'
import { appText } from './text.ts'

const RunView = lazy(async () => ({ default: (await import('./rollout/run-view.tsx')).RunView }))
const PlanView = lazy(async () => ({ default: (await import('./plan-view.tsx')).PlanView }))
const RunsView = lazy(async () => ({ default: (await import('./history/runs-view.tsx')).RunsView }))
const SettingsView = lazy(async () => ({ default: (await import('./settings/settings-view.tsx')).SettingsView }))
const AuditView = lazy(async () => ({ default: (await import('./history/audit-view.tsx')).AuditView }))

export function App() {
  const client = useClient()
  const route = useRoute()
  useEffect(() => keepOverviewFresh(client), [client])
  return (
    <Frame>
      <ErrorBoundary key={route.view} alone>
        <Suspense fallback={<WaitingMain alone>{appText.loading}</WaitingMain>}>{viewOf(route)}</Suspense>
      </ErrorBoundary>
    </Frame>
  )
}

function viewOf(route: Route): ReactNode {
  switch (route.view) {
    case 'home':
      return <HomeView />
    case 'runs':
      return <RunsView />
    case 'audit':
      return <AuditView />
    case 'settings':
      return <SettingsView part={route.part} />
    case 'run':
      return <RunView key={route.runId} runId={route.runId} step={route.step ?? null} />
    case 'plan':
      return <PlanView key={route.planId} planId={route.planId} section={route.section} />
    case 'nowhere':
      return (
        <FailureMain
          alone
          title={appText.unknownTitle}
          failure={{
            kind: 'request',
            code: 'unknown-address',
            message: appText.unknown(route.address),
            hint: appText.unknownHint,
            retry: 'never',
            evidence: [],
          }}
        />
      )
  }
}
