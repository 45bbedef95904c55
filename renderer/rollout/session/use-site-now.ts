/** Owns the ticking of the site's time in components that show it. */
import { useEffect, useState } from 'react'
import { useRun, useSession } from './run-store.ts'

/** The time at the site, told anew every second while the run goes on; milliseconds since 1970. */
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
