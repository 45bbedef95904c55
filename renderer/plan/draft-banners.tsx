/** Owns what stands over every section while the plan on screen is not the stored one: what is to be mended, what failed, who else changed it, what came back after a reload. */
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { diffPlans } from '../../domain/plan/plan-diff.ts'
import type { PlanProblem } from '../../domain/plan/plan-problem.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { plural } from '../../domain/base/plural.ts'
import { formatTime } from '../shared/format.ts'
import { useDraft, useDraftSession } from './model/draft.ts'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'
import { focusField } from '../navigation/field-focus.ts'
import { PlanChanges } from './review/plan-changes.tsx'
import { locationOfField } from './model/finding-location.ts'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'
import styles from './plan.module.css'

export function DraftBanners() {
  const { saveNow } = useDraftSession()
  const { failure, problems, theirs, restored, saving } = useDraft((draft) => draft)
  return (
    <>
      {theirs && <Theirs />}
      {restored && !theirs && saving !== 'saved' && (
        <section className={styles.notice} aria-label="Found again" data-screen-only="">
          <p>Edits of your last visit were not saved yet. They are on screen again.</p>
        </section>
      )}
      {(failure ?? problems.length > 0) && (
        <section className={styles.trouble} aria-label="Not saved" data-screen-only="">
          {failure && <FailureNote failure={failure} />}
          {failure && (
            <span>
              <Button size="small" onClick={saveNow}>
                Save now
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
      <p>{`${plural(problems.length, 'value')} to mend before this is saved. What you typed is kept on this computer.`}</p>
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
                    <code>{path}</code>
                  </button>
                ) : (
                  <code>{path === '' ? 'the document' : path}</code>
                )}{' '}
                {message}
              </li>
            )
          })}
          {problems.length > shown && <li>{`and ${problems.length - shown} more`}</li>}
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
  const changes = diffPlans(theirs.plan, plan)
  const asNew = async (): Promise<void> => {
    const planId = await saveAsNew()
    await useOverview.getState().refresh(client)
    go({ view: 'plan', planId, section: 'hosts' })
  }
  return (
    <section className={styles.trouble} aria-label="Changed meanwhile" role="alert" data-screen-only="">
      <p>
        <strong>{`${theirs.revision.changedBy} ${theirs.revision.state === 'locked' ? 'locked' : 'changed'} this plan at ${formatTime(theirs.revision.changedAt)}, while you edited it here.`}</strong>
      </p>
      <p>{`Yours differs in ${plural(changes.length, 'place')}. Nothing is saved before you choose.`}</p>
      <div className={panelStyles.acts}>
        <Button size="small" appearance="primary" onClick={keepMine}>
          Keep mine over theirs
        </Button>
        <Button
          size="small"
          onClick={() => {
            void act.run(takeTheirs)
          }}
        >
          Take theirs, drop mine
        </Button>
        <Button
          size="small"
          onClick={() => {
            void act.run(asNew)
          }}
        >
          Save mine as a new plan
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open)
          }}
        >
          {open ? 'Hide what differs' : 'Show what differs'}
        </Button>
      </div>
      <FailureNote failure={act.failure} />
      {open && <PlanChanges changes={changes} />}
    </section>
  )
}
