/** Owns the strips under the stage rail: what waits, who is watched, a link that broke, and the end. */
import { useMemo } from 'react'
import { Button } from '@fluentui/react-components'
import { pendingDecisions, pendingGate, unreachableHosts } from '../../../domain/run/pending.ts'
import { isHeld } from '../../../domain/run/decide.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import { hostStatus } from '../hosts/host-status.ts'
import { groupFailures } from '../decision/failure-groups.ts'
import { outcomeWords } from './outcome-words.ts'
import { plural } from '../../../domain/base/plural.ts'
import { formatTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import type { Status } from '../../status/status.ts'
import { showPage, useViewState } from '../session/view-state.ts'
import { go } from '../../shared/route.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { useOffline } from '../session/use-offline.ts'
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
          title={`This computer has no network since ${formatTime(offline)}`}
          act={silent > 0 ? showOnly('unreachable', 'Show paused lanes') : null}
        >
          Lanes pause by themselves and nothing has failed. Jobs that run on the hosts go on; when the network is back,
          each host is looked at first.
        </Strip>
      )}
      {unknownStep !== null && (
        <Strip status="warn" title={`This run has no step ${unknownStep}`}>
          The link may be of another run, or not whole. Nothing was chosen.
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
              ? `${first.title}: work by hand on ${plural(first.pending.length, 'host')}`
              : `${first.title} failed on ${plural(first.pending.length, 'host')}`
          }
          act={
            acts
              ? {
                  label: hosts > 1 ? `Decide for ${hosts} hosts` : 'Decide',
                  go: () => {
                    showPage('decision')
                  },
                }
              : null
          }
        >
          {groups.length > 1
            ? `${groups.length} causes wait for a decision. ${first.failure.message}`
            : first.failure.message}
        </Strip>
      )}
      {page === 'live' && isHeld(state) && (
        <Strip status="waiting" title="The stage is held">
          {failureLimitSentence(state)}
        </Strip>
      )}
      {page === 'live' && gate && (
        <Strip
          status="needs-you"
          title={`Gate ${gate.title} waits for you`}
          act={
            acts
              ? {
                  label: 'Go to gate',
                  go: () => {
                    showPage('gate')
                  },
                }
              : null
          }
        >{`${plural(gate.checklist.length, 'thing')} to confirm that Rollout has no documented way to see.`}</Strip>
      )}
      {page === 'live' && open > 0 && (
        <Strip
          status="unknown"
          title={`${plural(open, 'attempt')} ${open === 1 ? 'was' : 'were'} open when Rollout ended`}
          act={showOnly('unknown', 'Show them')}
        >
          {state.status === 'running' && engine.role !== 'free'
            ? 'Each host is looked at before anything is done there.'
            : 'Resume looks at each host before anything is done there.'}
        </Strip>
      )}
      {page === 'live' && silent > 0 && (
        <Strip
          status="unreachable"
          title={`${plural(silent, 'host')} ${silent === 1 ? 'does' : 'do'} not answer`}
          act={showOnly('unreachable', 'Show them')}
        >
          {state.status === 'cancelling'
            ? 'Nothing more is tried there: the run is being cancelled.'
            : `${silent === 1 ? 'Its lane is' : 'Their lanes are'} paused and tried again without you. Nothing has failed.`}
        </Strip>
      )}
      {state.status === 'finished' && <Finished />}
    </>
  )
}

/** The hosts of that status alone, where they stand beside each other. */
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
  /** What only shows something is not what the person is asked for. */
  readonly quiet?: boolean
}

function Finished() {
  const planId = useRun((picture) => picture.summary.planId)
  const state = useRun((picture) => picture.state)
  const { outcome } = state
  const what = useMemo(() => outcomeWords(state), [state])
  if (outcome === 'cancelled')
    return (
      <Strip status="cancelled" title="Cancelled">
        {what}
      </Strip>
    )
  return (
    <Strip
      status={outcome === 'accepted' ? 'done' : 'warn'}
      title={outcome === 'accepted' ? 'Accepted' : 'Accepted with exceptions'}
      act={{
        label: 'Acceptance summary',
        go: () => {
          go({ view: 'plan', planId, section: 'dossier' })
        },
      }}
    >
      {what}
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
