/** Owns the approvals of a locked revision: who approved what, when and why, taken back with a reason, and the form that writes one down. */
import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import {
  type Approval,
  approvable,
  approvableTitles as titles,
  standingApprovals,
} from '../../../domain/plan/approval.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useFocusOnOpen } from '../../shared/restore-focus.ts'
import { formatDateTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useDraft } from '../model/draft.ts'
import { type QueryResult, useQuery } from '../../shared/use-query.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import tableStyles from '../../shared/styles/table.module.css'
import planStyles from '../plan.module.css'
import styles from './review.module.css'

export type AskedApprovals = QueryResult<{ readonly approvals: readonly Approval[] }>

/** The approvals of the open revision. */
export function useApprovals(): AskedApprovals {
  const {
    planId,
    revision: { revision, hash },
  } = useDraft((draft) => draft)
  return useQuery('plan.approvals', { planId, revision }, hash)
}

interface Word {
  readonly verdict: Approval['verdict']
  readonly who: string
  readonly of: Approval['of']
  readonly why: string
}

const newOne = 'new'
const keyOf = ({ who, of }: Pick<Approval, 'who' | 'of'>): string => `${who} ${of}`

export function Approvals({ asked }: { readonly asked: AskedApprovals }) {
  const client = useClient()
  const { planId, revision } = useDraft((draft) => draft)
  const act = useAct()
  // What is being written: a new approval, or why one is taken back.
  const [word, setWord] = useState<Word | null>(null)
  // The button that has the focus when the form is closed.
  const [opener, setOpener] = useState(newOne)
  const place = useFocusOnOpen<HTMLElement>(word !== null, opener)
  const write = (by: string, begun: Word): void => {
    setOpener(by)
    setWord(begun)
  }
  const standing = standingApprovals(asked.value?.approvals ?? [])
  const record = async ({ verdict, who, of, why }: Word): Promise<void> => {
    await client.call('plan.approve', {
      planId,
      revision: revision.revision,
      hash: revision.hash,
      verdict,
      who,
      of,
      why,
    })
    asked.again()
    // What was taken back goes, and its button with it.
    setOpener(newOne)
    setWord(null)
  }
  return (
    <section ref={place} className={panelStyles.form} aria-label="Approvals">
      <h3>Approvals</h3>
      <FailureNote failure={asked.failure} />
      {asked.value && standing.length === 0 && (
        <p className={textStyles.quiet}>
          {revision.state === 'locked'
            ? 'Nobody has approved this revision yet.'
            : 'An approval holds for a locked revision. Lock it first: one edit makes another.'}
        </p>
      )}
      <ul className={panelStyles.approvals}>
        {standing.map((approval) => (
          <li key={keyOf(approval)}>
            <StatusGlyph status="done" label="Approved" />
            <div>
              <strong>{approval.who}</strong>
              <p
                className={textStyles.quiet}
              >{`${titles[approval.of]} · ${formatDateTime(Date.parse(approval.at))}, written down by ${approval.by}`}</p>
              <p>{approval.why}</p>
              {word === null && (
                <Button
                  size="small"
                  appearance="subtle"
                  data-opener={keyOf(approval)}
                  aria-label={`Take back the approval of ${approval.who}`}
                  onClick={() => {
                    write(keyOf(approval), { verdict: 'withdrawn', who: approval.who, of: approval.of, why: '' })
                  }}
                >
                  Take back
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {word ? (
        <ApprovalForm
          word={word}
          busy={act.busy}
          onWord={setWord}
          onDone={() => {
            void act.run(() => record(word))
          }}
          onCancel={() => {
            setWord(null)
          }}
        />
      ) : (
        revision.state === 'locked' && (
          <span>
            <Button
              size="small"
              icon={<Add20Regular />}
              data-opener={newOne}
              onClick={() => {
                write(newOne, { verdict: 'approved', who: '', of: 'plan', why: '' })
              }}
            >
              Write down an approval
            </Button>
          </span>
        )
      )}
      <FailureNote failure={act.failure} />
    </section>
  )
}

interface ApprovalFormProps {
  readonly word: Word
  readonly busy: boolean
  readonly onWord: (word: Word) => void
  readonly onDone: () => void
  readonly onCancel: () => void
}

function ApprovalForm({ word, busy, onWord, onDone, onCancel }: ApprovalFormProps) {
  const given = word.verdict === 'approved'
  const complete = word.who.trim() !== '' && word.why.trim() !== ''
  return (
    <form
      className={planStyles.waive}
      onSubmit={(event) => {
        event.preventDefault()
        if (complete && !busy) onDone()
      }}
    >
      {given && (
        <Field label="Who approves" required>
          <Input
            value={word.who}
            maxLength={120}
            onChange={(_, { value }) => {
              onWord({ ...word, who: value })
            }}
          />
        </Field>
      )}
      {given && (
        <Field label="What they have seen">
          <Select
            value={word.of}
            onChange={(_, { value }) => {
              onWord({ ...word, of: approvable.find((one) => one === value) ?? 'plan' })
            }}
          >
            {approvable.map((one) => (
              <option key={one} value={one}>
                {titles[one]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={given ? 'Why, or where their word is kept' : `Why ${word.who} takes it back`} required>
        <Textarea
          value={word.why}
          maxLength={2000}
          onChange={(_, { value }) => {
            onWord({ ...word, why: value })
          }}
        />
      </Field>
      <span className={panelStyles.acts}>
        <Button size="small" type="submit" appearance="primary" disabledFocusable={!complete || busy}>
          {given ? 'Keep approval' : 'Take approval back'}
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  )
}

/** The approvals on paper, with lines to sign on. */
export function ApprovalsOnPaper({ asked }: { readonly asked: AskedApprovals }) {
  const standing = standingApprovals(asked.value?.approvals ?? [])
  return (
    <section className={styles.paperPart} data-paper-only="">
      <h2>Approvals</h2>
      {asked.value === null && <p>What is approved could not be read when this was printed.</p>}
      <table className={`${tableStyles.table} ${styles.paperApprovals}`}>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">What they have seen</th>
            <th scope="col">When</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {standing.map((approval) => (
            <tr key={keyOf(approval)}>
              <td>{approval.who}</td>
              <td>{titles[approval.of]}</td>
              <td>{formatDateTime(Date.parse(approval.at))}</td>
              <td>{approval.why}</td>
            </tr>
          ))}
          {/* Empty lines for those who sign with a pen. */}
          {[1, 2, 3].map((line) => (
            <tr key={line} className={styles.penLine}>
              <td />
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
