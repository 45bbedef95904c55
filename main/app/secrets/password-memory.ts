/** What a run's log says about passwords: which of them a host refused, and which a person wants to try again. */
import type { Event } from '../../../domain/run/event.ts'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import { hostNamed, type Plan } from '../../../domain/plan/plan.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { passwordNews } from '../../../domain/run/sign-in.ts'
import type { RunListener } from '../../engine/ports.ts'
import type { SignIns } from '../../transports/shared/sign-ins.ts'

export interface PasswordMemory {
  /** Reads what earlier processes logged: refusals without a decision since, and decisions. */
  recall(events: Iterable<Event>): void
  /** Learns a decision as it is committed. A refusal is known already: the sign-in itself met it. */
  readonly hear: RunListener
}

/** The memory of one run. */
export function passwordMemory(signIns: SignIns, plan: Plan, index: GraphIndex): PasswordMemory {
  const newsOf = (event: Event) => {
    const news = passwordNews(event)
    const at = news && index.stepAt.get(news.step)
    const name = at && index.lanes[at.lane]?.host
    const host = name === undefined ? undefined : hostNamed(plan, name)
    const entry = host && (host.credential ?? plan.defaultCredential)
    return news && at && host && entry !== undefined ? { ...news, at, host: host.name, entry } : undefined
  }
  return {
    recall(events) {
      const refused = new Map<string, { readonly host: string; readonly at: number }>()
      const seen = new Map<string, number>()
      // A person who decides about a step has seen its failure.
      const failedAt = new Map<string, number>()
      for (const event of events) {
        if (event.type === 'step.failed') failedAt.set(event.step, event.at)
        const news = newsOf(event)
        if (!news) continue
        if (news.refused) {
          refused.set(news.entry, { host: news.host, at: event.at })
          continue
        }
        const seenAt = failedAt.get(news.step) ?? event.at
        seen.set(news.entry, Math.max(seenAt, seen.get(news.entry) ?? 0))
        if ((refused.get(news.entry)?.at ?? 0) <= seenAt) refused.delete(news.entry)
      }
      for (const [entry, seenAt] of seen) signIns.tryAgain(entry, seenAt)
      for (const [entry, { host, at }] of refused) signIns.recall(entry, host, at)
    },
    hear(_runId, event, state) {
      const news = newsOf(event)
      if (news?.refused === false)
        signIns.tryAgain(news.entry, laneAt(state, news.at.lane).steps[news.at.index]?.endedAt ?? event.at)
    },
  }
}
