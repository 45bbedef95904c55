/** Whether this workstation has a network. */
import { useEffect, useState } from 'react'

/** Returns since when there is no network, milliseconds since 1970 by this workstation; null while there is one. */
export function useOffline(): number | null {
  const [since, setSince] = useState<number | null>(() => (navigator.onLine ? null : Date.now()))
  useEffect(() => {
    const lost = (): void => {
      setSince(Date.now())
    }
    const back = (): void => {
      setSince(null)
    }
    addEventListener('offline', lost)
    addEventListener('online', back)
    return () => {
      removeEventListener('offline', lost)
      removeEventListener('online', back)
    }
  }, [])
  return since
}
