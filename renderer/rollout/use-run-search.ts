/** Owns what can be found while a run is on screen: its hosts, the steps of every host, and what can be done. */
import { useCallback } from 'react'
import { laneAt } from '../../domain/run/run.ts'
import { useClient } from '../client/client-context.tsx'
import { hostStatus, stepStatus } from './hosts/host-status.ts'
import { showLane, showStep, useViewState } from './session/view-state.ts'
import { mayAct, useSession } from './session/run-store.ts'
import { type Found, useSearchSource } from '../navigation/search.ts'

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
          const stands = lane.steps[i]
          if (stands)
            found.push({
              group: 'Steps',
              title: step.title,
              detail: host,
              status: stepStatus(stands, lane, state.status === 'finished'),
              go: () => {
                showStep({ lane: n, index: i })
              },
            })
        }
      }
      if (mayAct(picture) && state.status === 'running')
        found.push({
          group: 'Commands',
          title: 'Pause rollout',
          detail: 'F9',
          go: () => void client.call('run.pause', { runId }).catch(unheard),
        })
      if (mayAct(picture) && state.status === 'paused')
        found.push({
          group: 'Commands',
          title: 'Resume rollout',
          detail: 'F9',
          go: () => void client.call('run.resume', { runId }).catch(unheard),
        })
      found.push({
        group: 'Commands',
        title: 'Output open or closed',
        detail: 'Ctrl+J',
        go: () => {
          useViewState.setState(({ outputOpen }) => ({ outputOpen: !outputOpen }))
        },
      })
      return found
    }, [client, store]),
  )
}

// The header shows the run as it is: a command that came too late changes nothing, and says nothing.
function unheard(): void {
  return undefined
}
