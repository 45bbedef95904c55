/** A flow on the map: a line with an arrow and a label on its straight part. */
import { type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { formatCount } from '../../domain/base/plural.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import type { Status } from '../status/status.ts'
import { pathOf } from './map-edges.ts'
import type { MapEdge } from './map-shapes.ts'
import styles from './canvas.module.css'

export type FlowEdge = Edge<
  { readonly edge: MapEdge; readonly lit: boolean; readonly result: Status | null } & Record<string, unknown>,
  'flow'
>

export const FlowEdgeView = memo(function FlowEdgeView({ data }: EdgeProps<FlowEdge>) {
  if (!data) return null
  const { edge, lit, result } = data
  return (
    <>
      <path
        d={pathOf(edge.points)}
        className={`${styles.flow} ${lit ? styles.lit : ''} ${edge.kind === 'management' ? styles.management : ''}`}
        markerEnd={`url(#${lit ? 'map-arrow-lit' : 'map-arrow'})`}
      />
      <EdgeLabelRenderer>
        <span
          className={`${styles.label} ${lit ? styles.litLabel : ''}`}
          style={{ transform: `translate(-50%, -50%) translate(${edge.labelAt.x}px, ${edge.labelAt.y}px)` }}
        >
          {result !== null && <StatusGlyph status={result} size={12} />}
          <strong>{edge.label.split(' ')[0]}</strong> {edge.label.split(' ')[1]}
          {edge.count > 1 && ` ×${formatCount(edge.count)}`}
        </span>
      </EdgeLabelRenderer>
    </>
  )
})

/** The arrow heads that the flows end in. */
export function ArrowHeads() {
  return (
    <svg width="0" height="0" className={styles.heads} aria-hidden="true">
      <defs>
        {(['map-arrow', 'map-arrow-lit'] as const).map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0 0 10 5 0 10z" className={id === 'map-arrow' ? styles.head : styles.litHead} />
          </marker>
        ))}
      </defs>
    </svg>
  )
}
