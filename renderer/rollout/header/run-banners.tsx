/** Banners under the stage rail: what waits for a person, lost connections, and how the run ended. */
import { useMemo } from 'react'
import { Button } from '@fluentui/react-components'
import { pendingDecisions, pendingGate, unreachableHosts } from '../../../domain/run/pending.ts'
import { isHeld } from '../../../domain/run/decide.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import { hostStatus } from '../hosts/host-status.ts'
import { groupFailures } from '../decision/failure-groups.ts'
import { outcomeSentences } from './outcome.ts'
import { formatTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import type { Status } from '../../status/status.ts'
import { showPage, useViewState } from '../session/view-state.ts'
import { go } from '../../shared/route.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { useOffline } from '../session/use-offline.ts'
import { bannerText, runStateText } from './text.ts'
import styles from './run-banners.module.css'

export function RunBanners({ unknownStep }: { readonly unknownStep: string | null }) {
  const page = useViewState((place) => place.page)
  const state = useRun((picture) => picture.state)
  const engine = useRun((picture) => picture.engine)
  const link = useRun((picture) => picture.link)
  const acts = useRun(mayAct)
  const gate = pendingGate(state)
  const groups = groupFailures(pendingDecisions(state))
  const first = groups[0]
  const hosts = groups.reduce((sum, group) => sum + group.pending.length, 0)
  const silent = unreachableHosts(state).length
  const offline = useOffline()
  const open = useMemo(() => state.index.lanes.filter((_, n) => hostStatus(state, n) === 'unknown').length, [state])
  return (
    <>
      {link && (
        <Strip status="unreachable" title={link.message}>
          {link.hint}
        </Strip>
      )}
      {offline !== null && (
        <Strip
          status="unreachable"
          title={bannerText.noNetwork(formatTime(offline))}
          act={silent > 0 ? showOnly('unreachable', bannerText.showPausedLanes) : null}
        >
          {bannerText.noNetworkHint}
        </Strip>
      )}
      {unknownStep !== null && (
        <Strip status="warn" title={bannerText.unknownStep(unknownStep)}>
          {bannerText.unknownStepHint}
        </Strip>
      )}
      {engine.failure && (
        <Strip status="failed" title={engine.failure.message}>
          {engine.failure.hint}
        </Strip>
      )}
      {page === 'live' && first && (
        <Strip
          status={first.failure.kind === 'by-hand' ? 'needs-you' : 'failed'}
          title={
            first.failure.kind === 'by-hand'
              ? bannerText.byHand(first.title, first.pending.length)
              : bannerText.failedOn(first.title, first.pending.length)
          }
          act={
            acts
              ? {
                  label: bannerText.decide(hosts),
                  go: () => {
                    showPage('decision')
                  },
                }
              : null
          }
        >
          {bannerText.causes(groups.length, first.failure.message)}
        </Strip>
      )}
      {page === 'live' && isHeld(state) && (
        <Strip status="waiting" title={bannerText.failureLimit}>
          {failureLimitSentence(state)}
        </Strip>
      )}
      {page === 'live' && gate && (
        <Strip
          status="needs-you"
          title={bannerText.gate(gate.title)}
          act={
            acts
              ? {
                  label: bannerText.goToGate,
                  go: () => {
                    showPage('gate')
                  },
                }
              : null
          }
        >
          {bannerText.gateItems(gate.checklist.length)}
        </Strip>
      )}
      {page === 'live' && open > 0 && (
        <Strip status="unknown" title={bannerText.interrupted(open)} act={showOnly('unknown', bannerText.showHosts)}>
          {state.status === 'running' && engine.role !== 'free'
            ? bannerText.interruptedRunning
            : bannerText.interruptedResume}
        </Strip>
      )}
      {page === 'live' && silent > 0 && (
        <Strip
          status="unreachable"
          title={bannerText.silent(silent)}
          act={showOnly('unreachable', bannerText.showHosts)}
        >
          {state.status === 'cancelling' ? bannerText.silentCancelling : bannerText.silentRetry(silent)}
        </Strip>
      )}
      {state.status === 'finished' && <Finished />}
    </>
  )
}

/** Shows the hosts with that status alone, in the farm or the table. */
function showOnly(status: Status, label: string): StripAct {
  return {
    label,
    quiet: true,
    go: () => {
      useViewState.setState(({ hostsAs }) => ({
        page: 'live',
        filter: status,
        hostsAs: hostsAs === 'table' ? 'table' : 'farm',
      }))
    },
  }
}

interface StripAct {
  readonly label: string
  readonly go: () => void
  /** True for a button that only shows something: it is not the primary one. */
  readonly quiet?: boolean
}

function Finished() {
  const planId = useRun((picture) => picture.summary.planId)
  const state = useRun((picture) => picture.state)
  const { outcome } = state
  const outcomeShown = useMemo(() => outcomeSentences(state), [state])
  if (outcome === 'cancelled')
    return (
      <Strip status="cancelled" title={runStateText.cancelled}>
        {outcomeShown}
      </Strip>
    )
  return (
    <Strip
      status={outcome === 'accepted' ? 'done' : 'warn'}
      title={outcome === 'accepted' ? runStateText.accepted : runStateText.acceptedWithExceptions}
      act={{
        label: bannerText.summary,
        go: () => {
          go({ view: 'plan', planId, section: 'dossier' })
        },
      }}
    >
      {outcomeShown}
    </Strip>
  )
}

function Strip({
  status,
  title,
  children,
  act = null,
}: {
  readonly status: Status
  readonly title: string
  readonly children: string
  readonly act?: StripAct | null
}) {
  return (
    <section className={`${styles.strip} ${styles[status] ?? ''}`} aria-label={title}>
      <StatusGlyph status={status} size={20} />
      <p className={styles.text}>
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {act && (
        <Button appearance={act.quiet === true ? 'secondary' : 'primary'} size="small" onClick={act.go}>
          {act.label}
        </Button>
      )}
    </section>
  )
}
