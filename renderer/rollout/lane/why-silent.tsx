/** Owns why a host of the run does not answer: what was said last, and the one cause when a person asks for it. */
import { Button, Spinner } from '@fluentui/react-components'
import { Stethoscope20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { HostExamined } from '../../../domain/contract/shapes.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { concernsVault } from '../../../domain/doctor/cause.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { isVaultLocked, UnlockVault } from '../../shared/components/unlock-vault.tsx'
import { mayAct, useRun } from '../session/run-store.ts'
import { Cause } from '../../survey/cause.tsx'
import styles from './lane-panel.module.css'

const ofTheWay: ReadonlySet<Failure['kind']> = new Set(['link', 'trust', 'credential'])

/** What keeps the lane of that number from being reached; null where it is reached. */
export function silenceOf(state: RunState, n: number): Failure | null {
  const lane = laneAt(state, n)
  const failure = lane.unreachable?.failure ?? lane.steps[lane.cursor]?.failure ?? null
  return failure && (lane.unreachable || ofTheWay.has(failure.kind) || concernsVault(failure)) ? failure : null
}

export function WhySilent({ host, failure }: { readonly host: string; readonly failure: Failure }) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const practice = useRun((picture) => picture.plan.practice !== undefined)
  const acts = useRun(mayAct)
  const [found, setFound] = useState<HostExamined | null>(null)
  const examine = (): void => {
    if (!act.busy)
      void act.run(async () => {
        setFound(await client.call('run.examine', { runId, host }))
      })
  }
  return (
    <section className={styles.silent} aria-label="Why there is no answer" tabIndex={0}>
      <p>{`${failure.message} ${failure.hint}`}</p>
      {found && (
        <p>
          {found.well.length === 0
            ? `By ${found.by}, port ${found.port}.`
            : `Well by ${found.by}, port ${found.port}: ${found.well.join('; ')}.`}
        </p>
      )}
      {found &&
        (found.diagnosis ? (
          <Cause diagnosis={found.diagnosis} />
        ) : (
          <p role="status">
            {found.signedIn
              ? 'The host can be reached now; its lane goes on with the next try.'
              : 'It answers. Nobody signed in, since no credential is named.'}
          </p>
        ))}
      <FailureNote failure={act.failure} />
      {isVaultLocked(act.failure) && <UnlockVault onUnlocked={examine} />}
      {acts && !practice && (
        <span>
          <Button
            size="small"
            icon={act.busy ? <Spinner size="extra-tiny" /> : <Stethoscope20Regular />}
            disabledFocusable={act.busy}
            title="Knocks as a run would, step by step; nothing on the host is changed"
            onClick={examine}
          >
            {act.busy ? 'Looking' : found ? 'Look again' : 'Find the cause'}
          </Button>
        </span>
      )}
    </section>
  )
}
