/** Owns the numbers in the header of a run: elapsed, steps, when it ends about, and the window it should fit into. */
import { useMemo, useState } from 'react'
import { countSteps, pendingGate } from '../../../domain/attention.ts'
import { closesAt, fits } from '../../run/site-window.ts'
import { count, elapsed, minute, prose } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { readKept, writeKept } from '../../stores/kept.ts'
import { useRun } from '../../stores/run-session.ts'
import { useEstimate } from './use-estimate.ts'
import styles from './run-bar.module.css'

export function RunNumbers() {
  const state = useRun((picture) => picture.state)
  const steps = useMemo(() => countSteps(state), [state])
  const estimate = useEstimate()
  const { startedAt, endedAt } = state
  return (
    <dl className={styles.numbers}>
      <div><dt>Elapsed</dt><dd>{startedAt === null ? '0:00' : elapsed((endedAt ?? estimate.now) - startedAt)}</dd></div>
      <div className={styles.stepsCount}><dt>Steps</dt><dd>{`${count(steps.settled)} of ${count(steps.total)}`}</dd></div>
      {endedAt === null ? <Ends left={estimate.left} untimed={estimate.untimed} now={estimate.now} /> : <div><dt>Ended</dt><dd>{minute(endedAt)}</dd></div>}
      {endedAt === null && startedAt !== null && <Window left={estimate.left} now={estimate.now} startedAt={startedAt} />}
    </dl>
  )
}

function Ends({ left, untimed, now }: { readonly left: number | null; readonly untimed: string | null; readonly now: number }) {
  const state = useRun((picture) => picture.state)
  const condition = state.status === 'paused' ? 'if resumed now' : pendingGate(state) !== null ? 'if opened now' : state.deciding.some((word) => word !== 0) ? 'if decided now' : ''
  if (state.status === 'cancelling') return null
  return (
    <div>
      <dt>Ends about</dt>
      {left === null
        ? <dd className={styles.quiet} title={untimed === null ? undefined : `Known once a host has shown how long ${untimed} takes here`}>not known yet</dd>
        : <dd>{minute(now + left)} <span className={styles.quiet}>{condition === '' ? `in ${prose(left)}` : condition}</span></dd>}
    </div>
  )
}

/** The window is the person's own, for this run in this browser; the plan knows of none. */
function Window({ left, now, startedAt }: { readonly left: number | null; readonly now: number; readonly startedAt: number }) {
  const key = `rollout.window.${useRun((picture) => picture.runId)}`
  const [time, setTime] = useState(() => readKept(key) ?? '')
  const closes = closesAt(time, startedAt)
  const verdict = closes === null ? null : fits(closes, now, left)
  return (
    <div className={styles.window}>
      <dt>Window closes</dt>
      <dd>
        {verdict && <StatusGlyph status={verdict.status} size={14} />}
        <input type="time" className={styles.time} aria-label={`Window closes${verdict ? `, ${verdict.word}` : ''}`} value={time} onChange={(event) => {
          setTime(event.target.value)
          writeKept(key, event.target.value)
        }} />
        {verdict && <span>{verdict.word}</span>}
      </dd>
    </div>
  )
}
