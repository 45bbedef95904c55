/** The time at the site, for components that show it. */
import { useEffect, useState } from 'react'
import { useRun, useSession } from './run-store.ts'

/** Returns the time at the site in milliseconds since 1970, updated every second while the run lasts. */
export function useRunNow(): number {
  const { siteNow } = useSession()
  const over = useRun((picture) => picture.state.status === 'finished')
  const [now, setNow] = useState(siteNow)
  useEffect(() => {
    if (over) return
    const timer = setInterval(() => {
      setNow(siteNow())
    }, 1000)
    return () => {
      clearInterval(timer)
    }
  }, [siteNow, over])
  return now
}
