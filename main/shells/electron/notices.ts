/** Owns what the system tells a person who looks elsewhere: a gate that waits, hosts that failed, a rollout that is over, somebody who asks for control. */
import type { Attention, EngineState } from '../../../domain/contract/shapes.ts'
import type { Event } from '../../../domain/run/event.ts'

export interface Notice {
  readonly title: string
  readonly body: string
  /** The run it is about. */
  readonly runId: string
}

export interface Notices {
  /** Told of every event that this process commits; returns at once. */
  readonly onEvent: (runId: string, event: Event) => void
  /** Told of every change of who drives. */
  readonly onEngine: (engine: EngineState) => void
  /** Settles when everything said so far has been looked at. */
  readonly settled: () => Promise<void>
}

const outcomes = {
  accepted: 'Rollout accepted',
  'accepted-with-exceptions': 'Rollout accepted with exceptions',
  cancelled: 'Rollout cancelled',
} as const

/** What waits for a person now and did not before. More hosts of a failure that is known already are not new; another failure is. */
export function newNotices(before: readonly Attention[], now: readonly Attention[]): Notice[] {
  const known = new Map(before.map((one) => [keyOf(one), new Set(one.causes)]))
  return now
    .filter((one) => !(known.get(keyOf(one))?.isSupersetOf(new Set(one.causes)) ?? false))
    .flatMap((one) => noticeOf(one) ?? [])
}

/** Looks at what waits whenever something happened that may have changed it, one look at a time. `show` is called for what is new. */
export function createNotices(waiting: () => Promise<readonly Attention[]>, show: (notice: Notice) => void): Notices {
  let known: readonly Attention[] = []
  let looking: Promise<void> | undefined
  let said = 0
  let asked: EngineState['asked'] = null

  async function look(): Promise<void> {
    for (let seen = -1; seen !== said;) {
      seen = said
      const now = await waiting()
      newNotices(known, now).forEach(show)
      known = now
    }
  }

  return {
    onEvent(runId, event) {
      if (event.type === 'run.finished') show({ title: outcomes[event.outcome], body: 'Nothing waits for you.', runId })
      if (
        event.type !== 'gate.raised' &&
        event.type !== 'step.failed' &&
        event.type !== 'gate.opened' &&
        event.type !== 'decision.made'
      )
        return
      said++
      // A look that fails says nothing now; the window shows what waits in any case.
      looking ??= Promise.resolve()
        .then(look)
        .catch(() => undefined)
        .finally(() => {
          looking = undefined
        })
    },
    onEngine({ role, run, asked: now }) {
      const fresh = now !== null && !(asked !== null && asked.at === now.at && asked.process === now.process)
      asked = now
      if (fresh && role === 'driver' && run !== null && !now.mine && now.answer === 'waits')
        show({
          title: `${now.by} asks for control`,
          body: 'Without an answer within a minute the rollout goes there.',
          runId: run,
        })
    },
    settled: async () => {
      await looking
    },
  }
}

function keyOf({ runId, kind, title }: Attention): string {
  return JSON.stringify([runId, kind, title])
}

function noticeOf({ kind, title, count, planName, runId }: Attention): Notice | undefined {
  switch (kind) {
    case 'gate':
      return { title: `Gate ${title} waits for you`, body: planName, runId }
    case 'decision':
      return {
        title: count === 1 ? 'A host failed and waits for a decision' : `${count} hosts failed and wait for a decision`,
        body: planName,
        runId,
      }
    case 'by-hand':
      return {
        title: count === 1 ? 'Work by hand waits on a host' : `Work by hand waits on ${count} hosts`,
        body: planName,
        runId,
      }
    case 'paused':
    case 'not-driven':
      return undefined
  }
}
