/** The frame around every view: title bar, rail, practice guide, Help, search, and the keys that work everywhere. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { useAnnouncements } from '../shared/announcer.ts'
import { type Route, useRoute } from '../shared/route.ts'
import { useSettings } from '../shared/settings-store.ts'
import { useOverview } from '../shared/overview-store.ts'
import { Guide } from '../guide/guide.tsx'
import { StaleBanner } from './stale-banner.tsx'
import { Rail } from './rail.tsx'
import { TitleBar } from './title-bar.tsx'
import { useFrameKeys } from './use-frame-keys.ts'
import { useDestinations } from '../navigation/use-destinations.ts'
import { toggleHelp, useHelp } from '../help/help-store.ts'
import { useWidth } from '../shared/use-width.ts'
import { frameText } from './text.ts'
import styles from './frame.module.css'

// Loaded when they are opened: the first picture needs neither.
const SearchDialog = lazy(async () => ({ default: (await import('../navigation/search-dialog.tsx')).SearchDialog }))
const HelpPane = lazy(async () => ({ default: (await import('../help/help-pane.tsx')).HelpPane }))

const goToHelp = (): void => {
  toggleHelp(true)
}

export function Frame({ children }: { readonly children: ReactNode }) {
  const route = useRoute()
  const home = useOverview((store) => store.home)
  const planId = planOf(route, home?.runs)
  const plan = home?.plans.find((entry) => entry.planId === planId)
  const chosen = useSettings((settings) => settings.railOpen)
  const setRailOpen = useSettings((settings) => settings.setRailOpen)
  const width = useWidth()
  const helpOpen = useHelp((help) => help.open)
  const open = chosen ?? width >= (route.view === 'run' || helpOpen ? 1680 : planId === null ? 1000 : 1360)
  const [searching, setSearching] = useState(false)
  const search = useCallback(() => {
    setSearching(true)
  }, [])
  const close = useCallback(() => {
    setSearching(false)
  }, [])
  useFrameKeys({
    planId,
    toggleRail: () => {
      setRailOpen(!open)
    },
    search,
    help: () => {
      toggleHelp(false)
    },
  })
  useDestinations(planId, goToHelp)
  const { polite, urgent } = useAnnouncements()
  return (
    <div className={styles.frame}>
      <a
        className={styles.skip}
        href="#main"
        data-screen-only=""
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {frameText.skip}
      </a>
      <TitleBar
        site={plan && !open ? [plan.name, plan.site].filter(Boolean).join(', ') : null}
        practice={plan?.practice ?? false}
        onSearch={search}
      />
      <Rail
        route={route}
        planId={planId}
        open={open}
        onToggle={() => {
          setRailOpen(!open)
        }}
      />
      <div className={`${styles.layer} ${plan?.practice === true ? styles.practice : ''}`}>
        {/* The view of a run says so itself. */}
        {route.view !== 'run' && <StaleBanner />}
        {plan?.practice === true && <Guide route={route} plan={plan} />}
        {children}
      </div>
      <Suspense fallback={null}>
        {helpOpen && <HelpPane practice={plan?.practice ?? false} />}
        {searching && <SearchDialog onClose={close} />}
      </Suspense>
      <div className={styles.hidden} aria-live="polite">
        {polite}
      </div>
      <div className={styles.hidden} role="alert">
        {urgent}
      </div>
    </div>
  )
}

function planOf(
  route: Route,
  runs: readonly { readonly runId: string; readonly planId: string }[] | undefined,
): string | null {
  if (route.view === 'plan') return route.planId
  if (route.view === 'run') return runs?.find((run) => run.runId === route.runId)?.planId ?? null
  return null
}
