/** A round button that switches a filter on and off. */
import type { ReactNode } from 'react'
import styles from '../styles/page.module.css'

export interface FilterChipProps {
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

export function FilterChip({ pressed, onPress, children }: FilterChipProps) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  )
}
