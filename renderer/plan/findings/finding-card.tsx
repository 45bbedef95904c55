/** The card of one finding: what was found, its source, what to do, and accepting it. */
import { Button, Field, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { subjectText } from '../../../domain/base/subject.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { SourceOf } from '../../shared/components/provenance.tsx'
import { useFocusOnOpen } from '../../shared/restore-focus.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { go, type PlanSection } from '../../shared/route.ts'
import { focusField } from '../../navigation/field-focus.ts'
import { findingsText } from './text.ts'
import { locationOfFinding } from '../model/finding-location.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import planStyles from '../plan.module.css'
import findingsStyles from './findings.module.css'

interface FindingCardProps {
  readonly finding: JudgedFinding
  readonly waivable?: boolean
  /** The section in which the card stands: it does not lead there. */
  readonly within?: PlanSection
}

export function FindingCard({ finding, waivable = false, within }: FindingCardProps) {
  const { severity, message, subject, source, remedy, check, waiver } = finding
  return (
    <article
      className={`${findingsStyles.finding} ${waiver === null ? (findingsStyles[severity] ?? '') : ''}`}
      aria-label={message}
    >
      <StatusGlyph status={severity} label={statusWords[severity]} />
      <div className={findingsStyles.findingText}>
        <p className={findingsStyles.findingTitle}>{message}</p>
        <p className={findingsStyles.findingAbout}>
          <code>{subjectText(subject)}</code>
          <SourceOf source={source} />
        </p>
        {remedy !== '' && (
          <p>
            <strong>{findingsText.toDo}</strong> {remedy}
          </p>
        )}
        {severity !== 'pass' && (
          <div className={panelStyles.acts}>
            <GoToField finding={finding} within={within} />
            {waiver === null && waivable && <Waive check={check} subject={subject} />}
          </div>
        )}
        {waiver && <p className={textStyles.quiet}>{findingsText.acceptedBy(waiver.by, waiver.reason)}</p>}
      </div>
    </article>
  )
}

function Waive({ check, subject }: Pick<JudgedFinding, 'check' | 'subject'>) {
  const client = useClient()
  const { setFindings } = useDraftSession()
  const planId = useDraft((draft) => draft.planId)
  const revision = useDraft((draft) => draft.revision.revision)
  const act = useAct()
  const [reason, setReason] = useState<string | null>(null)
  const place = useFocusOnOpen<HTMLDivElement>(reason !== null)
  if (reason === null)
    return (
      <div ref={place}>
        <Button
          size="small"
          data-opener=""
          onClick={() => {
            setReason('')
          }}
        >
          {findingsText.accept}
        </Button>
      </div>
    )
  const waive = async (): Promise<void> => {
    setFindings((await client.call('plan.waive', { planId, revision, check, subject, reason })).findings)
  }
  return (
    <div ref={place} className={planStyles.waive}>
      <Field label={findingsText.reason(revision)} required>
        <Textarea
          value={reason}
          onChange={(_, { value }) => {
            setReason(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      <span>
        <Button
          size="small"
          appearance="primary"
          disabledFocusable={reason.trim() === '' || act.busy}
          onClick={() => {
            if (reason.trim() !== '' && !act.busy) void act.run(waive)
          }}
        >
          {findingsText.accept}
        </Button>{' '}
        <Button
          size="small"
          onClick={() => {
            setReason(null)
          }}
        >
          {findingsText.cancel}
        </Button>
      </span>
    </div>
  )
}

/** Leads to the field that corrects the finding, or to what shows it. */
function GoToField({ finding, within }: { readonly finding: JudgedFinding; readonly within: PlanSection | undefined }) {
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const place = locationOfFinding(plan, finding)
  if (place.section === within) return null
  return (
    <span>
      <Button
        size="small"
        onClick={() => {
          focusField(place.path, place.host)
          go({ view: 'plan', planId, section: place.section })
        }}
      >
        {place.section === 'survey'
          ? findingsText.toSurvey
          : place.section === 'firewall'
            ? findingsText.toPath
            : findingsText.toField}
      </Button>
    </span>
  )
}
