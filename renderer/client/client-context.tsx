/** Owns how components reach the client, and the two ways of asking: once for a picture, or for an act. */
import { createContext, useCallback, useContext, useEffect, useState } from 'react'
import type { Failure } from '../../domain/failure.ts'
import { toFailure } from '../../domain/failure.ts'
import type { Client } from './client.ts'

const ClientContext = createContext<Client | null>(null)
export const ClientProvider = ClientContext.Provider

/** The client of this window. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('no client around this component')
  return client
}

export interface Act {
  readonly busy: boolean
  readonly failure: Failure | null
  /** Does it unless it is being done; resolves to false where it failed. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>
  readonly forget: () => void
}

/** An act of the person: busy until the answer is there, and the failure as data where there is one. */
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
  return { busy, failure, run, forget: useCallback(() => { setFailure(null) }, []) }
}

export interface Answer<T> {
  readonly value: T | null
  readonly failure: Failure | null
  readonly ask: () => void
}

/** What `question` answers; asked anew when `question` changes (keep it with useCallback). An older answer stays until the new one is there. */
export function useAnswer<T>(question: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<{ readonly value: T | null; readonly failure: Failure | null }>({ value: null, failure: null })
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let stale = false
    question().then(
      (value) => { if (!stale) setAnswer({ value, failure: null }) },
      (thrown: unknown) => { if (!stale) setAnswer((before) => ({ value: before.value, failure: toFailure(thrown) })) },
    )
    return () => { stale = true }
  }, [question, asked])
  return { ...answer, ask: useCallback(() => { setAsked((n) => n + 1) }, []) }
}
