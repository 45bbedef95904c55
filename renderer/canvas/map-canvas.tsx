/** The canvas of a site map: pan, zoom, and arrow keys inside a single Tab stop. */
import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useViewport,
} from '@xyflow/react'
import { Add16Regular, FullScreenMaximize16Regular, Subtract16Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Status } from '../status/status.ts'
import { ArrowHeads, FlowEdgeView } from './map-edge.tsx'
import { type MapHostState, MapHostStateProvider } from './map-host-state.tsx'
import { CardView, TileView, ZoneView } from './map-nodes.tsx'
import type { SiteMap } from './map-shapes.ts'
import { nextStop, type Stop } from './nearest.ts'
import { flowEdgesOf, nodesOf } from './to-flow.ts'
import { useWholeView } from './use-whole-view.ts'
import toolStyles from '../shared/styles/map-tools.module.css'
import { mapText as text } from './text.ts'
import styles from './canvas.module.css'

const nodeTypes = { zone: ZoneView, card: CardView, tile: TileView }
const edgeTypes = { flow: FlowEdgeView }
const farZoom = 0.85
const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

interface MapCanvasProps {
  readonly map: SiteMap
  readonly hostState: MapHostState
  readonly showFlows: boolean
  readonly resultOf?: (flows: readonly string[]) => Status | null
  /** The tools in the row above the canvas, before the zoom. */
  readonly tools?: ReactNode
  /** An element that takes the zoom buttons; the map then has no row of tools of its own. */
  readonly zoomInto?: HTMLElement | null
  readonly hint?: ReactNode
  /** Called on Escape when no host is chosen. */
  readonly onEscape?: () => void
}

const noResult = (): null => null

/** The map with its row of tools. */
export function MapCanvas(props: MapCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas({ map, hostState, showFlows, resultOf = noResult, tools, zoomInto, hint, onEscape }: MapCanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const { setCenter, zoomIn, zoomOut, getZoom } = useReactFlow()
  const { moved, whole } = useWholeView(map)
  const { zoom } = useViewport()
  const nodes = useMemo(() => nodesOf(map), [map])
  const edges = useMemo(
    () => (showFlows ? flowEdgesOf(map, hostState.chosen, resultOf) : []),
    [map, hostState.chosen, showFlows, resultOf],
  )
  const stops = useMemo(() => stopsOf(map), [map])
  const partHidden = useStore(
    ({ width, height, transform: [x, y, scale] }) =>
      width > 0 &&
      (x + map.left * scale < -8 || y < -8 || x + map.width * scale > width + 8 || y + map.height * scale > height + 8),
  )
  const duration = calm() ? 0 : 250
  const closer = (): void => {
    moved(true)
    void zoomIn({ duration })
  }
  const farther = (): void => {
    moved(true)
    void zoomOut({ duration })
  }
  const fit = (): void => {
    whole(duration)
  }
  useEffect(() => {
    setTabStop(box.current, hostState.chosen ?? stops[0]?.id)
  }, [hostState.chosen, stops, nodes])

  const keys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === '+' || event.key === '=') closer()
    else if (event.key === '-') farther()
    else if (event.key === '0') fit()
    else if (event.key === 'Escape') {
      if (hostState.placing?.inHand != null || hostState.chosen === null) onEscape?.()
      else hostState.choose(null)
    } else {
      const here =
        document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['mapStop'] ?? null) : null
      const next = nextStop(stops, here, event.key)
      if (!next) return
      const stop = setTabStop(box.current, next.id)
      stop?.focus({ preventScroll: true })
      if (stop && box.current && !inside(stop, box.current))
        void setCenter(next.x, next.y, { zoom: getZoom(), duration })
    }
    event.preventDefault()
  }

  const zoomGroup = (
    <span className={toolStyles.group} role="group" aria-label={text.zoom}>
      <button
        type="button"
        className={toolStyles.toggle}
        aria-label={text.zoomOut}
        title={text.withKey(text.zoomOut, '-')}
        onClick={farther}
      >
        <Subtract16Regular />
      </button>
      <span className={toolStyles.percent}>{text.percent(zoom)}</span>
      <button
        type="button"
        className={toolStyles.toggle}
        aria-label={text.zoomIn}
        title={text.withKey(text.zoomIn, '+')}
        onClick={closer}
      >
        <Add16Regular />
      </button>
      <button
        type="button"
        className={toolStyles.toggle}
        aria-label={text.showAll}
        title={text.withKey(text.showAll, '0')}
        onClick={fit}
      >
        <FullScreenMaximize16Regular />
      </button>
    </span>
  )
  return (
    <>
      {zoomInto === undefined ? (
        <div className={toolStyles.tools}>
          {tools}
          <span className={toolStyles.space} />
          {zoomGroup}
        </div>
      ) : (
        zoomInto && createPortal(zoomGroup, zoomInto)
      )}
      {hint}
      <div
        ref={box}
        className={`${styles.canvas} ${zoom < farZoom ? styles.far : ''}`}
        role="group"
        aria-label={text.region}
        onKeyDown={keys}
      >
        <ArrowHeads />
        <MapHostStateProvider value={hostState}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            panActivationKeyCode={null}
            zoomActivationKeyCode={null}
            onMove={(event) => {
              moved(event !== null)
            }}
            onlyRenderVisibleElements
            minZoom={0.2}
            maxZoom={1.5}
            panOnScroll
            zoomOnDoubleClick={false}
            proOptions={{ hideAttribution: true }}
          >
            <Background variant={BackgroundVariant.Dots} gap={16} size={1} color="var(--canvasDots)" />
            {partHidden && (
              <MiniMap
                ariaLabel={null}
                pannable
                style={{ width: 140, height: 90 }}
                nodeColor="var(--colorNeutralStroke1)"
                maskColor="color-mix(in srgb, var(--canvas) 60%, transparent)"
              />
            )}
          </ReactFlow>
        </MapHostStateProvider>
      </div>
    </>
  )
}

/** Cards and tiles in reading order, then the buttons of zones that are too large to draw. */
function stopsOf(map: SiteMap): Stop[] {
  const zones = new Map(map.zones.map((zone) => [zone.id, zone]))
  return [
    ...map.hosts
      .filter((host) => host.shape !== 'counted')
      .map((host) => ({
        id: host.name,
        x: (zones.get(host.zone)?.x ?? 0) + host.x + host.width / 2,
        y: (zones.get(host.zone)?.y ?? 0) + host.y + host.height / 2,
      })),
    ...map.zones
      .filter((zone) => zone.shape === 'counts')
      .map((zone) => ({ id: `zone:${zone.id}`, x: zone.x + 60, y: zone.y + zone.height - 24 })),
  ]
}

// One stop of the map is in the Tab order at a time.
function setTabStop(box: HTMLElement | null, id: string | undefined): HTMLElement | undefined {
  let found: HTMLElement | undefined
  for (const stop of box?.querySelectorAll<HTMLElement>('[data-map-stop]') ?? []) {
    const is = stop.dataset['mapStop'] === id
    stop.tabIndex = is ? 0 : -1
    if (is) found = stop
  }
  return found
}

function inside(element: HTMLElement, box: HTMLElement): boolean {
  const a = element.getBoundingClientRect()
  const b = box.getBoundingClientRect()
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
}
