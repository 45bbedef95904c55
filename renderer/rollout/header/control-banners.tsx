/** Banners about control of a run: this window watches and may ask for it, or another process asks this one. */
import { Button } from '@fluentui/react-components'
import { Eye20Regular, PersonArrowRight20Regular } from '@fluentui/react-icons'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { isVaultLocked, UnlockVault } from '../../shared/components/unlock-vault.tsx'
import { formatTime } from '../../shared/format.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { controlText } from './text.ts'
import styles from './run-banners.module.css'

/** Shown where another process runs the rollout and this window watches. */
export function WatchingBanner() {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const engine = useRun((picture) => picture.engine)
  const acts = useRun(mayAct)
  const over = useRun(({ state }) => state.status === 'finished')
  const upToDate = useRun((picture) => picture.link === null)
  if (acts || !engine.holder) return null
  const { by, host, process, since } = engine.holder
  const waits = engine.asked?.answer === 'waits' || engine.asked?.answer === 'given'
  const ask = (): void => {
    if (!act.busy)
      void act.run(async () => {
        await client.call('control.ask', { runId })
      })
  }
  return (
    <section className={`${styles.strip} ${styles.watching}`} aria-label={controlText.watching}>
      <Eye20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{controlText.watchingSentence}</strong>{' '}
          {[
            controlText.holder(by, host, process, formatTime(since)),
            upToDate ? controlText.upToDate : controlText.mayBeOld,
            askedSentence(engine),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
        <FailureNote failure={act.failure} />
        {isVaultLocked(act.failure) && <UnlockVault onUnlocked={ask} />}
      </div>
      {!over && !waits && (
        <Button size="small" disabledFocusable={act.busy} onClick={ask}>
          {controlText.ask}
        </Button>
      )}
    </section>
  )
}

function askedSentence({ asked, holder }: EngineState): string {
  if (!asked) return ''
  if (!asked.mine) return asked.answer === 'waits' ? controlText.asksSentence(asked.by) : ''
  switch (asked.answer) {
    case 'waits':
      return controlText.youAsked(formatTime(asked.at), formatTime(asked.until))
    case 'given':
      return controlText.given
    case 'kept':
      return controlText.kept(holder?.by ?? null)
    case 'none':
      return controlText.noAnswer
  }
}

/** Shown where another process asks this one for control of the run. */
export function AskedBanner() {
  const client = useClient()
  const act = useAct()
  const asked = useRun(({ engine }) =>
    engine.role === 'executor' && engine.asked?.answer === 'waits' ? engine.asked : null,
  )
  if (!asked) return null
  const answer = (give: boolean): void => {
    if (!act.busy)
      void act.run(async () => {
        await client.call('control.answer', { give })
      })
  }
  return (
    <section className={`${styles.strip} ${styles['needs-you']}`} aria-label={controlText.asks(asked.by)}>
      <PersonArrowRight20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{controlText.asks(asked.by)}</strong>{' '}
          <span>{controlText.askedFrom(asked.host, asked.process, formatTime(asked.until))}</span>
        </p>
        <FailureNote failure={act.failure} />
      </div>
      <Button
        size="small"
        disabledFocusable={act.busy}
        onClick={() => {
          answer(true)
        }}
      >
        {controlText.handOver}
      </Button>
      <Button
        size="small"
        appearance="primary"
        disabledFocusable={act.busy}
        onClick={() => {
          answer(false)
        }}
      >
        {controlText.keep}
      </Button>
    </section>
  )
}
