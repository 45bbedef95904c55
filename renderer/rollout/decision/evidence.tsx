/** Owns the evidence of a failure, host by host: its lines with those marked that matter, the output of the attempt, the exact command. */
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
import pageStyles from '../task-page.module.css'
import styles from './decision.module.css'

const lookedAt = 2000
const tabs = { evidence: 'Evidence', output: 'Output of the attempt', command: 'Command' } as const
type Tab = keyof typeof tabs

export function Evidence({ group }: { readonly group: FailureGroup }) {
  const [tab, setTab] = useState<Tab>('evidence')
  const [host, setHost] = useState('')
  const one = group.pending.find(({ step }) => step.host === host) ?? group.pending[0]
  const stepAt = useRun((picture) => picture.state.index.stepAt)
  if (!one) return null
  const show = (): void => {
    const at = stepAt.get(one.step.id)
    if (at) showStep(at)
  }
  return (
    <section className={styles.block} aria-label="Evidence">
      <div className={styles.evidenceHead}>
        <h3>Evidence</h3>
        <div className={styles.views} role="group" aria-label="Kind of evidence">
          {Object.entries(tabs).map(([key, title]) => (
            <button
              key={key}
              type="button"
              className={styles.view}
              aria-pressed={tab === key}
              onClick={() => {
                setTab(key as Tab)
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <span className={styles.space} />
        {group.pending.length > 1 ? (
          <Select
            size="small"
            aria-label="Host of the evidence"
            value={one.step.host}
            onChange={(_, { value }) => {
              setHost(value)
            }}
          >
            {group.pending.map(({ step }) => (
              <option key={step.id}>{step.host}</option>
            ))}
          </Select>
        ) : (
          <strong>{one.step.host}</strong>
        )}
        <Button size="small" appearance="subtle" icon={<ArrowRight16Regular />} iconPosition="after" onClick={show}>
          Show lane
        </Button>
      </div>
      {tab === 'evidence' && <Lines group={group} one={one} />}
      {tab === 'output' && <AttemptOutput one={one} />}
      {tab === 'command' && <ExactCommand one={one} />}
    </section>
  )
}

function Lines({ group, one }: { readonly group: FailureGroup; readonly one: PendingDecision }) {
  const lines = one.failure.evidence
  const marked = useMemo(() => new Set(markedLines(lines, one.failure)), [lines, one.failure])
  const shared = useMemo(() => sharedEvidence(group), [group])
  if (lines.length === 0)
    return (
      <p className={styles.quiet}>
        The step left no lines of its own. What the host wrote is under Output of the attempt.
      </p>
    )
  return (
    <>
      <ol className={styles.evidence} tabIndex={0} aria-label={`Evidence of ${one.step.host}`}>
        {lines.map((line, i) => (
          <li key={i} className={marked.has(i) ? styles.marked : undefined}>
            <span aria-hidden="true">{formatCount(i + 1)}</span>
            <code>{line}</code>
          </li>
        ))}
      </ol>
      {group.pending.length > 1 && (
        <p
          className={styles.quiet}
        >{`${shared.size} of these ${lines.length} lines are the same on all ${group.pending.length} hosts.`}</p>
      )}
    </>
  )
}

function AttemptOutput({ one }: { readonly one: PendingDecision }) {
  const runId = useRun((picture) => picture.runId)
  const attempt = useRun(({ state }) => {
    const at = state.index.stepAt.get(one.step.id)
    return at === undefined ? 0 : (laneAt(state, at.lane).steps[at.index]?.attempt ?? 0)
  })
  const { lines, length, failure } = useOutput(runId, one.step.id, attempt, false)
  const [follow, setFollow] = useState(true)
  const marked = useMemo(() => marksIn(lines, length, one.failure), [lines, length, one.failure])
  const line = useCallback(
    (i: number): ListedLine => {
      const found = lines.at(i)
      return found
        ? {
            at: formatTimeMs(found.at),
            who: one.step.host,
            kind: found.stream === 'output' ? '' : found.stream,
            text: found.text,
            mark: marked.has(i) ? <StatusGlyph status="failed" size={12} label="This matters" /> : null,
          }
        : { at: '', who: '', kind: '', text: '' }
    },
    [lines, one.step.host, marked],
  )
  if (length === 0) return <p className={styles.quiet}>{failure ? failure.message : 'The attempt wrote nothing.'}</p>
  return (
    <div className={styles.attempt}>
      <LineList
        key={one.step.id}
        label={`Output of ${one.step.title} on ${one.step.host}`}
        count={length}
        line={line}
        find=""
        follow={follow}
        onFollow={setFollow}
      />
    </div>
  )
}

/** What matters of an output stands near its end: only the last lines are looked at. */
function marksIn(lines: OutputLines, length: number, failure: Failure): ReadonlySet<number> {
  const from = Math.max(0, length - lookedAt)
  return new Set(
    markedLines(
      Array.from({ length: length - from }, (_, i) => lines.at(from + i)?.text ?? ''),
      failure,
    ).map((i) => from + i),
  )
}

function ExactCommand({ one }: { readonly one: PendingDecision }) {
  const plan = useRun((picture) => picture.plan)
  const facts = stepFacts(one.step, plan)
  return (
    <div className={styles.exact}>
      {facts.command === null ? <p>{facts.act}</p> : <Command text={facts.command} />}
      <dl className={pageStyles.facts}>
        <dt>Runs as</dt>
        <dd>{facts.runsAs}</dd>
        <dt>Success</dt>
        <dd>{facts.success}</dd>
        <dt>If we lose it</dt>
        <dd>{facts.ifLost}</dd>
      </dl>
      {facts.source === 'yours' && (
        <p className={styles.source}>
          <Yours /> File and arguments were supplied by you. Exekra does not document what its installers' exit codes
          mean.
        </p>
      )}
    </div>
  )
}
