/** The newest survey of the open revision: followed while it runs, and polled so that one started elsewhere shows. */
import { create } from 'zustand'
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import type { SeenHost } from '../../domain/contract/shapes.ts'
import { type Failure, toFailure } from '../../domain/base/failure.ts'
import type { Client } from '../client/client.ts'

export type SurveyResult = Omit<NonNullable<OutputOf<Contract, 'survey.result'>>, 'hosts'>

interface SurveyOf {
  readonly planId: string
  readonly revision: number
}

export interface SurveyPicture {
  /** The revision that is followed; null while none is. */
  readonly of: SurveyOf | null
  /** False until the first answer is there. */
  readonly read: boolean
  /** null: this revision was never surveyed. */
  readonly result: SurveyResult | null
  /** By name of the host. */
  readonly hosts: ReadonlyMap<string, SeenHost>
  readonly failure: Failure | null
}

const fresh: SurveyPicture = { of: null, read: false, result: null, hosts: new Map(), failure: null }
const runningMs = 400
const restingMs = 4000
// Judging a large plan costs more than looking: while answers come in, it is done now and then.
const newsEveryMs = 3000

export const useSurvey = create<SurveyPicture>(() => fresh)

let lookNow: () => Promise<void> = () => Promise.resolve()

/** Looks at once instead of at the next turn. */
export function refreshSurvey(): Promise<void> {
  return lookNow()
}

/**
 * Follows the survey of a revision until the returned function is called. `onNews` is called when answers came or the
 * survey ended.
 */
export function followSurvey(client: Client, of: SurveyOf, onNews: () => void): () => void {
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let begun: number | null = null
  let last = 0
  let toldAt = 0
  let untold = false
  useSurvey.setState({ ...fresh, of })

  const poll = async (): Promise<void> => {
    const before = useSurvey.getState()
    try {
      let found = await client.call('survey.result', { ...of, after: last })
      if (found && found.startedAt !== begun && last > 0)
        found = await client.call('survey.result', { ...of, after: 0 })
      if (isOver()) return
      if (!found) useSurvey.setState({ read: true, result: null, failure: null })
      else {
        const { hosts: news, ...result } = found
        const same = begun === found.startedAt
        const hosts =
          same && news.length === 0
            ? before.hosts
            : new Map([...(same ? before.hosts : []), ...news.map((host) => [host.host, host] as const)])
        begun = found.startedAt
        last = Math.max(same ? last : 0, ...news.map((host) => host.number))
        useSurvey.setState({ read: true, result, hosts, failure: null })
        untold ||= news.length > 0 || before.result?.status !== result.status
        if (untold && (!isUnderWay(result) || Date.now() - toldAt > newsEveryMs)) {
          untold = false
          toldAt = Date.now()
          onNews()
        }
      }
    } catch (thrown) {
      if (!isOver()) useSurvey.setState({ read: true, failure: toFailure(thrown) })
    }
    clearTimeout(timer)
    if (!isOver())
      timer = setTimeout(() => void poll(), isUnderWay(useSurvey.getState().result) ? runningMs : restingMs)
  }
  // Asked afresh: it changes while an answer is awaited.
  const isOver = (): boolean => over
  lookNow = () => {
    clearTimeout(timer)
    return poll()
  }
  void poll()
  return () => {
    over = true
    lookNow = () => Promise.resolve()
    clearTimeout(timer)
    useSurvey.setState(fresh)
  }
}

/** True while answers may still come. */
export function isUnderWay(result: SurveyResult | null): boolean {
  return result?.status === 'running' || result?.status === 'unended'
}
