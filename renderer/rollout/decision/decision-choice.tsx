/** Owns the choice over one cause: what is offered, what is not and why, the reason, and who goes first. */
import { Button, Checkbox, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { choicesFor, type PendingDecision } from '../../../domain/run/pending.ts'
import type { Choice } from '../../../domain/run/event.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import type { FailureGroup } from './failure-groups.ts'
import { timingsOf, typical } from '../session/timings.ts'
import { plural } from '../../../domain/base/plural.ts'
import { formatDuration } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { showPage } from '../session/view-state.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { forgetDecisionDraft, keepDecisionDraft, readDecisionDraft, type DecisionDraft } from './decision-drafts.ts'
import pageStyles from '../task-page.module.css'
import styles from './decision.module.css'

const needReason: ReadonlySet<Choice> = new Set(['skip', 'exclude', 'abort'])
const order: readonly Choice[] = ['retry', 'fixed', 'skip', 'exclude', 'abort']
const titles: Record<Choice, string> = {
  retry: 'Retry',
  fixed: 'Fixed by hand',
  skip: 'Skip',
  exclude: 'Exclude hosts',
  abort: 'Abort rollout',
}
const texts: Record<Choice, string> = {
  retry: 'Looks first, then does it again.',
  fixed: "You did it. Each host proves it with the step's own look.",
  skip: 'Goes on without this step.',
  exclude: 'The rollout goes on without them.',
  abort: 'Stops here. Nothing is undone on any host.',
}

export function DecisionChoice({ group }: { readonly group: FailureGroup }) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const plan = useRun((picture) => picture.plan)
  const acts = useRun(mayAct)
  const byHand = group.failure.kind === 'by-hand'
  const cause = `${runId} ${group.key}`
  const ids = useMemo(() => idsOf(state, group), [state, group])
  const waiting = useMemo(() => new Set(ids.values()), [ids])
  const begun = (): DecisionDraft => ({
    choice: byHand ? 'fixed' : 'retry',
    oneFirst: group.pending.length > 3,
    known: waiting,
    picked: waiting,
    why: '',
  })
  const [said, setSaid] = useState(() => readDecisionDraft(cause, waiting) ?? begun())
  // Who failed since this was opened is not picked: a decision never grows between the thought and the click.
  if (said.known.isDisjointFrom(waiting)) setSaid(begun())
  const { choice, oneFirst, known, picked, why } = said
  // Kept from the first change on: whoever only looked has said nothing of anybody.
  const say = (part: Partial<DecisionDraft>): void => {
    const next = { ...said, ...part }
    setSaid(next)
    keepDecisionDraft(cause, next)
  }
  const [refused, setRefused] = useState<Failure | null>(null)
  const wanted = useMemo(
    () => group.pending.filter(({ step }) => picked.has(ids.get(step.id) ?? '')),
    [group, picked, ids],
  )
  const offers = useMemo(
    () =>
      offersFor(
        state,
        wanted.map(({ step }) => step.id),
      ),
    [state, wanted],
  )
  const canSplit = wanted.length > 1 && choice !== 'abort'
  const chosen = canSplit && oneFirst ? wanted.slice(0, 1) : wanted
  const notOffered = offers.get(choice) ?? null
  const missing =
    wanted.length === 0 && choice !== 'abort'
      ? 'Pick at least one host.'
      : notOffered !== null
        ? 'This choice is not offered for the hosts picked.'
        : needReason.has(choice) && why.trim() === ''
          ? 'Say why first: this leaves something out for good.'
          : null
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
    // Who was left out is decided for next: neither the picks nor the reason of this decision hold for them.
    const left = waiting.difference(new Set(steps.map(({ step }) => ids.get(step.id) ?? '')))
    forgetDecisionDraft(cause)
    setSaid((before) => (left.size === 0 ? { ...before, why: '' } : { ...before, known: left, picked: left, why: '' }))
  }
  return (
    <aside
      className={pageStyles.side}
      aria-label={`Decide for ${plural(wanted.length, 'host')}`}
      data-region="side panel"
      tabIndex={-1}
    >
      <HostPicks
        group={group}
        ids={ids}
        known={known}
        picked={picked}
        onChange={(next) => {
          say({ picked: next })
        }}
        acts={acts}
      />
      <section className={styles.choices}>
        {acts ? (
          <RadioGroup
            aria-label="Decision"
            value={choice}
            onChange={(_, { value }) => {
              say({ choice: order.find((one) => one === value) ?? 'retry' })
            }}
          >
            {order.map((one) => {
              const refusal = offers.get(one) ?? null
              return (
                <div
                  key={one}
                  className={`${styles.choice} ${one === choice ? styles.chosen : ''} ${refusal === null ? '' : styles.refused}`}
                >
                  <Radio
                    value={one}
                    disabled={refusal !== null}
                    label={
                      <span className={styles.choiceText}>
                        <strong>{byHand && one === 'fixed' ? 'Done by hand' : titles[one]}</strong>
                        <span>
                          {refusal === null ? choiceText(one, state, plan, chosen) : `Not offered: ${refusal}`}
                        </span>
                      </span>
                    }
                  />
                </div>
              )
            })}
          </RadioGroup>
        ) : (
          <p>Another process drives this run; decisions are made there.</p>
        )}
        {acts && canSplit && (
          <Checkbox
            checked={oneFirst}
            label={`One host first; the other ${wanted.length - 1} wait for what it shows`}
            onChange={(_, { checked }) => {
              say({ oneFirst: checked === true })
            }}
          />
        )}
        {acts && (
          <Field
            label={needReason.has(choice) ? 'Reason, goes to the log' : 'Reason, goes to the log (may stay empty)'}
            required={needReason.has(choice)}
          >
            <Textarea
              value={why}
              maxLength={2000}
              resize="vertical"
              onChange={(_, { value }) => {
                say({ why: value })
              }}
            />
          </Field>
        )}
      </section>
      <footer className={pageStyles.foot}>
        <FailureNote failure={act.failure ?? refused} />
        {group.failure.kind !== 'by-hand' && <p>{failureLimitSentence(state)}</p>}
        {acts && (
          <p id="decision-scope">
            {missing ??
              `Holds for ${chosen.length === 1 || choice === 'abort' ? 'this failure' : `these ${chosen.length} failures`} only. A new failure asks again.`}
          </p>
        )}
        <div className={pageStyles.acts}>
          {/* The second half of a double click would decide for what the first left behind. */}
          {acts && (
            <Button
              appearance="primary"
              aria-describedby="decision-scope"
              disabledFocusable={missing !== null || act.busy}
              onClick={({ detail }) => {
                if (detail < 2 && missing === null && !act.busy) void act.run(decide)
              }}
            >
              {verb(choice, byHand, chosen.length)}
            </Button>
          )}
          <Button
            onClick={() => {
              showPage('live')
            }}
          >
            Back to hosts
          </Button>
        </div>
      </footer>
    </aside>
  )
}

