/** React hooks for the client and for acts that call it. */
import { createContext, useCallback, useContext, useState } from 'react'
import type { Failure } from '../../domain/base/failure.ts'
import { toFailure } from '../../domain/base/failure.ts'
import type { Client } from './client.ts'

const ClientContext = createContext<Client | null>(null)
export const ClientProvider = ClientContext.Provider

/** The client of this window. Throws where no provider is around the component. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('no client around this component')
  return client
}

export interface Act {
  readonly busy: boolean
  readonly failure: Failure | null
  /** Does the work; resolves to false where it failed, and `failure` says why. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>
  readonly forget: () => void
}

/** An act of the person: `busy` until the answer is there, and its failure. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      return true
    } catch (thrown) {
      setFailure(toFailure(thrown))
      return false
    } finally {
      setBusy(false)
    }
  }, [])
  return {
    busy,
    failure,
    run,
    forget: useCallback(() => {
      setFailure(null)
    }, []),
  }
}
