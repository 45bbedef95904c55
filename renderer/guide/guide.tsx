/** Owns the guidance of the practice site: one strip that says where the person is, what is simulated, and what comes next. It can be closed, and comes back from the help. */
import { Button } from '@fluentui/react-components'
import { Beaker20Regular, Dismiss16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { guideStation, stationCount } from './guide-station.ts'
import { newestRun, type PlanEntry, useOverview } from '../shared/overview-store.ts'
import { setGuide, useGuide } from './guide-store.ts'
import { go, planSections, type Route } from '../shared/route.ts'
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
    <section className={styles.guide} aria-label="Practice guide" data-screen-only="">
      <Beaker20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{`${station.number} of ${stationCount} · ${station.title}`}</strong> {station.text}
        </p>
        {simulated && (
          <p className={styles.simulated}>
            Simulated: the hosts, their network, the installers, the passing of time. Real: the plan and its checks, the
            engine, the log, every decision. A real site would do what you see here too.
          </p>
        )}
      </div>
      <Button
        size="small"
        appearance="subtle"
        aria-expanded={simulated}
        onClick={() => {
          setSimulated(!simulated)
        }}
      >
        What is simulated
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
        aria-label="Close the guide"
        title="Close the guide. F1 brings it back"
        onClick={() => {
          setGuide(false)
        }}
      />
    </section>
  )
}