interface HostPicksProps {
  readonly group: FailureGroup
  /** The steps that waited when the decision was opened; ids, as those that are picked. */
  /** The failure of each step that waits. */
  readonly ids: ReadonlyMap<string, string>
  readonly known: ReadonlySet<string>
  readonly picked: ReadonlySet<string>
  readonly onChange: (picked: ReadonlySet<string>) => void
  readonly acts: boolean
}

function HostPicks({ group, ids, known, picked, onChange, acts }: HostPicksProps) {
  const all = group.pending
  const idOf = ({ step }: PendingDecision): string => ids.get(step.id) ?? ''
  const wanted = all.filter((one) => picked.has(idOf(one))).length
  const fresh = all.filter((one) => !known.has(idOf(one))).length
  const status = group.failure.kind === 'by-hand' ? 'needs-you' : 'failed'
  const toggle = (id: string): void => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <section>
      <h2>
        {acts
          ? `Decide for ${wanted === all.length ? plural(all.length, 'host') : `${wanted} of ${plural(all.length, 'host')}`}`
          : plural(all.length, 'host')}
      </h2>
      <div className={styles.hosts} role="group" aria-label="Hosts to decide for">
        {all.map((one) =>
          acts ? (
            <button
              key={one.step.id}
              type="button"
              className={styles.host}
              aria-pressed={picked.has(idOf(one))}
              onClick={() => {
                toggle(idOf(one))
              }}
            >
              {one.step.host}
              <StatusGlyph status={status} size={12} />
            </button>
          ) : (
            <span key={one.step.id} className={styles.host}>
              {one.step.host}
              <StatusGlyph status={status} size={12} />
            </span>
          ),
        )}
      </div>
      {acts && all.length > 1 && (
        <div className={styles.hostActs}>
          <Button
            size="small"
            disabled={wanted === all.length}
            onClick={() => {
              onChange(new Set(ids.values()))
            }}
          >
            All hosts
          </Button>
          <Button
            size="small"
            disabled={wanted === 0}
            onClick={() => {
              onChange(new Set())
            }}
          >
            None
          </Button>
          <span>Press a host to leave it out.</span>
        </div>
      )}
      {acts && fresh > 0 && (
        <p role="status">{`${plural(fresh, 'host')} failed since this was opened. Press a host to decide for it as well.`}</p>
      )}
    </section>
  )
}

