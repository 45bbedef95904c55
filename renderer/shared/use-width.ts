/** The width of the window, for decisions that CSS cannot make. */
import { useSyncExternalStore } from 'react'

/** The width of the window in CSS pixels. */
export function useWidth(): number {
  return useSyncExternalStore(watch, () => innerWidth)
}

function watch(changed: () => void): () => void {
  addEventListener('resize', changed)
  return () => {
    removeEventListener('resize', changed)
  }
}
