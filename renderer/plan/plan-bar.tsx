/** Owns the bar of a plan: section, revision, saving, undo and redo, and the way to review. */
import { Button } from '@fluentui/react-components'
import { ArrowRedo20Regular, ArrowRight20Regular, ArrowUndo20Regular } from '@fluentui/react-icons'
import { useEffect } from 'react'
import { PageBar } from '../shared/components/page-bar.tsx'
import { plural } from '../../domain/base/plural.ts'
import { formatTime } from '../shared/format.ts'
import { StatusTag } from '../status/status-glyph.tsx'
import { useDraft, useDraftSession } from './model/draft.ts'
import { go, type PlanSection } from '../shared/route.ts'
import { DraftBanners } from './draft-banners.tsx'
import styles from './plan.module.css'

export const sectionTitles: Record<PlanSection, string> = {
  hosts: 'Hosts',
  map: 'Topology map',
  connections: 'Connections & certificate',
  layout: 'Layout',
  environments: 'Environments & Runners',
  installers: 'Installers',
  policy: 'Rollout policy',
  licence: 'Licence',
  findings: 'Findings',
  firewall: 'Firewall matrix',
  review: 'Review & lock',
  survey: 'Survey',
  rollout: 'Rollout',
  dossier: 'Acceptance summary',
  history: 'History',
}

// These have a primary button of their own, or nothing to review.
const ownAct: ReadonlySet<PlanSection> = new Set<PlanSection>(['review', 'survey', 'rollout', 'dossier', 'history'])

export function PlanBar({ section }: { readonly section: PlanSection }) {
  const { undo, redo, editAsDraft, store } = useDraftSession()
  const { planId, revision, editing, past, future, saving, problems, theirs } = useDraft((draft) => draft)
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // Inside a field the browser's own undo is meant.
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
        ? `Locked by ${revision.changedBy} at ${formatTime(revision.changedAt)}`
        : `Saved ${formatTime(revision.changedAt)}`
      : saving === 'saving'
        ? 'Saving'
        : theirs
          ? 'Not saved: changed meanwhile'
          : problems.length > 0
            ? `Not saved: ${plural(problems.length, 'value')} to mend`
            : 'Not saved yet'
  const tags = (
    <>
      <StatusTag status={locked ? 'pass' : 'planned'}>
        {locked ? `Locked r${revision.revision}` : `Draft r${revision.revision}`}
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
            aria-label="Undo"
            title="Undo, Ctrl+Z"
            disabled={past.length === 0}
            onClick={undo}
          />
          <Button
            appearance="subtle"
            icon={<ArrowRedo20Regular />}
            aria-label="Redo"
            title="Redo, Ctrl+Y"
            disabled={future.length === 0}
            onClick={redo}
          />
        </>
      ) : section !== 'rollout' && section !== 'dossier' && section !== 'history' ? (
        <Button onClick={editAsDraft}>{`Edit as draft r${revision.revision + 1}`}</Button>
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
          Review & lock
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
