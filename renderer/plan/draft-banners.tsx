/** Banners for a plan that differs from the database: invalid values, failed saves, conflicts, restored edits. */
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { diffPlans } from '../../domain/plan/plan-diff.ts'
import type { PlanProblem } from '../../domain/plan/plan-problem.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { formatTime } from '../shared/format.ts'
import { useDraft, useDraftSession } from './model/draft.ts'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'
import { focusField } from '../navigation/field-focus.ts'
import { PlanChanges } from './review/plan-changes.tsx'
import { locationOfField } from './model/finding-location.ts'
import { fieldLabel } from './field-label.ts'
import { bannerText, sectionTitles } from './text.ts'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'
import styles from './plan.module.css'

/** The banners of the open plan. */
export function DraftBanners() {
  const { saveNow } = useDraftSession()
  const { failure, problems, theirs, restored, saving } = useDraft((draft) => draft)
  return (
    <>
      {theirs && <Theirs />}
      {restored && !theirs && saving !== 'saved' && (
        <section className={styles.notice} aria-label={bannerText.restoredTitle} data-screen-only="">
          <p>{bannerText.restored}</p>
        </section>
      )}
      {(failure ?? problems.length > 0) && (
        <section className={styles.trouble} aria-label={bannerText.notSaved} data-screen-only="">
          {failure && <FailureNote failure={failure} />}
          {failure && (
            <span>
              <Button size="small" onClick={saveNow}>
                {bannerText.save}
              </Button>
            </span>
          )}
          {problems.length > 0 && <Problems problems={problems} />}
        </section>
      )}
    </>
  )
}

const shown = 4

function Problems({ problems }: { readonly problems: readonly PlanProblem[] }) {
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  return (
    <>
      <p>{bannerText.invalid(problems.length)}</p>
      <div role="alert">
        <ul>
          {problems.slice(0, shown).map(({ path, message }) => {
            const place = locationOfField(plan, path)
            return (
              <li key={path + message}>
                {place ? (
                  <button
                    type="button"
                    className={textStyles.link}
                    onClick={() => {
                      focusField(place.path, place.host)
                      go({ view: 'plan', planId, section: place.section })
                    }}
                  >
                    {fieldLabel(plan, path) ?? sectionTitles[place.section]}
                  </button>
                ) : (
                  <code>{path}</code>
                )}{' '}
                {message}
              </li>
            )
          })}
          {problems.length > shown && <li>{bannerText.more(problems.length - shown)}</li>}
        </ul>
      </div>
    </>
  )
}

function Theirs() {
  const client = useClient()
  const { takeTheirs, keepMine, saveAsNew } = useDraftSession()
  const { theirs, plan } = useDraft((draft) => draft)
  const act = useAct()
  const [open, setOpen] = useState(false)
  if (!theirs) return null
  const { changedBy, state, changedAt } = theirs.revision
  const changes = diffPlans(theirs.plan, plan)
  const asNew = async (): Promise<void> => {
    const planId = await saveAsNew()
    await useOverview.getState().refresh(client)
    go({ view: 'plan', planId, section: 'hosts' })
  }
  return (
    <section className={styles.trouble} aria-label={bannerText.conflictTitle} role="alert" data-screen-only="">
      <p>
        <strong>{bannerText.conflict(changedBy, state === 'locked', formatTime(changedAt))}</strong>
      </p>
      <p>{bannerText.differences(changes.length)}</p>
      <div className={panelStyles.acts}>
        <Button size="small" appearance="primary" onClick={keepMine}>
          {bannerText.keepMine}
        </Button>
        <Button
          size="small"
          onClick={() => {
            void act.run(takeTheirs)
          }}
        >
          {bannerText.takeTheirs}
        </Button>
        <Button
          size="small"
          onClick={() => {
            void act.run(asNew)
          }}
        >
          {bannerText.saveAsNew}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open)
          }}
        >
          {open ? bannerText.hideDifferences : bannerText.showDifferences}
        </Button>
      </div>
      <FailureNote failure={act.failure} />
      {open && <PlanChanges changes={changes} />}
    </section>
  )
}
