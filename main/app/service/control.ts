/** Control requests: another process asks to take over the rollout, and a person at this one gives or keeps it. */
import type { EngineState } from '../../../domain/contract/shapes.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { answerTime, letGoTime, type Ask, type ControlStore } from '../../store/control-store.ts'
import { processExists, type Holder } from '../../store/lease.ts'
import { noControlRequest, notInControl, nothingToTakeOver } from './text/rollout-failures.ts'
import { controlText } from './text/window-text.ts'

export interface ControlMethods {
  /** The request as a window shows it; null where there is none, or it was answered long ago. */
  asked(): EngineState['asked']
  /** Asks for control of that run. Throws FailureError where no other process runs it, or a request is pending. */
  ask(runId: string): void
  /** Withdraws the request of this process, because it closes. */
  withdraw(): void
  /** Answers the pending request, at the process that runs the rollout. */
  answer(give: boolean): Promise<void>
  /**
   * Does what is due: gives control after the time for an answer, or takes it once it is free. Called in an interval.
   */
  poll(): Promise<void>
}

export interface ControlOptions {
  readonly store: ControlStore
  readonly me: () => Holder
  readonly now: () => number
  /** Whether a process of this machine exists. */
  readonly isAlive?: (pid: number) => boolean
  /** Called at the process that runs the rollout, once for each request. */
  readonly onAsked?: () => void
  readonly executor: {
    /** What runs the rollout: this process, another, or none. */
    role(): EngineState['role']
    /** Stops here; installers on hosts continue. */
    letGo(): Promise<void>
    /** Runs it here. */
    take(runId: string): Promise<void>
  }
}

// How long an answer is shown.
const shownMs = 5 * 60_000

/** Control requests of one database, seen from this process. */
export function createControl({
  store,
  me,
  now,
  executor,
  onAsked,
  isAlive = processExists,
}: ControlOptions): ControlMethods {
  let wanted: string | undefined
  let heard: Ask | undefined
  const isMine = (ask: Ask): boolean => ask.process === me().pid && ask.host === me().host
  const isOver = (ask: Ask): boolean => now() > ask.at + answerTime + letGoTime

  // Only processes of this machine can be checked.
  const isGone = (ask: Ask): boolean => ask.host === me().host && !isAlive(ask.process)

  async function give(why: string): Promise<void> {
    if (store.answer('given', { by: me().holder, at: now(), why })) await executor.letGo()
  }

  async function takeIfFree(runId: string): Promise<void> {
    const ask = store.current()
    // Long after the request its person may be gone: control that becomes free then is not taken.
    if (!ask || !isMine(ask) || ask.answer === 'kept' || isOver(ask)) wanted = undefined
    // Given to us, or the other process ended before it answered.
    else if (executor.role() === 'free') {
      wanted = undefined
      store.clear(ask.process)
      await executor.take(runId)
    }
  }

  return {
    asked() {
      const ask = store.current()
      if (!ask || now() - ask.at > shownMs) return null
      const { by, process, host, at } = ask
      return {
        by,
        process,
        host,
        at,
        until: at + answerTime,
        mine: isMine(ask),
        answer: ask.answer ?? (isOver(ask) ? 'none' : 'waits'),
      }
    },
    ask(runId) {
      if (executor.role() !== 'reader') throw nothingToTakeOver()
      store.ask(me(), now())
      wanted = runId
    },
    withdraw() {
      wanted = undefined
      const ask = store.current()
      if (ask && isMine(ask)) store.clear(ask.process)
    },
    async answer(wanting) {
      if (executor.role() !== 'executor') throw notInControl()
      if (wanting) await give('')
      else if (!store.answer('kept', { by: me().holder, at: now(), why: '' })) throw noControlRequest()
    },
    async poll() {
      if (executor.role() === 'executor') {
        const ask = store.current()
        if (ask?.answer !== null || isOver(ask)) return
        if (heard?.at !== ask.at || heard.process !== ask.process) {
          heard = ask
          onAsked?.()
        }
        if (now() < ask.at + answerTime) return
        if (isGone(ask)) store.clear(ask.process)
        else await give(controlText.noAnswer)
      } else if (wanted !== undefined) await takeIfFree(wanted)
    },
  }
}

/** Calls `control.look` in an interval until the returned function is called; `onFailure` gets what it throws. */
export function pollControl(
  control: ControlMethods,
  everyMs: number,
  onFailure: (failure: ReturnType<typeof toFailure>) => void,
): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    control
      .poll()
      .catch((thrown: unknown) => {
        onFailure(toFailure(thrown))
      })
      .finally(() => {
        busy = false
      })
  }, everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
