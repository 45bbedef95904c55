/** Approvals of a locked revision: the list, the form that records one, and the printed table. */
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
import { approvalsText } from './text.ts'
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
  // The open form: a new approval or a withdrawal.
  const [word, setWord] = useState<Word | null>(null)
  // The button that gets the focus when the form closes.
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
    // The withdrawn approval disappears with its button.
    setOpener(newOne)
    setWord(null)
  }
  return (
    <section ref={place} className={panelStyles.form} aria-label={approvalsText.title}>
      <h3>{approvalsText.title}</h3>
      <FailureNote failure={asked.failure} />
      {asked.value && standing.length === 0 && (
        <p className={textStyles.quiet}>{revision.state === 'locked' ? approvalsText.none : approvalsText.notLocked}</p>
      )}
      <ul className={panelStyles.approvals}>
        {standing.map((approval) => (
          <li key={keyOf(approval)}>
            <StatusGlyph status="done" label={approvalsText.approved} />
            <div>
              <strong>{approval.who}</strong>
              <p className={textStyles.quiet}>
                {approvalsText.record(titles[approval.of], formatDateTime(Date.parse(approval.at)), approval.by)}
              </p>
              <p>{approval.why}</p>
              {word === null && (
                <Button
                  size="small"
                  appearance="subtle"
                  data-opener={keyOf(approval)}
                  aria-label={approvalsText.withdrawOf(approval.who)}
                  onClick={() => {
                    write(keyOf(approval), { verdict: 'withdrawn', who: approval.who, of: approval.of, why: '' })
                  }}
                >
                  {approvalsText.withdraw}
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
              {approvalsText.add}
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
        <Field label={approvalsText.who} required>
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
        <Field label={approvalsText.what}>
          <Select
            value={word.of}
            onChange={(_, { value }) => {
              onWord({ ...word, of: approvable.find((known) => known === value) ?? 'plan' })
            }}
          >
            {approvable.map((part) => (
              <option key={part} value={part}>
                {titles[part]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={given ? approvalsText.why : approvalsText.whyWithdrawn(word.who)} required>
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
          {given ? approvalsText.submit : approvalsText.submitWithdrawal}
        </Button>
        <Button size="small" onClick={onCancel}>
          {approvalsText.cancel}
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
      <h2>{approvalsText.title}</h2>
      {asked.value === null && <p>{approvalsText.unread}</p>}
      <table className={`${tableStyles.table} ${styles.paperApprovals}`}>
        <thead>
          <tr>
            <th scope="col">{approvalsText.paper.who}</th>
            <th scope="col">{approvalsText.what}</th>
            <th scope="col">{approvalsText.paper.when}</th>
            <th scope="col">{approvalsText.why}</th>
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
