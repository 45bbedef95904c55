/** The table of plans on the home page. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { LockClosed16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../domain/base/failure.ts'
import { Modal } from '../shared/components/modal.tsx'
import { runStatus, runWord } from '../shared/run-status.ts'
import { plural } from '../../domain/base/plural.ts'
import { formatWhen } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import { type Overview, newestRun, type PlanEntry, useOverview } from '../shared/overview-store.ts'
import { address } from '../shared/route.ts'
import { FilterInput } from '../shared/components/filter-input.tsx'
import textStyles from '../shared/styles/text.module.css'
import pageStyles from '../shared/styles/reading.module.css'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function PlansTable({ home }: { readonly home: Overview }) {
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const plans = home.plans.filter((plan) => `${plan.name} ${plan.site}`.toLowerCase().includes(wanted))
  return (
    <section aria-labelledby="plans">
      <div className={styles.sectionHead}>
        <h2 id="plans" className={pageStyles.section}>
          {homeText.plansTitle}
        </h2>
        <FilterInput label={homeText.plansFilter} className={styles.filter} value={filter} onFilter={setFilter} />
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{homeText.columns.site}</th>
            <th scope="col">{homeText.columns.layout}</th>
            <th scope="col">{homeText.columns.revision}</th>
            <th scope="col">{homeText.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {plans.map((plan) => (
            <PlanRow key={plan.planId} plan={plan} home={home} />
          ))}
        </tbody>
      </table>
      {plans.length === 0 && <p className={styles.none}>{homeText.plansNone(filter)}</p>}
    </section>
  )
}

function PlanRow({ plan, home }: { readonly plan: PlanEntry; readonly home: Overview }) {
  const last = plan.revisions.at(-1)
  const run = newestRun(home, plan.planId)
  if (plan.unreadable) return <UnreadableRow plan={plan} failure={plan.unreadable} />
  return (
    <tr>
      <td>
        <a className={styles.planName} href={address({ view: 'plan', planId: plan.planId, section: 'hosts' })}>
          <span className={styles.avatar} aria-hidden="true">
            {plan.name.slice(0, 2).toUpperCase()}
          </span>
          <span className={styles.two}>
            <strong>{plan.name}</strong>
            <span>{plan.site}</span>
          </span>
        </a>
      </td>
      <td>
        <span className={styles.two}>
          <span className={styles.main}>{homeText.layouts[plan.layout]}</span>
          <span>{plural(plan.hosts, 'host')}</span>
        </span>
      </td>
      <td>
        <span className={styles.two}>
          <span className={styles.main}>
            {last ? `r${last.revision} ` : ''}
            {last?.state === 'locked' && <LockClosed16Regular aria-hidden="true" />}
          </span>
          <span>{last?.state === 'locked' ? homeText.locked : homeText.draft}</span>
        </span>
      </td>
      <td>
        <span className={styles.two}>
          <span className={styles.main}>
            {run ? (
              <StatusText status={runStatus(run, home)}>{runWord(run, home)}</StatusText>
            ) : (
              <StatusText status="planned">{homeText.notStarted}</StatusText>
            )}
          </span>
          <span>{formatWhen(run ? run.lastAt : (last?.changedAt ?? 0), Date.now())}</span>
        </span>
      </td>
    </tr>
  )
}

function UnreadableRow({ plan, failure }: { readonly plan: PlanEntry; readonly failure: Failure }) {
  const [shown, setShown] = useState(false)
  const database = useOverview((store) => store.person?.database ?? '')
  const close = (): void => {
    setShown(false)
  }
  return (
    <tr>
      <td colSpan={2}>
        <span className={styles.two}>
          <strong>{plan.planId}</strong>
          <span>{failure.message}</span>
        </span>
      </td>
      <td colSpan={2}>
        <span className={styles.main}>
          <StatusText status="failed">{homeText.planUnreadable}</StatusText>{' '}
          <Button
            size="small"
            onClick={() => {
              setShown(true)
            }}
          >
            {homeText.planShowFile}
          </Button>
        </span>
        {shown && (
          <Modal onClose={close}>
            <DialogSurface>
              <DialogBody>
                <DialogTitle>{homeText.planUnreadableTitle(plan.planId)}</DialogTitle>
                <DialogContent>
                  <p>{failure.hint}</p>
                  <p className={textStyles.path}>{database}</p>
                  {failure.evidence.map((line) => (
                    <p key={line} className={textStyles.path}>
                      {line}
                    </p>
                  ))}
                </DialogContent>
                <DialogActions>
                  <Button appearance="primary" onClick={close}>
                    {homeText.close}
                  </Button>
                </DialogActions>
              </DialogBody>
            </DialogSurface>
          </Modal>
        )}
      </td>
    </tr>
  )
}
