/** Owns the catalogue as this window has read it: once, and only where a screen asks what is documented. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { Catalogue } from '../../domain/plan/catalogue.ts'
import { useClient } from '../client/client-context.tsx'

const useStored = create<{ readonly catalogue: Catalogue | null }>(() => ({ catalogue: null }))

/** What is documented; null until it is read. A screen does without it meanwhile. */
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
