/** Owns the strips about who drives: this window watches and may ask for control, or somebody asks this one for it. */
import { Button } from '@fluentui/react-components'
import { Eye20Regular, PersonArrowRight20Regular } from '@fluentui/react-icons'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { isVaultLocked, UnlockVault } from '../../shared/components/unlock-vault.tsx'
import { formatTime } from '../../shared/format.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import styles from './run-banners.module.css'

/** Over everything: another process drives the run, and this window watches. */
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
    <section className={`${styles.strip} ${styles.watching}`} aria-label="You are watching">
      <Eye20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>You are watching.</strong>{' '}
          {`${by} drives this rollout from ${host}, process ${process}, since ${formatTime(since)}. ${upToDate ? 'What you see is up to date.' : 'What you see may be old.'} ${askedInWords(engine)}`}
        </p>
        <FailureNote failure={act.failure} />
        {isVaultLocked(act.failure) && <UnlockVault onUnlocked={ask} />}
      </div>
      {!over && !waits && (
        <Button size="small" disabledFocusable={act.busy} onClick={ask}>
          Ask for control
        </Button>
      )}
    </section>
  )
}

function askedInWords({ asked, holder }: EngineState): string {
  if (!asked) return ''
  if (!asked.mine) return asked.answer === 'waits' ? `${asked.by} asks for control.` : ''
  switch (asked.answer) {
    case 'waits':
      return `You asked for control at ${formatTime(asked.at)}. If nobody answers there by ${formatTime(asked.until)}, it comes to you; each open attempt is then looked at before anything is done.`
    case 'given':
      return 'Control comes to you.'
    case 'kept':
      return `${holder?.by ?? 'The other'} keeps control.`
    case 'none':
      return 'Nobody answered and nothing was let go: a command line cannot be asked. Wait until it ends, or end it there; then resume here.'
  }
}

/** Somebody asks this process to let go of the run. */
export function AskedBanner() {
  const client = useClient()
  const act = useAct()
  const asked = useRun(({ engine }) =>
    engine.role === 'driver' && engine.asked?.answer === 'waits' ? engine.asked : null,
  )
  if (!asked) return null
  const answer = (give: boolean): void => {
    if (!act.busy)
      void act.run(async () => {
        await client.call('control.answer', { give })
      })
  }
  return (
    <section className={`${styles.strip} ${styles['needs-you']}`} aria-label={`${asked.by} asks for control`}>
      <PersonArrowRight20Regular aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{`${asked.by} asks for control`}</strong>{' '}
          <span>{`from ${asked.host}, process ${asked.process}. Without an answer by ${formatTime(asked.until)} it goes there. What runs on the hosts goes on; you watch from then on and can ask for it back.`}</span>
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
        Hand over
      </Button>
      <Button
        size="small"
        appearance="primary"
        disabledFocusable={act.busy}
        onClick={() => {
          answer(false)
        }}
      >
        Keep control
      </Button>
    </section>
  )
}
