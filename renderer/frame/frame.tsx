/** Owns the frame around every screen: title bar, rail, practice line, skip link, live regions, and the keys that work everywhere. */
import { type ReactNode, useEffect } from 'react'
import { useAnnouncements } from '../stores/announcer.ts'
import { type Route, useRoute } from '../stores/route.ts'
import { useSettings } from '../stores/settings.ts'
import { useHome } from '../stores/home.ts'
import { moveRegion } from './regions.ts'
import { Rail } from './rail.tsx'
import { TitleBar } from './title-bar.tsx'
import { useWidth } from './use-width.ts'
import styles from './frame.module.css'

export function Frame({ children }: { readonly children: ReactNode }) {
  const route = useRoute()
  const home = useHome((store) => store.home)
  const planId = planOf(route, home?.runs)
  const plan = home?.plans.find((entry) => entry.planId === planId)
  const chosen = useSettings((settings) => settings.railOpen)
  const setRailOpen = useSettings((settings) => settings.setRailOpen)
  const width = useWidth()
  const open = chosen ?? width >= (route.view === 'run' ? 1680 : planId === null ? 1000 : 1360)
  useKeys(() => { setRailOpen(!open) })
  const { polite, urgent } = useAnnouncements()
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main" onClick={(event) => {
        event.preventDefault()
        document.getElementById('main')?.focus()
      }}>Go to the content</a>
      <TitleBar site={plan && !open ? `${plan.name}, ${plan.site}` : null} practice={plan?.practice ?? false} />
      <Rail route={route} planId={planId} open={open} onToggle={() => { setRailOpen(!open) }} />
      <div className={`${styles.layer} ${plan?.practice === true ? styles.practice : ''}`}>{children}</div>
      <div className={styles.hidden} aria-live="polite">{polite}</div>
      <div className={styles.hidden} role="alert">{urgent}</div>
    </div>
  )
}

function planOf(route: Route, runs: readonly { readonly runId: string; readonly planId: string }[] | undefined): string | null {
  if (route.view === 'plan') return route.planId
  if (route.view === 'run') return runs?.find((run) => run.runId === route.runId)?.planId ?? null
  return null
}

function useKeys(toggleRail: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault()
        moveRegion(event.shiftKey ? -1 : 1)
      } else if (event.ctrlKey && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'b') {
        event.preventDefault()
        toggleRail()
      }
    }
    addEventListener('keydown', pressed)
    return () => { removeEventListener('keydown', pressed) }
  })
}
