/** Owns the picture of one run in this window: its log folded by the domain's own fold, and nothing beside it. */
import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { EngineState, RunSummary, SiteTime } from '../../../domain/contract/shapes.ts'
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
  /** The log itself, which grows in place; `length` is what of it the picture shows. */
  readonly log: readonly Event[]
  readonly length: number
  /** Why the application cannot be heard just now; null while it can. */
  readonly link: Failure | null
  /** Events of the past that are still to be read: 0 once the picture is whole. */
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
          // A frame that comes twice after a broken link folds once.
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
          // Why the stream ends is told by its link.
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
      // There is no picture yet that could say it. The stream is begun again all the same, and may yet be whole.
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

// The site of a practice run may live faster than we do; never earlier than what its log says has happened.
function siteTime(time: SiteTime, sinceMs: number, { log }: RunPicture): number {
  const last = log.at(-1)?.at ?? 0
  return time.speed === 0 ? Math.max(last, time.now) : Math.max(last, time.now + sinceMs * time.speed)
}

const SessionContext = createContext<RunStore | null>(null)
export const RunSessionProvider = SessionContext.Provider

/** The run around this component. */
export function useSession(): RunStore {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no run around this component')
  return session
}

/** A part of the picture; the component is drawn again only when that part is another. */
export function useRun<T>(select: (picture: RunPicture) => T): T {
  return useStore(useSession().store, select)
}

/** True where the person of this window may act on the run: nobody else's engine stands between. */
export function mayAct(picture: Pick<RunPicture, 'engine'>): boolean {
  return picture.engine.role !== 'reader'
}
