/** The evidence of a failure, host by host: recorded lines, output of the attempt, and the exact command. */
import { Button, Select } from '@fluentui/react-components'
import { ArrowRight16Regular } from '@fluentui/react-icons'
import { useCallback, useMemo, useState } from 'react'
import type { PendingDecision } from '../../../domain/run/pending.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { Command } from '../../shared/components/command.tsx'
import { Yours } from '../../shared/components/provenance.tsx'
import { type FailureGroup, sharedEvidence } from './failure-groups.ts'
import { markedLines } from './marked-lines.ts'
import type { OutputLines } from '../output/output-lines.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { stepFacts } from '../../plan/review/step-facts.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { showStep } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList } from '../output/line-list.tsx'
import { useOutput } from '../output/use-output.ts'
import { evidenceText } from './text.ts'
import pageStyles from '../task-page.module.css'
import decision from './decision.module.css'
import styles from './evidence.module.css'

/** How many lines at the end of an output are searched for important ones. */
const searchedLines = 2000
const tabs = ['evidence', 'output', 'command'] as const
type Tab = (typeof tabs)[number]

export function Evidence({ group }: { readonly group: FailureGroup }) {
  const [tab, setTab] = useState<Tab>('evidence')
  const [host, setHost] = useState('')
  const pending = group.pending.find(({ step }) => step.host === host) ?? group.pending[0]
  const stepAt = useRun((picture) => picture.state.index.stepAt)
  if (!pending) return null
  const show = (): void => {
    const at = stepAt.get(pending.step.id)
    if (at) showStep(at)
  }
  return (
    <section className={decision.block} aria-label={evidenceText.title}>
      <div className={styles.evidenceHead}>
        <h3>{evidenceText.title}</h3>
        <div className={styles.views} role="group" aria-label={evidenceText.kinds}>
          {tabs.map((key) => (
            <button
              key={key}
              type="button"
              className={styles.view}
              aria-pressed={tab === key}
              onClick={() => {
                setTab(key)
              }}
            >
              {evidenceText.tabs[key]}
            </button>
          ))}
        </div>
        <span className={styles.space} />
        {group.pending.length > 1 ? (
          <Select
            size="small"
            aria-label={evidenceText.host}
            value={pending.step.host}
            onChange={(_, { value }) => {
              setHost(value)
            }}
          >
            {group.pending.map(({ step }) => (
              <option key={step.id}>{step.host}</option>
            ))}
          </Select>
        ) : (
          <strong>{pending.step.host}</strong>
        )}
        <Button size="small" appearance="subtle" icon={<ArrowRight16Regular />} iconPosition="after" onClick={show}>
          {evidenceText.showLane}
        </Button>
      </div>
      {tab === 'evidence' && <Lines group={group} pending={pending} />}
      {tab === 'output' && <AttemptOutput pending={pending} />}
      {tab === 'command' && <ExactCommand pending={pending} />}
    </section>
  )
}

function Lines({ group, pending }: { readonly group: FailureGroup; readonly pending: PendingDecision }) {
  const { failure, step } = pending
  const lines = failure.evidence
  const marked = useMemo(() => new Set(markedLines(lines, failure)), [lines, failure])
  const shared = useMemo(() => sharedEvidence(group), [group])
  if (lines.length === 0) return <p className={decision.quiet}>{evidenceText.none}</p>
  return (
    <>
      <ol className={styles.evidence} tabIndex={0} aria-label={evidenceText.ofHost(step.host)}>
        {lines.map((line, i) => (
          <li key={i} className={marked.has(i) ? styles.marked : undefined}>
            <span aria-hidden="true">{formatCount(i + 1)}</span>
            <code>{line}</code>
          </li>
        ))}
      </ol>
      {group.pending.length > 1 && (
        <p className={decision.quiet}>{evidenceText.shared(shared.size, lines.length, group.pending.length)}</p>
      )}
    </>
  )
}

function AttemptOutput({ pending: { step, failure: cause } }: { readonly pending: PendingDecision }) {
  const runId = useRun((picture) => picture.runId)
  const attempt = useRun(({ state }) => {
    const at = state.index.stepAt.get(step.id)
    return at === undefined ? 0 : (laneAt(state, at.lane).steps[at.index]?.attempt ?? 0)
  })
  const { lines, length, failure } = useOutput(runId, step.id, attempt, false)
  const [follow, setFollow] = useState(true)
  const marked = useMemo(() => importantLines(lines, length, cause), [lines, length, cause])
  const line = useCallback(
    (i: number): ListedLine => {
      const found = lines.at(i)
      return found
        ? {
            at: formatTimeMs(found.at),
            who: step.host,
            kind: found.stream === 'output' ? '' : found.stream,
            text: found.text,
            mark: marked.has(i) ? <StatusGlyph status="failed" size={12} label={evidenceText.important} /> : null,
          }
        : { at: '', who: '', kind: '', text: '' }
    },
    [lines, step.host, marked],
  )
  if (length === 0) return <p className={decision.quiet}>{failure ? failure.message : evidenceText.noOutput}</p>
  return (
    <div className={styles.attempt}>
      <LineList
        key={step.id}
        label={evidenceText.outputOf(step.title, step.host)}
        count={length}
        line={line}
        find=""
        follow={follow}
        onFollow={setFollow}
      />
    </div>
  )
}

/** Numbers of the important lines of an output. These are near its end, so only the last lines are searched. */
function importantLines(lines: OutputLines, length: number, failure: Failure): ReadonlySet<number> {
  const from = Math.max(0, length - searchedLines)
  return new Set(
    markedLines(
      Array.from({ length: length - from }, (_, i) => lines.at(from + i)?.text ?? ''),
      failure,
    ).map((i) => from + i),
  )
}

function ExactCommand({ pending: { step } }: { readonly pending: PendingDecision }) {
  const plan = useRun((picture) => picture.plan)
  const facts = stepFacts(step, plan)
  return (
    <div className={styles.exact}>
      {facts.command === null ? <p>{facts.act}</p> : <Command text={facts.command} />}
      <dl className={pageStyles.facts}>
        <dt>{evidenceText.runsAs}</dt>
        <dd>{facts.runsAs}</dd>
        <dt>{evidenceText.success}</dt>
        <dd>{facts.success}</dd>
        <dt>{evidenceText.ifLost}</dt>
        <dd>{facts.ifLost}</dd>
      </dl>
      {facts.source === 'yours' && (
        <p className={styles.source}>
          <Yours /> {evidenceText.suppliedByYou}
        </p>
      )}
    </div>
  )
}
