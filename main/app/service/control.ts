/** Owns asking for control: a process that watches asks the one that drives to let go; a person answers there, or nobody does in time. */
import type { EngineState } from '../../../domain/contract/shapes.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { answerTime, letGoTime, type Ask, type ControlStore } from '../../store/control-store.ts'
import { processExists, type Holder } from '../../store/lease.ts'
import { noControlRequest, notInControl, nothingToTakeOver } from './text/rollout-failures.ts'
import { controlText } from './text/window-text.ts'

export interface ControlMethods {
  /** The question as a window shows it; null where there is none, or it is long answered. */
  asked(): EngineState['asked']
  /** Asks for that run. Throws FailureError where nobody else drives, or somebody asks already. */
  ask(runId: string): void
  /** Takes back what this process asked: it ends, and nobody would drive what is let go for it. */
  withdraw(): void
  /** Answers the question that waits, at the process that drives. */
  answer(give: boolean): Promise<void>
  /** Does what has become due: lets go when nobody answered in time, takes what was let go. Called again and again by whoever made this. */
  look(): Promise<void>
}

export interface ControlOptions {
  readonly store: ControlStore
  readonly me: () => Holder
  readonly now: () => number
  /** Whether a process of this machine exists. */
  readonly isAlive?: (pid: number) => boolean
  /** Called at the process that drives, once for each question that waits there. */
  readonly onAsked?: () => void
  readonly driver: {
    /** Who drives: this process, another, nobody. */
    role(): EngineState['role']
    /** Ends driving here; what runs on the hosts goes on. */
    letGo(): Promise<void>
    /** Drives a run here. */
    take(runId: string): Promise<void>
  }
}

// For so long an answer stays on screens.
const shownMs = 5 * 60_000

/** The question for control of one database, seen from this process. */
export function createControl({
  store,
  me,
  now,
  driver,
  onAsked,
  isAlive = processExists,
}: ControlOptions): ControlMethods {
  let wanted: string | undefined
  let heard: Ask | undefined
  const isMine = (ask: Ask): boolean => ask.process === me().pid && ask.host === me().host
  const isOver = (ask: Ask): boolean => now() > ask.at + answerTime + letGoTime

  // Of another machine it cannot be told.
  const isGone = (ask: Ask): boolean => ask.host === me().host && !isAlive(ask.process)

  async function give(why: string): Promise<void> {
    if (store.answer('given', { by: me().holder, at: now(), why })) await driver.letGo()
  }

  async function takeIfFree(runId: string): Promise<void> {
    const ask = store.current()
    // Long after it was asked nobody may be there any more: what becomes free then, because a third process had it meanwhile, is not taken.
    if (!ask || !isMine(ask) || ask.answer === 'kept' || isOver(ask)) wanted = undefined
    // Let go for us, or ended by itself before it answered.
    else if (driver.role() === 'free') {
      wanted = undefined
      store.clear(ask.process)
      await driver.take(runId)
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
      if (driver.role() !== 'reader') throw nothingToTakeOver()
      store.ask(me(), now())
      wanted = runId
    },
    withdraw() {
      wanted = undefined
      const ask = store.current()
      if (ask && isMine(ask)) store.clear(ask.process)
    },
    async answer(wanting) {
      if (driver.role() !== 'driver') throw notInControl()
      if (wanting) await give('')
      else if (!store.answer('kept', { by: me().holder, at: now(), why: '' })) throw noControlRequest()
    },
    async look() {
      if (driver.role() === 'driver') {
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

/** A question that cannot be looked at now is looked at again; what went wrong with taking over is told by `told`. */
export function pollControl(
  control: ControlMethods,
  everyMs: number,
  told: (failure: ReturnType<typeof toFailure>) => void,
): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    control
      .look()
      .catch((thrown: unknown) => {
        told(toFailure(thrown))
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