/** The failure of each step by name: the step and its attempt, for a step that fails again has failed anew. */
function idsOf(state: RunState, { pending }: FailureGroup): ReadonlyMap<string, string> {
  return new Map(
    pending.map(({ step }) => {
      const at = state.index.stepAt.get(step.id)
      const attempt = at === undefined ? 0 : (laneAt(state, at.lane).steps[at.index]?.attempt ?? 0)
      return [step.id, `${step.id} ${attempt}`]
    }),
  )
}

/** For each choice why it is not offered for these steps; null where it is offered for all of them. */
function offersFor(state: RunState, steps: readonly string[]): ReadonlyMap<Choice, string | null> {
  const found = new Map<Choice, string | null>(order.map((choice) => [choice, null]))
  for (const step of steps)
    for (const { choice, refusal } of choicesFor(state, step))
      if (refusal !== null && (found.get(choice) ?? null) === null) found.set(choice, refusal)
  return found
}

function choiceText(choice: Choice, state: RunState, plan: Plan, chosen: readonly PendingDecision[]): string {
  const first = chosen[0]
  if (choice === 'retry' && first) {
    const takes = typical(timingsOf(state), first.step)
    return `${texts.retry}${takes === null ? '' : ` Usually ${formatDuration(takes)} a host.`}`
  }
  if (choice === 'exclude' && first) {
    const runners = plan.placements
      .filter((placement) => placement.component === 'runner')
      .map((placement) => placement.host)
    const gone = new Set(chosen.map(({ step }) => step.host))
    const left = runners.filter((host) => !gone.has(host) && !isExcluded(state, host)).length
    return runners.some((host) => gone.has(host))
      ? `${texts.exclude} ${left} of ${plural(runners.length, 'Runner')} remain.`
      : texts.exclude
  }
  return texts[choice]
}

function isExcluded(state: RunState, host: string): boolean {
  const n = state.index.laneOf.get(host)
  return n === undefined || laneAt(state, n).excluded !== null
}

function verb(choice: Choice, byHand: boolean, hosts: number): string {
  switch (choice) {
    case 'retry':
      return `Retry ${plural(hosts, 'host')}`
    case 'fixed':
      return `${byHand ? 'Prove' : 'Look again on'} ${plural(hosts, 'host')}`
    case 'skip':
      return `Skip on ${plural(hosts, 'host')}`
    case 'exclude':
      return `Exclude ${plural(hosts, 'host')}`
    case 'abort':
      return 'Abort rollout'
  }
}
