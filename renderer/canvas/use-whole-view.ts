/** Fits the whole map into the view until the person moves it. */
import { useReactFlow, useStore } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import type { SiteMap } from './map-shapes.ts'

const margin = 20

/**
 * Fits the map, and again when the size of the window or the map changes. Call `moved` on every move; `whole` fits it
 * again.
 */
export function useWholeView(map: SiteMap): {
  readonly moved: (byPerson: boolean) => void
  readonly whole: (duration: number) => void
} {
  const { setViewport } = useReactFlow()
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const byHand = useRef(false)
  const left = map.left
  const { width: right, height: bottom } = map
  const show = useCallback(
    (duration: number) => {
      if (width === 0 || height === 0 || right === left || bottom === 0) return
      const most = width >= 1400 ? 1.25 : 1
      const zoom = Math.max(0.2, Math.min(most, (width - 2 * margin) / (right - left), (height - 2 * margin) / bottom))
      void setViewport(
        { x: (width - (right - left) * zoom) / 2 - left * zoom, y: (height - bottom * zoom) / 2, zoom },
        { duration },
      )
    },
    [setViewport, width, height, left, right, bottom],
  )
  useEffect(() => {
    if (!byHand.current) show(0)
  }, [show])
  return {
    moved: (byPerson) => {
      if (byPerson) byHand.current = true
    },
    whole: (duration) => {
      byHand.current = false
      show(duration)
    },
  }
}
