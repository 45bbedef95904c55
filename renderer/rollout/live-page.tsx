/** The live page of a run: filters and hosts, the lane of the selected host, and the output below. */
import { lazy, Suspense, useState } from 'react'
import { type Bits, hasBit, members } from '../../domain/run/lane-sets.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { type HostsAs, useViewState } from './session/view-state.ts'
import { useRun } from './session/run-store.ts'
import { Farm } from './hosts/farm.tsx'
import { useWidth } from '../shared/use-width.ts'
import { HostsTable } from './hosts/hosts-table.tsx'
import { LanePanel } from './lane/lane-panel.tsx'
import { OutputPanel } from './output/output-panel.tsx'
import { StatusFilter } from './hosts/status-filter.tsx'
import { Timeline } from './hosts/timeline.tsx'
import { viewText } from './text.ts'
import styles from './live-page.module.css'

const narrowWidth = 1000
const views: readonly HostsAs[] = ['map', 'farm', 'table', 'timeline']
const narrowViews: readonly HostsAs[] = ['host', 'output']
// The map is loaded when it is first shown.
const LiveMap = lazy(async () => ({ default: (await import('./hosts/live-map.tsx')).LiveMap }))

export function LivePage() {
  const hostsAs = useViewState((view) => view.hostsAs)
  const lane = useShownLane()
  const narrow = useWidth() < narrowWidth
  const [zoomSlot, setZoomSlot] = useState<HTMLElement | null>(null)
  // Tabs of the narrow window are not available in a wide one.
  const shown = !narrow && (hostsAs === 'host' || hostsAs === 'output') ? 'farm' : hostsAs
  if (narrow) {
    return (
      <div className={styles.page}>
        <main id="main" className={styles.main} tabIndex={-1} data-region="main">
          <ToolRow shown={shown} views={[...views, ...narrowViews]} zoomSlot={setZoomSlot} />
          {shown !== 'host' && shown !== 'output' && <Hosts shown={shown} lane={lane} zoomSlot={zoomSlot} />}
        </main>
        {shown === 'host' && <LanePanel key={lane} lane={lane} />}
        {shown === 'output' && <OutputPanel lane={lane} />}
      </div>
    )
  }
  return (
    <div className={styles.page}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <ToolRow shown={shown} views={views} zoomSlot={setZoomSlot} />
        <Hosts shown={shown} lane={lane} zoomSlot={zoomSlot} />
      </main>
      <LanePanel key={lane} lane={lane} />
      <OutputPanel lane={lane} />
    </div>
  )
}

function Hosts({
  shown,
  lane,
  zoomSlot,
}: {
  readonly shown: HostsAs
  readonly lane: number
  readonly zoomSlot: HTMLElement | null
}) {
  const filter = useViewState((view) => view.filter)
  if (shown === 'map')
    return (
      <Suspense fallback={<Waiting>{viewText.drawingMap}</Waiting>}>
        <LiveMap shown={lane} zoomInto={zoomSlot} />
      </Suspense>
    )
  return (
    <div className={styles.hosts} data-scroll>
      {shown === 'table' ? (
        <HostsTable filter={filter} shown={lane} />
      ) : shown === 'timeline' ? (
        <Timeline filter={filter} shown={lane} />
      ) : (
        <Farm filter={filter} shown={lane} />
      )}
    </div>
  )
}

/** Returns the lane to show: the selected one, else one that waits for a person or runs, for as long as it does. */
function useShownLane(): number {
  const chosen = useViewState((view) => view.lane)
  const state = useRun((picture) => picture.state)
  const [shown, setShown] = useState(() => state.index.stages[state.stage]?.lanes[0] ?? 0)
  const busy =
    hasBit(state.deciding, shown) || hasBit(state.running, shown)
      ? shown
      : (first(state.deciding) ?? first(state.running) ?? shown)
  if (busy !== shown) setShown(busy)
  return chosen ?? busy
}

function first(bits: Bits): number | undefined {
  for (const n of members(bits)) return n
  return undefined
}

function ToolRow({
  shown,
  views: offered,
  zoomSlot,
}: {
  readonly shown: HostsAs
  readonly views: readonly HostsAs[]
  readonly zoomSlot: (element: HTMLElement | null) => void
}) {
  return (
    <div className={styles.tools}>
      <StatusFilter />
      <span ref={zoomSlot} className={styles.zoom} />
      <div className={styles.views} role="group" aria-label={viewText.views}>
        {offered.map((view) => (
          <button
            key={view}
            type="button"
            className={styles.view}
            aria-pressed={shown === view}
            onClick={() => {
              useViewState.setState({ hostsAs: view })
            }}
          >
            {viewText.view[view]}
          </button>
        ))}
      </div>
    </div>
  )
}
