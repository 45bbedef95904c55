/** A run on screen: bar, stage rail, banners, and the page that the person is on. */
import { useEffect, useLayoutEffect } from 'react'
import { pendingDecisions, pendingGate } from '../../domain/run/pending.ts'
import { useRun } from './session/run-store.ts'
import { go } from '../shared/route.ts'
import { initialViewState, showStep, useViewState } from './session/view-state.ts'
import { DecisionPage } from './decision/decision-page.tsx'
import { GatePage } from './gate/gate-page.tsx'
import { LivePage } from './live-page.tsx'
import { AskedBanner, WatchingBanner } from './header/control-banners.tsx'
import { RunBanners } from './header/run-banners.tsx'
import { RunBar } from './header/run-bar.tsx'
import { StageRail } from './header/stage-rail.tsx'
import { useRunAttention } from './use-run-attention.ts'
import { useRunKeys } from './use-run-keys.ts'
import { useRunSearch } from './use-run-search.ts'

/** `step` is the id of the step that a link names; null without one. */
export function Rollout({ step }: { readonly step: string | null }) {
  const page = useViewState((view) => view.page)
  const gateWaits = useRun((picture) => pendingGate(picture.state) !== null)
  const decisionsWait = useRun((picture) => pendingDecisions(picture.state).length > 0)
  useRunAttention()
  useRunKeys()
  useRunSearch()
  const hosts = useRun((picture) => picture.state.index.lanes.length)
  // Each run starts with a fresh view state, set before the first paint so that nothing jumps.
  useLayoutEffect(() => {
    useViewState.setState(initialViewState(innerHeight, hosts))
  }, [hosts])
  const runId = useRun((picture) => picture.runId)
  const linked = useRun(({ state }) => (step === null ? null : (state.index.stepAt.get(step) ?? 'unknown')))
  useLayoutEffect(() => {
    if (linked === null || linked === 'unknown') return
    showStep(linked)
    // The link is used up: a reload stays where the person has gone since.
    go({ view: 'run', runId }, 'replace')
  }, [linked, runId])
  // A page with nothing left to decide leads back to the live page.
  const shown = (page === 'gate' && !gateWaits) || (page === 'decision' && !decisionsWait) ? 'live' : page
  useEffect(() => {
    if (shown !== page) useViewState.setState({ page: shown })
  }, [shown, page])
  return (
    <>
      <WatchingBanner />
      <AskedBanner />
      <RunBar />
      <StageRail />
      <RunBanners unknownStep={linked === 'unknown' ? step : null} />
      {shown === 'live' ? <LivePage /> : shown === 'gate' ? <GatePage /> : <DecisionPage />}
    </>
  )
}
