/** The nodes of the map: zones, and hosts as cards or tiles. */
import {
  Database20Regular,
  Desktop20Regular,
  Server20Regular,
  DatabaseLightning20Regular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { type DragEvent, memo } from 'react'
import { formatCount } from '../../domain/base/plural.ts'
import { ProgressRing, StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import type { MapHost, MapZone } from './map-shapes.ts'
import { type MapHostState, useMapHostState } from './map-host-state.tsx'
import styles from './canvas.module.css'

export type HostNode = Node<{ readonly host: MapHost } & Record<string, unknown>, 'card' | 'tile'>
export type ZoneNode = Node<{ readonly zone: MapZone } & Record<string, unknown>, 'zone'>

/** The data type of a component chip while it is dragged. */
export const dragType = 'application/x-rollout-component'

const icons: Readonly<Record<string, FluentIcon>> = {
  hub: Server20Regular,
  postgresql: Database20Regular,
  redis: DatabaseLightning20Regular,
  studio: Desktop20Regular,
  runner: Desktop20Regular,
}

// Edges bring their own points, but React Flow draws no edge at a node without a handle.
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} className={styles.end} isConnectable={false} />
      <Handle type="source" position={Position.Right} className={styles.end} isConnectable={false} />
    </>
  )
}

export const ZoneView = memo(function ZoneView({ data: { zone } }: NodeProps<ZoneNode>) {
  return (
    <div className={styles.zone}>
      <p className={styles.zoneHead}>
        <strong>{zone.title}</strong>
        {zone.shape === 'counts' ? (
          <OpenZone zone={zone} />
        ) : (
          zone.hosts.length > 1 && <span className={styles.badge}>{formatCount(zone.hosts.length)}</span>
        )}
        <span className={styles.network}>{zone.network ?? ''}</span>
      </p>
      {zone.shape === 'counts' && <Counts zone={zone} />}
      <Ends />
    </div>
  )
})

function Counts({ zone }: { readonly zone: MapZone }) {
  const { useZone } = useMapHostState()
  const counts = useZone(zone.hosts)
  const shown = counts.slice(0, 5)
  return (
    <div className={styles.counts}>
      <ul>
        {shown.map(({ status, count: n }) => (
          <li key={status} className={styles.countRow}>
            <StatusGlyph status={status} size={14} />
            <span>{statusWords[status]}</span>
            <span className={styles.countBar}>
              <span
                className={styles[`fill-${status}`] ?? styles.fill}
                style={{ width: `${(100 * n) / zone.hosts.length}%` }}
              />
            </span>
            <span className={styles.countNumber}>{formatCount(n)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function OpenZone({ zone }: { readonly zone: MapZone }) {
  const { openZone } = useMapHostState()
  return (
    <button
      type="button"
      className={`${styles.open} nodrag`}
      data-map-stop={`zone:${zone.id}`}
      tabIndex={-1}
      onClick={() => {
        openZone.act(zone.hosts)
      }}
    >
      {openZone.label(zone.hosts.length)}
    </button>
  )
}

export const CardView = memo(function CardView({ data: { host } }: NodeProps<HostNode>) {
  const state = useMapHostState()
  const { status, line, part, step, spokenText } = state.useHost(host.name, host.address)
  const Icon = icons[host.components[0]?.component ?? ''] ?? Desktop20Regular
  return (
    <div className={`${styles.cardBox} nodrag nopan`} data-map-host={host.name}>
      <HostButton
        host={host}
        spokenText={spokenText}
        className={`${styles.card} ${host.existing ? styles.existing : ''}`}
        status={status}
      >
        {step !== null && part !== null ? (
          <ProgressRing done={part} of={1} size={32}>
            {step}
          </ProgressRing>
        ) : (
          <span className={styles.icon}>
            <Icon aria-hidden="true" />
          </span>
        )}
        <span className={styles.cardText}>
          <span className={styles.cardName}>
            <strong>{host.label}</strong>
            {status !== null && <StatusGlyph status={status} size={16} />}
          </span>
          <span className={styles.second}>{line}</span>
        </span>
      </HostButton>
      {/* Outside the button: an element inside a button cannot be dragged separately. */}
      <span className={styles.chips}>
        {host.components.map(({ component, title, port }) => (
          <span
            key={component}
            className={styles.chip}
            draggable={state.placing !== null}
            onClick={() => {
              pressHost(state, host)
            }}
            onDragStart={(event) => {
              event.stopPropagation()
              event.dataTransfer.setData(dragType, JSON.stringify({ component, from: host.name }))
              event.dataTransfer.effectAllowed = 'move'
            }}
          >
            <strong>{title}</strong>
            {port !== null && ` ${port}`}
          </span>
        ))}
      </span>
      <Ends />
    </div>
  )
})

export const TileView = memo(function TileView({ data: { host } }: NodeProps<HostNode>) {
  const { status, part, step, spokenText } = useMapHostState().useHost(host.name, host.address)
  return (
    <HostButton
      host={host}
      spokenText={spokenText}
      className={`${styles.tile} ${status === null ? '' : (styles[status] ?? '')}`}
      status={status}
    >
      <span className={styles.tileName}>{host.label}</span>
      {step !== null && part !== null && status === 'running' ? (
        <ProgressRing done={part} of={1} size={22}>
          <span className={styles.tiny}>{step}</span>
        </ProgressRing>
      ) : (
        status !== null && <StatusGlyph status={status} size={14} />
      )}
      {part !== null && part > 0 && part < 1 && <span className={styles.bar} style={{ width: `${100 * part}%` }} />}
      <Ends />
    </HostButton>
  )
})

function pressHost({ chosen, choose, placing }: MapHostState, host: MapHost): void {
  if (placing?.inHand != null && !host.outside) placing.drop(placing.inHand, host.name)
  else choose(host.outside || chosen === host.name ? null : host.name)
}

function HostButton({
  host,
  spokenText,
  className,
  status,
  children,
}: {
  readonly host: MapHost
  readonly spokenText: string
  readonly className: string
  readonly status: string | null
  readonly children: React.ReactNode
}) {
  const state = useMapHostState()
  const { chosen, placing } = state
  const over = (event: DragEvent): void => {
    if (placing && !host.outside && event.dataTransfer.types.includes(dragType)) {
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
    }
  }
  const drop = (event: DragEvent): void => {
    const data = event.dataTransfer.getData(dragType)
    if (!placing || host.outside || data === '') return
    event.preventDefault()
    event.stopPropagation()
    placing.drop(data, host.name)
  }
  return (
    <button
      type="button"
      className={`${className} ${placing?.inHand == null ? '' : styles.target} nodrag`}
      data-map-stop={host.name}
      data-status={status ?? undefined}
      tabIndex={-1}
      aria-pressed={chosen === host.name}
      aria-label={`${host.name}, ${spokenText}`}
      title={host.label === host.name ? undefined : host.name}
      onClick={() => {
        pressHost(state, host)
      }}
      onDragOver={over}
      onDrop={drop}
    >
      {children}
    </button>
  )
}
