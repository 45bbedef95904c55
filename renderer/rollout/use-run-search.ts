/** Search results while a run is on screen: its hosts, their steps, and commands. */
import { useCallback } from 'react'
import { laneAt } from '../../domain/run/run.ts'
import { useClient } from '../client/client-context.tsx'
import { hostStatus, stepStatus } from './hosts/host-status.ts'
import { showLane, showStep, useViewState } from './session/view-state.ts'
import { mayAct, useSession } from './session/run-store.ts'
import { type Found, useSearchSource } from '../navigation/search.ts'
import { searchText } from './text.ts'

/** Makes the run around this component searchable while it is mounted. */
export function useRunSearch(): void {
  const client = useClient()
  const { store } = useSession()
  useSearchSource(
    useCallback(() => {
      const picture = store.getState()
      const { state, plan, runId } = picture
      const addresses = new Map(plan.hosts.map((host) => [host.name, host.address]))
      const found: Found[] = state.index.lanes.map(({ host }, n) => ({
        group: 'Hosts',
        title: host,
        detail: addresses.get(host) ?? '',
        status: hostStatus(state, n),
        go: () => {
          showLane(n)
        },
      }))
      for (const [n, { host, steps }] of state.index.lanes.entries()) {
        const lane = laneAt(state, n)
        for (const [i, step] of steps.entries()) {
          const stepState = lane.steps[i]
          if (stepState)
            found.push({
              group: 'Steps',
              title: step.title,
              detail: host,
              status: stepStatus(stepState, lane, state.status === 'finished'),
              go: () => {
                showStep({ lane: n, index: i })
              },
            })
        }
      }
      if (mayAct(picture) && state.status === 'running')
        found.push({
          group: 'Commands',
          title: searchText.pause,
          detail: 'F9',
          go: () => void client.call('run.pause', { runId }).catch(ignored),
        })
      if (mayAct(picture) && state.status === 'paused')
        found.push({
          group: 'Commands',
          title: searchText.resume,
          detail: 'F9',
          go: () => void client.call('run.resume', { runId }).catch(ignored),
        })
      found.push({
        group: 'Commands',
        title: searchText.output,
        detail: 'Ctrl+J',
        go: () => {
          useViewState.setState(({ outputOpen }) => ({ outputOpen: !outputOpen }))
        },
      })
      return found
    }, [client, store]),
  )
}

// The bar shows the state of the run: a command given too late changes nothing and needs no message.
function ignored(): void {
  return undefined
}
