/** Owns what the log of a run tells this process about passwords: which a host refused, and which a person wants to be tried again. */
import type { Event } from '../../domain/event.ts'
import type { GraphIndex } from '../../domain/graph-index.ts'
import { hostNamed, type Plan } from '../../domain/plan.ts'
import { passwordNews } from '../../domain/sign-in.ts'
import type { SignIns } from '../transports/sign-ins.ts'

export interface PasswordMemory {
  /** Takes over what other processes learnt: what was refused and not decided about since, and what was decided about. */
  recall(events: Iterable<Event>): void
  /** Hears an event as it is committed. Refusals need no telling: whoever was refused knows first. */
  hear(event: Event): void
}

/** The memory of one run. */
export function passwordMemory(signIns: SignIns, plan: Plan, index: GraphIndex): PasswordMemory {
  const hostOf = (step: string) => {
    const at = index.stepAt.get(step)
    const name = at && index.lanes[at.lane]?.host
    return name === undefined ? undefined : hostNamed(plan, name)
  }
  const newsOf = (event: Event) => {
    const news = passwordNews(event)
    const host = news && hostOf(news.step)
    const entry = host && (host.credential ?? plan.defaultCredential)
    return news && host && entry !== undefined ? { ...news, host: host.name, entry } : undefined
  }
  return {
    recall(events) {
      const last = new Map<string, { readonly host: string; readonly at: number; readonly refused: boolean }>()
      for (const event of events) {
        const news = newsOf(event)
        if (news) last.set(news.entry, { host: news.host, at: event.at, refused: news.refused })
      }
      for (const [entry, { host, at, refused }] of last) {
        if (refused) signIns.recall(entry, host, at)
        else signIns.tryAgain(entry, at)
      }
    },
    hear(event) {
      const news = newsOf(event)
      if (news?.refused === false) signIns.tryAgain(news.entry)
    },
  }
}
