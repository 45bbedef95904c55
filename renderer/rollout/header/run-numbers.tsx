/** Owns the numbers in the header of a run: elapsed, steps, when it ends about, and the window it should fit into. */
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { closesAt, fits } from '../../../domain/run/change-window.ts'
import { countSteps, pendingGate } from '../../../domain/run/pending.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { formatElapsed, formatMinute, formatDuration } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useAct, useClient } from '../../client/client-context.tsx'
import { mayAct, useRun } from '../session/run-store.ts'
import { useEstimate } from './use-estimate.ts'
import styles from './run-bar.module.css'

export function RunNumbers() {
  const state = useRun((picture) => picture.state)
  const steps = useMemo(() => countSteps(state), [state])
  const estimate = useEstimate()
  const { startedAt, endedAt } = state
  return (
    <dl className={styles.numbers}>
      <div>
        <dt>Elapsed</dt>
        <dd>{startedAt === null ? '0:00' : formatElapsed((endedAt ?? estimate.now) - startedAt)}</dd>
      </div>
      <div className={styles.stepsCount}>
        <dt>Steps</dt>
        <dd>{`${formatCount(steps.settled)} of ${formatCount(steps.total)}`}</dd>
      </div>
      {endedAt === null ? (
        <Ends left={estimate.left} untimed={estimate.untimed} now={estimate.now} />
      ) : (
        <div>
          <dt>Ended</dt>
          <dd>{formatMinute(endedAt)}</dd>
        </div>
      )}
      {endedAt === null && startedAt !== null && (
        <Window left={estimate.left} now={estimate.now} startedAt={startedAt} />
      )}
    </dl>
  )
}

function Ends({
  left,
  untimed,
  now,
}: {
  readonly left: number | null
  readonly untimed: string | null
  readonly now: number
}) {
  const state = useRun((picture) => picture.state)
  const condition =
    state.status === 'paused'
      ? 'if resumed now'
      : pendingGate(state) !== null
        ? 'if opened now'
        : state.deciding.some((word) => word !== 0)
          ? 'if decided now'
          : ''
  if (state.status === 'cancelling') return null
  return (
    <div>
      <dt>Ends about</dt>
      {left === null ? (
        <dd
          className={styles.quiet}
          title={untimed === null ? undefined : `Known once a host has shown how long ${untimed} takes here`}
        >
          not known yet
        </dd>
      ) : (
        <dd>
          {formatMinute(now + left)}{' '}
          <span className={styles.quiet}>{condition === '' ? `in ${formatDuration(left)}` : condition}</span>
        </dd>
      )}
    </div>
  )
}

/** The planned change window: every shell shows it, and who may act on the run sets it. Taken when the field is left, so that typing a time is one event. */
function Window({
  left,
  now,
  startedAt,
}: {
  readonly left: number | null
  readonly now: number
  readonly startedAt: number
}) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const planned = useRun(({ state }) => state.window)
  const acts = useRun(mayAct)
  const written = planned === null ? '' : formatMinute(planned.closesAt)
  const [time, setTime] = useState(written)
  useEffect(() => {
    setTime(written)
  }, [written])
  const verdict = planned === null ? null : fits(planned.closesAt, now, left)
  const closes = closesAt(time.trim(), startedAt)
  const wrong = time.trim() !== '' && closes === null
  const take = (): void => {
    if (time.trim() === written || wrong) return
    void act.run(async () => {
      await client.call('run.setWindow', { runId, closesAt: closes })
    })
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take()
  }
  const word = verdict ? `, ${verdict.word}` : ''
  return (
    <div className={styles.window}>
      <dt>Window closes</dt>
      <dd
        title={
          act.failure
            ? `${act.failure.message} ${act.failure.hint}`
            : planned === null
              ? undefined
              : `As ${planned.by} planned`
        }
      >
        {act.failure ? (
          <StatusGlyph status="failed" size={14} label={act.failure.message} />
        ) : (
          verdict && <StatusGlyph status={verdict.status} size={14} />
        )}
        {acts ? (
          <input
            type="text"
            inputMode="numeric"
            maxLength={5}
            placeholder="hh:mm"
            className={styles.time}
            aria-invalid={wrong}
            title={wrong ? 'Write it as 18:00; empty for no window' : undefined}
            aria-label={`Window closes${word}`}
            value={time}
            onChange={(event) => {
              setTime(event.target.value)
            }}
            onBlur={take}
            onKeyDown={keys}
          />
        ) : (
          <span>{planned === null ? 'not planned' : written}</span>
        )}
        {verdict && <span>{verdict.word}</span>}
      </dd>
    </div>
  )
}
