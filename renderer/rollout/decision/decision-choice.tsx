/** The side panel of a decision: hosts, choices with what each does, the reason, and the button that decides. */
import { Button, Checkbox, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { choices } from '../../../domain/run/event.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import { needsReason } from '../../../domain/run/request.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import type { FailureGroup } from './failure-groups.ts'
import { showPage } from '../session/view-state.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { choiceEffect, failureIds, refusalsFor, whatIsMissing } from './choice-rules.ts'
import { forgetDecisionDraft, keepDecisionDraft, readDecisionDraft, type DecisionDraft } from './decision-drafts.ts'
import { HostPicks } from './host-picks.tsx'
import { choiceButton, choiceText, choiceTitles } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import pageStyles from '../task-page.module.css'
import styles from './decision.module.css'

export function DecisionChoice({ group }: { readonly group: FailureGroup }) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const plan = useRun((picture) => picture.plan)
  const acts = useRun(mayAct)
  const byHand = group.failure.kind === 'by-hand'
  const cause = `${runId} ${group.key}`
  const ids = useMemo(() => failureIds(state, group), [state, group])
  const waiting = useMemo(() => new Set(ids.values()), [ids])
  const freshDraft = (): DecisionDraft => ({
    choice: byHand ? 'fixed' : 'retry',
    oneFirst: group.pending.length > 3,
    known: waiting,
    picked: waiting,
    why: '',
  })
  const [draft, setDraft] = useState(() => readDecisionDraft(cause, waiting) ?? freshDraft())
  // A host that failed since this was opened is not picked: a decision never grows between the thought and the click.
  if (draft.known.isDisjointFrom(waiting)) setDraft(freshDraft())
  const { choice, oneFirst, known, picked, why } = draft
  // Kept from the first change on: a person who only looked has drafted nothing.
  const change = (part: Partial<DecisionDraft>): void => {
    const next = { ...draft, ...part }
    setDraft(next)
    keepDecisionDraft(cause, next)
  }
  const [refused, setRefused] = useState<Failure | null>(null)
  const wanted = useMemo(
    () => group.pending.filter(({ step }) => picked.has(ids.get(step.id) ?? '')),
    [group, picked, ids],
  )
  const refusals = useMemo(
    () =>
      refusalsFor(
        state,
        wanted.map(({ step }) => step.id),
      ),
    [state, wanted],
  )
  const canSplit = wanted.length > 1 && choice !== 'abort'
  const chosen = canSplit && oneFirst ? wanted.slice(0, 1) : wanted
  const missing = whatIsMissing(choice, { hosts: wanted.length, refusal: refusals.get(choice) ?? null, why })
  const decide = async (): Promise<void> => {
    const steps = choice === 'abort' ? group.pending.slice(0, 1) : chosen
    const answer = await client.call('run.decide', {
      runId,
      steps: steps.map(({ step }) => step.id),
      choice,
      why: why.trim(),
    })
    setRefused(answer.refused[0]?.failure ?? null)
    if (answer.refused.length > 0) return
    // The hosts that were left out come next: neither the picks nor the reason of this decision apply to them.
    const left = waiting.difference(new Set(steps.map(({ step }) => ids.get(step.id) ?? '')))
    forgetDecisionDraft(cause)
    setDraft((before) => (left.size === 0 ? { ...before, why: '' } : { ...before, known: left, picked: left, why: '' }))
  }
  return (
    <aside
      className={pageStyles.side}
      aria-label={choiceText.aside(wanted.length)}
      data-region="side panel"
      tabIndex={-1}
    >
      <HostPicks
        group={group}
        ids={ids}
        known={known}
        picked={picked}
        onChange={(next) => {
          change({ picked: next })
        }}
        acts={acts}
      />
      <section className={styles.choices}>
        {acts ? (
          <RadioGroup
            aria-label={choiceText.group}
            value={choice}
            onChange={(_, { value }) => {
              change({ choice: choices.find((offered) => offered === value) ?? 'retry' })
            }}
          >
            {choices.map((offered) => {
              const refusal = refusals.get(offered) ?? null
              return (
                <div
                  key={offered}
                  className={`${styles.choice} ${offered === choice ? styles.chosen : ''} ${refusal === null ? '' : styles.refused}`}
                >
                  <Radio
                    value={offered}
                    disabled={refusal !== null}
                    label={
                      <span className={styles.choiceText}>
                        <strong>{choiceTitles[offered]}</strong>
                        <span>
                          {refusal === null
                            ? choiceEffect(offered, state, plan, chosen)
                            : choiceText.notOffered(refusal)}
                        </span>
                      </span>
                    }
                  />
                </div>
              )
            })}
          </RadioGroup>
        ) : (
          <p>{choiceText.readOnly}</p>
        )}
        {acts && canSplit && (
          <Checkbox
            checked={oneFirst}
            label={choiceText.oneFirst(wanted.length - 1)}
            onChange={(_, { checked }) => {
              change({ oneFirst: checked === true })
            }}
          />
        )}
        {acts && (
          <Field
            label={needsReason(choice) ? choiceText.reason : choiceText.optionalReason}
            required={needsReason(choice)}
          >
            <Textarea
              value={why}
              maxLength={2000}
              resize="vertical"
              onChange={(_, { value }) => {
                change({ why: value })
              }}
            />
          </Field>
        )}
      </section>
      <footer className={panelStyles.foot}>
        <FailureNote failure={act.failure ?? refused} />
        {group.failure.kind !== 'by-hand' && <p>{failureLimitSentence(state)}</p>}
        {acts && <p id="decision-scope">{missing ?? choiceText.scope(choice === 'abort' ? 1 : chosen.length)}</p>}
        <div className={panelStyles.acts}>
          {/* The second half of a double click would decide for the hosts that the first half left. */}
          {acts && (
            <Button
              appearance="primary"
              aria-describedby="decision-scope"
              disabledFocusable={missing !== null || act.busy}
              onClick={({ detail }) => {
                if (detail < 2 && missing === null && !act.busy) void act.run(decide)
              }}
            >
              {choiceButton(choice, chosen.length)}
            </Button>
          )}
          <Button
            onClick={() => {
              showPage('live')
            }}
          >
            {choiceText.back}
          </Button>
        </div>
      </footer>
    </aside>
  )
}
