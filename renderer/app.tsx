/** Owns which view stands in the frame, and that only what is needed is loaded for it. */
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react'
import { FailureError, failed, toFailure, type Failure } from '../domain/failure.ts'
import { useClient } from './client/client-context.tsx'
import { FailureView } from './components/failure-view.tsx'
import { Waiting } from './components/waiting.tsx'
import { Frame } from './frame/frame.tsx'
import { keepHomeFresh } from './stores/home.ts'
import { type Route, useRoute } from './stores/route.ts'
import { HomeView } from './views/home/home-view.tsx'

const RunView = lazy(async () => ({ default: (await import('./views/run/run-view.tsx')).RunView }))
const PlanView = lazy(async () => ({ default: (await import('./views/plan/plan-view.tsx')).PlanView }))
const RunsView = lazy(async () => ({ default: (await import('./views/home/runs-view.tsx')).RunsView }))
const SettingsView = lazy(async () => ({ default: (await import('./views/settings/settings-view.tsx')).SettingsView }))
const AuditView = lazy(async () => ({ default: (await import('./views/history/audit-view.tsx')).AuditView }))

export function App() {
  const client = useClient()
  const route = useRoute()
  useEffect(() => keepHomeFresh(client), [client])
  return (
    <Frame>
      <Fence key={route.view}>
        <Suspense fallback={<main id="main" tabIndex={-1} data-region="main"><Waiting alone>Reading the view</Waiting></main>}>{viewOf(route)}</Suspense>
      </Fence>
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
        <main id="main" tabIndex={-1} data-region="main">
          <FailureView alone title="There is no such place" failure={{ kind: 'plan', code: 'unknown-address', message: `Nothing stands at ${route.address}.`, hint: 'Go back to the list of sites.', retry: 'never', evidence: [] }} />
        </main>
      )
  }
}

// A part of the screens that is read when it is first needed; the browser remembers that it failed until the page is read again.
const unreadPart = failed('link', 'no-answer', 'Rollout on this computer does not answer: this view could not be read.', 'It may have been closed. Start it again, then try again; what runs on the hosts goes on.').failure

function isUnreadPart(thrown: unknown): boolean {
  return thrown instanceof TypeError && /dynamically imported module|importing a module script/i.test(thrown.message)
}

/** Keeps a view that cannot be drawn from taking the frame with it. */
class Fence extends Component<{ readonly children: ReactNode }, { readonly failure: Failure | null }> {
  override state = { failure: null as Failure | null }

  static getDerivedStateFromError(thrown: unknown): { readonly failure: Failure } {
    return { failure: isUnreadPart(thrown) ? unreadPart : thrown instanceof FailureError ? thrown.failure : toFailure(thrown) }
  }

  override render(): ReactNode {
    const { failure } = this.state
    if (!failure) return this.props.children
    return (
      <main id="main" tabIndex={-1} data-region="main">
        <FailureView alone title="This view could not be drawn" failure={failure} onAgain={() => { if (failure === unreadPart) location.reload(); else this.setState({ failure: null }) }} />
      </main>
    )
  }
}
