/** A survey that is kept: whoever makes it, each answer is stored as it comes. */
import type { Failure } from '../../domain/base/failure.ts'
import type { SurveyOptions } from './survey.ts'
import type { SurveyedHost } from './visit.ts'

export interface KeptSurvey {
  readonly status: 'done' | 'stopped' | 'failed'
  readonly hosts: readonly SurveyedHost[]
  readonly failure: Failure | null
}

/** Where a survey of one plan revision is stored. */
export interface SurveyRecord {
  /** `all` forgets earlier answers; otherwise those of the hosts that are not visited stay. */
  begin(all: boolean): void
  put(answer: SurveyedHost): void
  end(status: KeptSurvey['status'], failure: Failure | null): void
}

/**
 * Runs a survey and stores each answer. Never throws for what went wrong with the survey: that is stored and returned
 * too, as `failureOf` words it.
 */
export async function keepSurvey(
  record: SurveyRecord,
  options: SurveyOptions,
  survey: (options: SurveyOptions) => Promise<readonly SurveyedHost[]>,
  failureOf: (thrown: unknown) => Failure,
): Promise<KeptSurvey> {
  const end = (kept: KeptSurvey): KeptSurvey => {
    record.end(kept.status, kept.failure)
    return kept
  }
  record.begin(options.only === undefined)
  try {
    const hosts = await survey({
      ...options,
      onHost: (host) => {
        record.put(host)
        options.onHost?.(host)
      },
    })
    return end({ status: options.signal.aborted ? 'stopped' : 'done', hosts, failure: null })
  } catch (thrown) {
    return options.signal.aborted
      ? end({ status: 'stopped', hosts: [], failure: null })
      : end({ status: 'failed', hosts: [], failure: failureOf(thrown) })
  }
}
