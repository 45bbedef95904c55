/** Bar of a plan: section, revision, state of saving, undo, redo, and the way to review. */
import { Button } from '@fluentui/react-components'
import { ArrowRedo20Regular, ArrowRight20Regular, ArrowUndo20Regular } from '@fluentui/react-icons'
import { useEffect } from 'react'
import { PageBar } from '../shared/components/page-bar.tsx'
import { formatTime } from '../shared/format.ts'
import { StatusTag } from '../status/status-glyph.tsx'
import { useDraft, useDraftSession } from './model/draft.ts'
import { go, type PlanSection } from '../shared/route.ts'
import { DraftBanners } from './draft-banners.tsx'
import { barText, sectionTitles } from './text.ts'
import styles from './plan.module.css'

// These sections have their own primary button, or nothing to review.
const ownAct: ReadonlySet<PlanSection> = new Set<PlanSection>(['review', 'survey', 'rollout', 'dossier', 'history'])

/** The bar of the open plan in a section. */
export function PlanBar({ section }: { readonly section: PlanSection }) {
  const { undo, redo, editAsDraft, store } = useDraftSession()
  const { planId, revision, editing, past, future, saving, problems, theirs } = useDraft((draft) => draft)
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // Inside a field, the undo of the browser applies.
      if (
        !event.ctrlKey ||
        event.altKey ||
        (event.target instanceof HTMLElement && event.target.matches('input, textarea'))
      )
        return
      const key = event.key.toLowerCase()
      if (key === 'z' && !event.shiftKey) undo()
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => {
      removeEventListener('keydown', pressed)
    }
  }, [undo, redo, store])
  const locked = revision.state === 'locked'
  const state =
    saving === 'saved'
      ? locked
        ? barText.lockedBy(revision.changedBy, formatTime(revision.changedAt))
        : barText.savedAt(formatTime(revision.changedAt))
      : saving === 'saving'
        ? barText.saving
        : theirs
          ? barText.conflict
          : problems.length > 0
            ? barText.invalid(problems.length)
            : barText.notSaved
  const tags = (
    <>
      <StatusTag status={locked ? 'pass' : 'planned'}>
        {locked ? barText.locked(revision.revision) : barText.draft(revision.revision)}
      </StatusTag>
      <span className={styles.saved} role="status">
        {state}
      </span>
    </>
  )
  const acts = (
    <>
      {editing ? (
        <>
          <Button
            appearance="subtle"
            icon={<ArrowUndo20Regular />}
            aria-label={barText.undo}
            title={barText.undoKey}
            disabled={past.length === 0}
            onClick={undo}
          />
          <Button
            appearance="subtle"
            icon={<ArrowRedo20Regular />}
            aria-label={barText.redo}
            title={barText.redoKey}
            disabled={future.length === 0}
            onClick={redo}
          />
        </>
      ) : section !== 'rollout' && section !== 'dossier' && section !== 'history' ? (
        <Button onClick={editAsDraft}>{barText.edit(revision.revision + 1)}</Button>
      ) : null}
      {!ownAct.has(section) && (
        <Button
          appearance="primary"
          icon={<ArrowRight20Regular />}
          iconPosition="after"
          onClick={() => {
            go({ view: 'plan', planId, section: 'review' })
          }}
        >
          {barText.review}
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageBar title={sectionTitles[section]} tags={tags} acts={acts} />
      <DraftBanners />
    </>
  )
}
