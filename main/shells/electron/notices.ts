/** System notices: a gate waits, hosts failed, a run is over, somebody asks for control. */
import type { Attention, EngineState } from '../../../domain/contract/shapes.ts'
import type { Event } from '../../../domain/run/event.ts'
import { noticeText } from './text.ts'

export interface Notice {
  readonly title: string
  readonly body: string
  /** The run it is about. */
  readonly runId: string
}

export interface Notices {
  /** Called with every event that this process commits; returns at once. */
  readonly onEvent: (runId: string, event: Event) => void
  /** Called whenever another process starts or stops running the rollout. */
  readonly onEngine: (engine: EngineState) => void
  /** Resolves when all events so far have been handled. */
  readonly settled: () => Promise<void>
}

/**
 * Notices for what waits for a person now and did not before. More hosts with a known failure are not new; another
 * failure is.
 */
export function newNotices(before: readonly Attention[], now: readonly Attention[]): Notice[] {
  const known = new Map(before.map((entry) => [keyOf(entry), new Set(entry.causes)]))
  return now
    .filter((entry) => !(known.get(keyOf(entry))?.isSupersetOf(new Set(entry.causes)) ?? false))
    .flatMap((entry) => noticeOf(entry) ?? [])
}

/** Reads what waits after each event that may change it, one read at a time. `show` is called for each new notice. */
export function createNotices(waiting: () => Promise<readonly Attention[]>, show: (notice: Notice) => void): Notices {
  let known: readonly Attention[] = []
  let reading: Promise<void> | undefined
  let eventCount = 0
  let asked: EngineState['asked'] = null

  async function read(): Promise<void> {
    for (let seen = -1; seen !== eventCount;) {
      seen = eventCount
      const now = await waiting()
      newNotices(known, now).forEach(show)
      known = now
    }
  }

  return {
    onEvent(runId, event) {
      if (event.type === 'run.finished')
        show({ title: noticeText.outcomes[event.outcome], body: noticeText.finished, runId })
      if (
        event.type !== 'gate.raised' &&
        event.type !== 'step.failed' &&
        event.type !== 'gate.opened' &&
        event.type !== 'decision.made'
      )
        return
      eventCount++
      // A failed read shows no notice; the window shows what waits in any case.
      reading ??= Promise.resolve()
        .then(read)
        .catch(() => undefined)
        .finally(() => {
          reading = undefined
        })
    },
    onEngine({ role, run, asked: now }) {
      const fresh = now !== null && !(asked !== null && asked.at === now.at && asked.process === now.process)
      asked = now
      if (fresh && role === 'executor' && run !== null && !now.mine && now.answer === 'waits')
        show({
          title: noticeText.controlAsked(now.by),
          body: noticeText.controlDetail,
          runId: run,
        })
    },
    settled: async () => {
      await reading
    },
  }
}

function keyOf({ runId, kind, title }: Attention): string {
  return JSON.stringify([runId, kind, title])
}

function noticeOf({ kind, title, count, planName, runId }: Attention): Notice | undefined {
  switch (kind) {
    case 'gate':
      return { title: noticeText.gate(title), body: planName, runId }
    case 'decision':
      return {
        title: noticeText.decision(count),
        body: planName,
        runId,
      }
    case 'by-hand':
      return {
        title: noticeText.byHand(count),
        body: planName,
        runId,
      }
    case 'paused':
    case 'not-driven':
      return undefined
  }
}
