/** Why a host of the run does not answer: the last failure, and the cause once a person asks for it. */
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
import { silenceText } from './text.ts'
import styles from './lane-panel.module.css'

const connectionKinds: ReadonlySet<Failure['kind']> = new Set(['link', 'trust', 'credential'])

/** Returns why the host of the lane with that number cannot be reached; null where it can. */
export function silenceOf(state: RunState, n: number): Failure | null {
  const lane = laneAt(state, n)
  const failure = lane.unreachable?.failure ?? lane.steps[lane.cursor]?.failure ?? null
  return failure && (lane.unreachable || connectionKinds.has(failure.kind) || concernsVault(failure)) ? failure : null
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
    <section className={styles.silent} aria-label={silenceText.region} tabIndex={0}>
      <p>{`${failure.message} ${failure.hint}`}</p>
      {found && (
        <p>
          {found.well.length === 0
            ? silenceText.checkedOver(found.by, found.port)
            : silenceText.passed(found.by, found.port, found.well.join('; '))}
        </p>
      )}
      {found &&
        (found.diagnosis ? (
          <Cause diagnosis={found.diagnosis} />
        ) : (
          <p role="status">{found.signedIn ? silenceText.reachable : silenceText.notSignedIn}</p>
        ))}
      <FailureNote failure={act.failure} />
      {isVaultLocked(act.failure) && <UnlockVault onUnlocked={examine} />}
      {acts && !practice && (
        <span>
          <Button
            size="small"
            icon={act.busy ? <Spinner size="extra-tiny" /> : <Stethoscope20Regular />}
            disabledFocusable={act.busy}
            title={silenceText.hint}
            onClick={examine}
          >
            {act.busy ? silenceText.checking : found ? silenceText.checkAgain : silenceText.find}
          </Button>
        </span>
      )}
    </section>
  )
}
