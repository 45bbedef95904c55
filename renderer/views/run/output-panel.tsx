/** Owns the panel below: output of the chosen step, and the log of the run. */
import { Button, Input } from '@fluentui/react-components'
import { ArrowDown20Regular, ChevronDown20Regular, ChevronUp20Regular, Search20Regular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import { laneAt } from '../../../domain/run.ts'
import { eventLine } from '../../run/event-line.ts'
import { clockMs, count } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useRunPlace } from '../../stores/run-place.ts'
import { useRun } from '../../stores/run-session.ts'
import { LineList, type ListedLine } from './line-list.tsx'
import { useOutput } from './use-output.ts'
import styles from './output-panel.module.css'

export function OutputPanel({ lane }: { readonly lane: number }) {
  const open = useRunPlace((place) => place.outputOpen)
  const [tab, setTab] = useState<'output' | 'log'>('log')
  const [find, setFind] = useState('')
  const [follow, setFollow] = useState(true)
  const length = useRun((picture) => picture.length)
  return (
    <section className={`${styles.panel} ${open ? styles.open : ''}`} aria-label="Output" data-region="output" tabIndex={-1}>
      <div className={styles.bar}>
        <Button appearance="subtle" size="small" icon={open ? <ChevronDown20Regular /> : <ChevronUp20Regular />} aria-label={open ? 'Close output' : 'Open output'} aria-expanded={open} title="Ctrl+J" onClick={() => { useRunPlace.setState({ outputOpen: !open }) }} />
        <div className={styles.tabs} role="group" aria-label="What is shown below">
          <button type="button" aria-pressed={tab === 'log'} onClick={() => { setTab('log') }}>Log <span>{count(length)}</span></button>
          <button type="button" aria-pressed={tab === 'output'} onClick={() => { setTab('output') }}>Output of the step</button>
        </div>
        <span className={styles.space} />
        {open && (
          <>
            <Input size="small" className={styles.find} contentBefore={<Search20Regular />} placeholder="Find" aria-label="Find in output" value={find} onChange={(_, { value }) => { setFind(value) }} />
            <Button size="small" appearance={follow ? 'outline' : 'subtle'} icon={<ArrowDown20Regular />} aria-pressed={follow} onClick={() => { setFollow(!follow) }}>Follow</Button>
          </>
        )}
      </div>
      {open && (tab === 'log' ? <Log find={find} follow={follow} onFollow={setFollow} /> : <StepOutput lane={lane} find={find} follow={follow} onFollow={setFollow} />)}
    </section>
  )
}

interface Listing {
  readonly find: string
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
}

function Log(listing: Listing) {
  const state = useRun((picture) => picture.state)
  const log = useRun((picture) => picture.log)
  const length = useRun((picture) => picture.length)
  const line = (i: number): ListedLine => {
    const event = log[i]
    if (!event) return { at: '', who: '', text: '' }
    const { host, text, status } = eventLine(state, event)
    return { at: clockMs(event.at), who: host, text, mark: status === null ? null : <StatusGlyph status={status} size={12} /> }
  }
  return <LineList label="Log of the run" count={length} line={line} {...listing} />
}

function StepOutput({ lane, ...listing }: Listing & { readonly lane: number }) {
  const runId = useRun((picture) => picture.runId)
  const chosen = useRunPlace((place) => place.step)
  const at = useRun(({ state }) => laneAt(state, lane))
  const steps = useRun(({ state }) => state.index.lanes[lane]?.steps)
  const place = useMemo(() => chosen ?? (at.steps[at.cursor]?.attempt ? at.cursor : Math.max(0, at.cursor - 1)), [chosen, at])
  const step = steps?.[place]
  const stands = at.steps[place]
  const { lines, gone, leftOut, failure } = useOutput(runId, step?.id ?? null, stands?.attempt ?? 0, stands?.status === 'running')
  const line = (i: number): ListedLine => {
    const one = lines[i]
    return one ? { at: clockMs(one.at), who: one.stream === 'output' ? '' : one.stream, text: one.text } : { at: '', who: '', text: '' }
  }
  const title = `Output of ${step?.title ?? 'the step'} on ${at.host}${stands && stands.attempt > 1 ? `, attempt ${stands.attempt}` : ''}`
  const note = failure ? failure.message : gone > 0 ? `${count(gone)} earlier lines are in the store only` : leftOut > 0 ? `${count(leftOut)} bytes were left out` : ''
  return (
    <>
      <p className={styles.title}>{title}{note === '' ? '' : ` · ${note}`}</p>
      {lines.length === 0 ? <p className={styles.none}>{stands?.attempt ? 'No output so far.' : 'The step has not begun.'}</p> : <LineList key={`${step?.id ?? ''} ${stands?.attempt ?? 0}`} label={title} count={lines.length} line={line} {...listing} />}
    </>
  )
}
