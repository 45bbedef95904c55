/** The map of a run: the planned site, with the status of each host's lane. */
import { useEffect, useMemo, useState } from 'react'
import { laneAt } from '../../../domain/run/run.ts'
import type { Topology } from '../../../domain/network/topology.ts'
import { MapCanvas } from '../../canvas/map-canvas.tsx'
import type { HostAppearance, MapHostState, ZoneCounts } from '../../canvas/map-host-state.tsx'
import { siteMap } from '../../canvas/site-map.ts'
import { useClient } from '../../client/client-context.tsx'
import { hostStatus, isThrough, laneProgress } from './host-status.ts'
import { type Status, statusWords } from '../../status/status.ts'
import { chooseLane, useViewState } from '../session/view-state.ts'
import { mapText } from './text.ts'
import { useRun } from '../session/run-store.ts'

export function LiveMap({ shown, zoomInto }: { readonly shown: number; readonly zoomInto: HTMLElement | null }) {
  const plan = useRun((picture) => picture.plan)
  const index = useRun((picture) => picture.state.index)
  const topology = useTopology()
  const map = useMemo(() => siteMap(plan, topology), [plan, topology])
  const hostState = useMemo(
    (): MapHostState => ({
      useHost: useLaneLook,
      useZone: useLaneCounts,
      openZone: {
        label: mapText.showInFarm,
        act: () => {
          useViewState.setState({ hostsAs: 'farm' })
        },
      },
      chosen: index.lanes[shown]?.host ?? null,
      choose(host) {
        const lane = host === null ? undefined : index.laneOf.get(host)
        if (lane !== undefined) chooseLane(lane)
      },
      placing: null,
    }),
    [index, shown],
  )
  return <MapCanvas map={map} hostState={hostState} showFlows zoomInto={zoomInto} />
}

/** The topology of the plan; null until the application has answered. The map shows hosts without it. */
function useTopology(): Topology | null {
  const client = useClient()
  const plan = useRun((picture) => picture.plan)
  const [topology, setTopology] = useState<Topology | null>(null)
  useEffect(() => {
    let over = false
    client.call('plan.topology', { document: plan }).then(
      (read) => {
        if (!over && read.ok) setTopology(read.topology)
      },
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [client, plan])
  return topology
}

// All values of a node in one text: the node is drawn again only when that text changes.
function useLaneLook(host: string, address: string): HostAppearance {
  const text = useRun(({ state }) => {
    const n = state.index.laneOf.get(host)
    if (n === undefined) return ''
    const lane = laneAt(state, n)
    const { settled, total } = laneProgress(lane)
    return `${hostStatus(state, n)} ${settled} ${total} ${lane.cursor}`
  })
  const title = useRun(({ state }) => {
    const n = state.index.laneOf.get(host)
    return n === undefined ? '' : (state.index.lanes[n]?.steps[laneAt(state, n).cursor]?.title ?? '')
  })
  return useMemo(() => {
    if (text === '') return { status: null, line: address, part: null, step: null, spokenText: address }
    const [word = 'unknown', settled, total] = text.split(' ')
    const status = word as Status
    const inProgress = !isThrough(status) && status !== 'planned'
    const step = Math.min(Number(settled) + 1, Number(total))
    return {
      status,
      part: Number(settled) / Number(total),
      step: status === 'running' ? step : null,
      line:
        status === 'running'
          ? title
          : inProgress
            ? mapText.line(statusWords[status], step, total ?? '')
            : statusWords[status],
      spokenText: inProgress
        ? mapText.spoken(statusWords[status].toLowerCase(), step, total ?? '', title)
        : statusWords[status].toLowerCase(),
    }
  }, [text, title, address])
}

const order: readonly Status[] = [
  'failed',
  'needs-you',
  'unreachable',
  'running',
  'waiting',
  'unknown',
  'planned',
  'skipped',
  'done',
  'unchanged',
  'excluded',
  'cancelled',
]

function useLaneCounts(hosts: readonly string[]): ZoneCounts {
  const text = useRun(({ state }) => {
    const counts = new Map<Status, number>()
    for (const host of hosts) {
      const n = state.index.laneOf.get(host)
      if (n === undefined) continue
      const status = hostStatus(state, n)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
    return order.flatMap((status) => (counts.has(status) ? [`${status} ${counts.get(status) ?? 0}`] : [])).join(',')
  })
  return useMemo(
    () =>
      text === ''
        ? []
        : text.split(',').map((part) => ({ status: part.split(' ')[0] as Status, count: Number(part.split(' ')[1]) })),
    [text],
  )
}
