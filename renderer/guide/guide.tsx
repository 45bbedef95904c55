/**
 * The practice guide: a strip that says which station this is and what comes next. Help brings it back after it was
 * closed.
 */
import { Button } from '@fluentui/react-components'
import { Beaker20Regular, Dismiss16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { guideStation, stationCount } from './guide-station.ts'
import { newestRun, type PlanEntry, useOverview } from '../shared/overview-store.ts'
import { setGuide, useGuide } from './guide-store.ts'
import { go, planSections, type Route } from '../shared/route.ts'
import { guideText } from './text.ts'
import styles from './guide.module.css'

export function Guide({ route, plan }: { readonly route: Route; readonly plan: PlanEntry }) {
  const shown = useGuide((guide) => guide.shown)
  const home = useOverview((store) => store.home)
  const [simulated, setSimulated] = useState(false)
  if (!shown || !home) return null
  const run = newestRun(home, plan.planId)
  const station = guideStation({ route, plan, run, attention: home.attention, sections: planSections })
  const { next } = station
  const follow = (): void => {
    if (next?.to === 'home') go({ view: 'home' })
    else if (next?.to === 'run') {
      if (run) go({ view: 'run', runId: run.runId })
    } else if (next) go({ view: 'plan', planId: plan.planId, section: next.to })
  }
  return (
    <section className={styles.guide} aria-label={guideText.label} data-screen-only="">
      <Beaker20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{guideText.station(station.number, stationCount, station.title)}</strong> {station.text}
        </p>
        {simulated && <p className={styles.simulated}>{guideText.simulated}</p>}
      </div>
      <Button
        size="small"
        appearance="subtle"
        aria-expanded={simulated}
        onClick={() => {
          setSimulated(!simulated)
        }}
      >
        {guideText.whatIsSimulated}
      </Button>
      {next && (
        <Button size="small" appearance={next.to === 'home' ? 'primary' : 'outline'} onClick={follow}>
          {next.label}
        </Button>
      )}
      <Button
        size="small"
        appearance="subtle"
        icon={<Dismiss16Regular />}
        aria-label={guideText.close}
        title={guideText.closeHint}
        onClick={() => {
          setGuide(false)
        }}
      />
    </section>
  )
}
