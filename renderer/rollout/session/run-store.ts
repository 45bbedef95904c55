/** The store of one run in this window: its state is the log, folded by the domain's own fold. */
import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { EngineState, RunSummary, RunTime } from '../../../domain/contract/shapes.ts'
import type { Frame } from '../../../domain/contract/wire.ts'
import type { Event } from '../../../domain/run/event.ts'
import { type Failure, toFailure } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { fold, startState, type RunState } from '../../../domain/run/run.ts'
import type { Client } from '../../client/client.ts'
import { createPainter, windowClock } from './frame-batcher.ts'

export interface RunPicture {
  readonly runId: string
  readonly summary: RunSummary
  readonly plan: Plan
  readonly engine: EngineState
  readonly state: RunState
  /** The log itself, which grows in place; `length` is how much of it is shown. */
  readonly log: readonly Event[]
  readonly length: number
  /** Why the connection to the application is down; null while it is up. */
  readonly link: Failure | null
  /** Past events that are still to be read; 0 once all are. */
  readonly behind: number
}

export type RunLoading =
  | { readonly phase: 'loading'; readonly behind: number }
  | { readonly phase: 'failed'; readonly failure: Failure }
  | { readonly phase: 'ready'; readonly session: RunStore }

export interface RunStore {
  readonly store: StoreApi<RunPicture>
  /** The time at the site now, in milliseconds since 1970. */
  readonly siteNow: () => number
}

/** Reads a run, then follows it until the returned function is called. */
export function openRun(client: Client, runId: string, changed: (loading: RunLoading) => void): () => void {
  let over = false
  let unwatch: (() => void) | undefined
  const log: Event[] = []
  const begin = async (): Promise<void> => {
    const read = await client.call('run.read', { runId })
    if (over) return
    const askedAt = performance.now()
    let state = startState(read.graph)
    let lastSeq = 0
    let whole = false
    let silent = false
    const store = createStore<RunPicture>(() => ({
      runId,
      summary: read.summary,
      plan: read.plan,
      engine: read.engine,
      state,
      log,
      length: 0,
      link: null,
      behind: read.summary.lastSeq,
    }))
    const session = { store, siteNow: () => siteTime(read.time, performance.now() - askedAt, store.getState()) }
    const painter = createPainter(() => {
      store.setState({ state, length: log.length, behind: Math.max(0, lastSeq - state.seq) })
    }, windowClock())
    const onFrame = (frame: Frame): void => {
      switch (frame.kind) {
        case 'hello':
          lastSeq = frame.lastSeq
          store.setState({ engine: frame.engine })
          break
        case 'events': {
          // A frame that arrives twice after a broken link is folded once.
          const fresh = frame.events.filter((event) => event.seq > state.seq)
          state = fold(state, fresh)
          for (const event of fresh) log.push(event)
          painter.folded(fresh.length)
          break
        }
        case 'engine':
          store.setState({ engine: frame.engine })
          break
        case 'gap':
          // The reason arrives through onLink.
          return
      }
      if (whole) return
      whole = state.seq >= lastSeq
      if (whole) {
        store.setState({ state, length: log.length, behind: 0 })
        changed({ phase: 'ready', session })
      } else if (!silent || frame.kind === 'events') {
        silent = false
        changed({ phase: 'loading', behind: lastSeq - state.seq })
      }
    }
    const onLink = (link: Failure | null): void => {
      if (store.getState().link !== link) store.setState({ link })
      if (whole || !link) return
      // Nothing is on screen yet that could show it. The stream restarts anyway and may still complete.
      silent = true
      changed({ phase: 'failed', failure: link })
    }
    unwatch = client.watch(runId, { onFrame, onLink, lastSeq: () => state.seq })
  }
  changed({ phase: 'loading', behind: 0 })
  begin().catch((thrown: unknown) => {
    if (!over) changed({ phase: 'failed', failure: toFailure(thrown) })
  })
  return () => {
    over = true
    unwatch?.()
  }
}

// A practice site may run faster than real time. Its time is never earlier than the last event of the log.
function siteTime(time: RunTime, sinceMs: number, { log }: RunPicture): number {
  const last = log.at(-1)?.at ?? 0
  return time.speed === 0 ? Math.max(last, time.now) : Math.max(last, time.now + sinceMs * time.speed)
}

const SessionContext = createContext<RunStore | null>(null)
export const RunSessionProvider = SessionContext.Provider

/** Returns the run around this component. Throws where there is none. */
export function useSession(): RunStore {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no run around this component')
  return session
}

/** Selects a part of the run; the component is drawn again only when that part changes. */
export function useRun<T>(select: (picture: RunPicture) => T): T {
  return useStore(useSession().store, select)
}

/** True where the person at this window may act on the run: no other process controls it. */
export function mayAct(picture: Pick<RunPicture, 'engine'>): boolean {
  return picture.engine.role !== 'reader'
}
