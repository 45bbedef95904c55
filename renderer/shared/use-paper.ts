/** Whether the window is laid out for paper: a long list that mounts only visible rows then mounts all. */
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** True from the moment at which printing begins until it is over. */
export function usePaper(): boolean {
  const [paper, setPaper] = useState(false)
  useEffect(() => {
    const media = matchMedia('print')
    // The page is laid out as soon as the event is over: what is drawn later is not on the paper.
    const begin = (): void => {
      flushSync(() => {
        setPaper(true)
      })
    }
    const end = (): void => {
      setPaper(false)
    }
    const change = (): void => {
      if (media.matches) begin()
      else end()
    }
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    media.addEventListener('change', change)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
      media.removeEventListener('change', change)
    }
  }, [])
  return paper
}
