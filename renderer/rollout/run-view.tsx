/** Loads a run and shows it once it is read. */
import { useEffect, useState } from 'react'
import { useClient } from '../client/client-context.tsx'
import { FailureMain } from '../shared/components/failure-view.tsx'
import { WaitingMain } from '../shared/components/waiting.tsx'
import { openRun, type RunLoading, RunSessionProvider } from './session/run-store.ts'
import { Rollout } from './rollout.tsx'
import { viewText } from './text.ts'

export function RunView({ runId, step }: { readonly runId: string; readonly step: string | null }) {
  const client = useClient()
  const [loading, setLoading] = useState<RunLoading>({ phase: 'loading', behind: 0 })
  const [tries, setTries] = useState(0)
  useEffect(() => openRun(client, runId, setLoading), [client, runId, tries])
  switch (loading.phase) {
    case 'loading':
      return (
        <WaitingMain alone>
          {loading.behind > 0 ? viewText.readingEvents(loading.behind) : viewText.reading}
        </WaitingMain>
      )
    case 'failed':
      return (
        <FailureMain
          alone
          title={viewText.unreadable}
          failure={loading.failure}
          onAgain={() => {
            setTries((n) => n + 1)
          }}
        />
      )
    case 'ready':
      return (
        <RunSessionProvider value={loading.session}>
          <Rollout step={step} />
        </RunSessionProvider>
      )
  }
}
