/** The numbers in the bar of a run: elapsed time, steps, estimated end, and the change window. */
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { closesAt, fits } from '../../../domain/run/change-window.ts'
import { countSteps, pendingGate } from '../../../domain/run/pending.ts'
import { formatElapsed, formatMinute, formatDuration } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useAct, useClient } from '../../client/client-context.tsx'
import { mayAct, useRun } from '../session/run-store.ts'
import { useEstimate } from './use-estimate.ts'
import { numbersText } from './text.ts'
import styles from './run-bar.module.css'

export function RunNumbers() {
  const state = useRun((picture) => picture.state)
  const steps = useMemo(() => countSteps(state), [state])
  const estimate = useEstimate()
  const { startedAt, endedAt } = state
  return (
    <dl className={styles.numbers}>
      <div>
        <dt>{numbersText.elapsed}</dt>
        <dd>{startedAt === null ? '0:00' : formatElapsed((endedAt ?? estimate.now) - startedAt)}</dd>
      </div>
      <div className={styles.stepsCount}>
        <dt>{numbersText.steps}</dt>
        <dd>{numbersText.countOf(steps.settled, steps.total)}</dd>
      </div>
      {endedAt === null ? (
        <Ends left={estimate.left} untimed={estimate.untimed} now={estimate.now} />
      ) : (
        <div>
          <dt>{numbersText.ended}</dt>
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
      ? numbersText.ifResumed
      : pendingGate(state) !== null
        ? numbersText.ifOpened
        : state.deciding.some((bits) => bits !== 0)
          ? numbersText.ifDecided
          : ''
  if (state.status === 'cancelling') return null
  return (
    <div>
      <dt>{numbersText.endsAbout}</dt>
      {left === null ? (
        <dd className={styles.quiet} title={untimed === null ? undefined : numbersText.knownOnce(untimed)}>
          {numbersText.notKnown}
        </dd>
      ) : (
        <dd>
          {formatMinute(now + left)}{' '}
          <span className={styles.quiet}>
            {condition === '' ? numbersText.endsIn(formatDuration(left)) : condition}
          </span>
        </dd>
      )}
    </div>
  )
}

/**
 * The planned change window, editable for a person who may act on the run.
 * Saved when the field loses the focus, so that typing a time is one event.
 */
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
  const saved = planned === null ? '' : formatMinute(planned.closesAt)
  const [time, setTime] = useState(saved)
  useEffect(() => {
    setTime(saved)
  }, [saved])
  const verdict = planned === null ? null : fits(planned.closesAt, now, left)
  const closes = closesAt(time.trim(), startedAt)
  const wrong = time.trim() !== '' && closes === null
  const save = (): void => {
    if (time.trim() === saved || wrong) return
    void act.run(async () => {
      await client.call('run.setWindow', { runId, closesAt: closes })
    })
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') save()
  }
  return (
    <div className={styles.window}>
      <dt>{numbersText.windowCloses}</dt>
      <dd
        title={
          act.failure
            ? `${act.failure.message} ${act.failure.hint}`
            : planned === null
              ? undefined
              : numbersText.windowSetBy(planned.by)
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
            placeholder={numbersText.windowFormat}
            className={styles.time}
            aria-invalid={wrong}
            title={wrong ? numbersText.windowWrong : undefined}
            aria-label={verdict ? numbersText.windowClosesVerdict(verdict.word) : numbersText.windowCloses}
            value={time}
            onChange={(event) => {
              setTime(event.target.value)
            }}
            onBlur={save}
            onKeyDown={keys}
          />
        ) : (
          <span>{planned === null ? numbersText.noWindow : saved}</span>
        )}
        {verdict && <span>{verdict.word}</span>}
      </dd>
    </div>
  )
}
