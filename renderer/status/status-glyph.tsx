/** Shows a status: glyph, glyph with word, tag, or the ring that counts steps. */
import { memo, type ReactNode } from 'react'
import { glyphOf, statusWords, type Status } from './status.ts'
import styles from './status.module.css'

/**
 * The glyph of a status. Without a label it is decoration, so a word must be beside it or in the name of its parent.
 */
export const StatusGlyph = memo(function StatusGlyph({
  status,
  size = 16,
  label,
}: {
  readonly status: Status
  readonly size?: number
  readonly label?: string
}) {
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <span className={`${styles.glyph} ${styles[status]}`} {...spoken}>
      <svg
        width={size}
        height={size}
        className={status === 'running' ? styles.turning : undefined}
        aria-hidden="true"
        focusable="false"
      >
        <use href={`#${glyphOf(status)}`} />
      </svg>
    </span>
  )
})

/** Glyph and word in the colour of the status. */
export function StatusText({ status, children }: { readonly status: Status; readonly children?: ReactNode }) {
  return (
    <span className={styles.text}>
      <StatusGlyph status={status} />
      <span>{children ?? statusWords[status]}</span>
    </span>
  )
}

/** A pill with glyph and word. */
export function StatusTag({ status, children }: { readonly status: Status; readonly children?: ReactNode }) {
  return (
    <span className={`${styles.tag} ${styles[status]} ${styles[`${status}Tag`] ?? ''}`}>
      <StatusGlyph status={status} size={14} />
      <span>{children ?? statusWords[status]}</span>
    </span>
  )
}

/** A ring filled to `done` of `of` with the number of the step inside. */
export function ProgressRing({
  done,
  of,
  size = 42,
  children,
}: {
  readonly done: number
  readonly of: number
  readonly size?: number
  readonly children?: ReactNode
}) {
  const radius = size / 2 - 3
  const round = 2 * Math.PI * radius
  return (
    <span className={styles.ring}>
      <svg width={size} height={size} aria-hidden="true" focusable="false">
        <circle cx={size / 2} cy={size / 2} r={radius} className={styles.ringTrack} />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          className={styles.ringDone}
          strokeDasharray={`${round * (of === 0 ? 0 : done / of)} ${round}`}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <span className={styles.ringText}>{children}</span>
    </span>
  )
}
