/** The keys of a run: pause, decision, output, and F8 for the next problem. No key cancels, aborts or opens a gate. */
import { useCallback, useEffect } from 'react'
import { pendingDecisions, pendingGate } from '../../domain/run/pending.ts'
import { useClient } from '../client/client-context.tsx'
import { groupFailures } from './decision/failure-groups.ts'
import { troubled } from './hosts/host-status.ts'
import { stepThrough, useNextProblem } from '../navigation/next-problem.ts'
import { showLane, useViewState } from './session/view-state.ts'
import { mayAct, type RunPicture, useSession } from './session/run-store.ts'

/** Listens for the keys of the run around this component while it is mounted. */
export function useRunKeys(): void {
  const client = useClient()
  const { store } = useSession()
  useNextProblem(useCallback((by) => goToProblem(store.getState(), by), [store]))
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const picture = store.getState()
      const key = event.key.toLowerCase()
      if (event.key === 'F9' && mayAct(picture)) {
        const { runId, state } = picture
        if (state.status === 'running') void client.call('run.pause', { runId }).catch(ignored)
        else if (state.status === 'paused') void client.call('run.resume', { runId }).catch(ignored)
      } else if (event.ctrlKey && event.shiftKey && key === 'd') openWaiting(picture)
      else if (event.ctrlKey && !event.shiftKey && key === 'j')
        useViewState.setState(({ outputOpen }) => ({ outputOpen: !outputOpen }))
      else return
      event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => {
      removeEventListener('keydown', pressed)
    }
  }, [client, store])
}

// The bar shows the state of the run: a key pressed too late changes nothing and needs no message.
function ignored(): void {
  return undefined
}

function openWaiting({ state }: RunPicture): void {
  if (pendingDecisions(state).length > 0) useViewState.setState({ page: 'decision' })
  else if (pendingGate(state)) useViewState.setState({ page: 'gate' })
}

// On the decision page F8 goes through the causes, on the live page through the hosts.
function goToProblem({ state }: RunPicture, by: 1 | -1): boolean {
  const { page, cause, lane } = useViewState.getState()
  const causes = page === 'decision' ? groupFailures(pendingDecisions(state)).map(({ key }) => key) : []
  if (causes.length > 1) {
    useViewState.setState({ cause: stepThrough(causes, cause ?? causes[0], by) ?? null })
    return true
  }
  const next = stepThrough(troubled(state), lane ?? undefined, by)
  if (next !== undefined) showLane(next)
  return next !== undefined
}
