/** Owns the keys of a run: pause, problems, decision, output. No key cancels, aborts or opens a gate. */
import { useEffect } from 'react'
import { pendingDecisions, pendingGate } from '../../../domain/attention.ts'
import { useClient } from '../../client/client-context.tsx'
import { troubled } from '../../run/host-status.ts'
import { showLane, useRunPlace } from '../../stores/run-place.ts'
import { mayAct, type RunPicture, useSession } from '../../stores/run-session.ts'

export function useRunKeys(): void {
  const client = useClient()
  const { store } = useSession()
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const picture = store.getState()
      const key = event.key.toLowerCase()
      if (event.key === 'F9' && mayAct(picture)) {
        const { runId, state } = picture
        if (state.status === 'running') void client.call('run.pause', { runId }).catch(noted)
        else if (state.status === 'paused') void client.call('run.resume', { runId }).catch(noted)
      } else if (event.key === 'F8') nextProblem(picture, event.shiftKey ? -1 : 1)
      else if (event.ctrlKey && event.shiftKey && key === 'd') openWaiting(picture)
      else if (event.ctrlKey && !event.shiftKey && key === 'j') useRunPlace.setState(({ outputOpen }) => ({ outputOpen: !outputOpen }))
      else return
      event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => { removeEventListener('keydown', pressed) }
  }, [client, store])
}

// The bar shows the run as it is: a key that came too late changes nothing, and says nothing.
function noted(): void {
  return undefined
}

function openWaiting({ state }: RunPicture): void {
  if (pendingDecisions(state).length > 0) useRunPlace.setState({ page: 'decision' })
  else if (pendingGate(state)) useRunPlace.setState({ page: 'gate' })
}

function nextProblem({ state }: RunPicture, by: 1 | -1): void {
  const problems = troubled(state)
  if (problems.length === 0) return
  const here = problems.indexOf(useRunPlace.getState().lane ?? -1)
  const next = problems[(here < 0 ? (by > 0 ? 0 : problems.length - 1) : here + by + problems.length) % problems.length]
  if (next !== undefined) showLane(next)
}
