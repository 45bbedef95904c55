/** Owns running a survey over a plan file, with the database's pinned host keys. */
import { resolve } from 'node:path'
import type { Plan } from '../../../domain/plan/plan.ts'
import { visitHosts, type SurveyedHost } from '../../survey/visit.ts'
import { openTransports } from '../../transports/registry.ts'
import { systemClock } from '../workstation/clock.ts'
import { lookAtMedia } from '../workstation/plan-file.ts'
import type { Dependencies } from './dependencies.ts'
import { explain } from './doctor.ts'
import { trustOf } from './trust.ts'
import { practiceClock } from '../practice/practice.ts'

export type { SurveyedHost } from '../../survey/visit.ts'

export interface SurveyOptions {
  readonly signal: AbortSignal
  /** Only these hosts are visited; all of them where none is named. */
  readonly only?: ReadonlySet<string>
  readonly onVisit?: (host: string) => void
  readonly onHost?: (host: SurveyedHost) => void
}

// What the host gets for its answer when the cause of a failure is looked for: its port has been seen to answer by then.
const doctorWaitMs = 10_000

/** Surveys the plan's hosts. Nothing on a host is changed; a host key seen for the first time is pinned. */
export async function surveyPlan(
  parts: Dependencies,
  plan: Plan,
  baseDir: string,
  options: SurveyOptions,
): Promise<SurveyedHost[]> {
  // The name comes from the plan: a password that happens to be the same must not make the host unknown.
  const cleaned = (surveyed: SurveyedHost): SurveyedHost => ({
    ...parts.redactor.redactDeep(surveyed),
    host: surveyed.host,
  })
  const tryAgain = (entry: string | undefined) => {
    if (entry !== undefined) parts.signIns.tryAgain(entry, Date.now())
  }
  const siteFile = plan.practice ? resolve(baseDir, plan.practice.site) : undefined
  const clock = siteFile === undefined ? systemClock() : practiceClock(siteFile)
  // Whoever begins a survey wants its hosts to be tried, whatever was refused before.
  for (const host of plan.hosts)
    if (options.only?.has(host.name) ?? true) tryAgain(host.credential ?? plan.defaultCredential)
  const transports = await (parts.reach ?? openTransports)({
    plan,
    clock,
    siteFile,
    trust: trustOf(parts),
    signIns: parts.signIns,
  })
  try {
    const surveyed = await visitHosts({
      plan,
      catalogue: parts.catalogue,
      files: await lookAtMedia(plan, baseDir),
      transports,
      vault: parts.vault,
      clock,
      ...options,
      explain: (host, failure) =>
        explain(
          parts,
          {
            ...host,
            ...(host.credential === undefined &&
              plan.defaultCredential !== undefined && { credential: plan.defaultCredential }),
          },
          failure,
          { signal: options.signal, waitMs: doctorWaitMs },
        ),
      onHost: (host) => options.onHost?.(cleaned(host)),
    })
    return surveyed.map(cleaned)
  } finally {
    await transports.close()
  }
}
