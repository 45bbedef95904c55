/** The catalogue, read once per window, when a view first needs it. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { Catalogue } from '../../domain/plan/catalogue.ts'
import { useClient } from '../client/client-context.tsx'

const useStored = create<{ readonly catalogue: Catalogue | null }>(() => ({ catalogue: null }))

/** What Exekra documents; null until it is read. */
export function useCatalogue(): Catalogue | null {
  const client = useClient()
  const { catalogue } = useStored()
  useEffect(() => {
    if (!catalogue)
      client.call('catalogue', {}).then(
        (read) => {
          useStored.setState({ catalogue: read })
        },
        () => undefined,
      )
  }, [client, catalogue])
  return catalogue
}
