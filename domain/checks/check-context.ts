/** What a check is, and the data it may read. */
import type { Catalogue } from '../plan/catalogue.ts'
import type { Facts } from '../remote/facts.ts'
import type { Finding } from '../base/finding.ts'
import { onHost, wholePlan, type Subject } from '../base/subject.ts'
import type { Advice } from './text/advice.ts'
import type { SurveyColumnId } from './survey-columns.ts'
import type { Host } from '../plan/host.ts'
import type { FileSeen } from '../plan/media.ts'
import type { Plan } from '../plan/plan.ts'
import { indexPlan, type PlanIndex } from '../plan/plan-index.ts'
import { topologyOf, type Topology } from '../network/topology.ts'

export interface CheckInput {
  readonly plan: Plan
  readonly catalogue: Catalogue
  /** By host name. Absent: nothing was surveyed yet. A host that is missing in it was not reached. */
  readonly facts?: ReadonlyMap<string, Facts>
  /** By the path written in the plan. Absent: nobody looked yet. */
  readonly files?: ReadonlyMap<string, FileSeen>
  /** The workstation's time at which the facts were collected, milliseconds since 1970. */
  readonly now?: number
  /** True once the rollout is through: services and ports of the plan's own are then expected to be there. */
  readonly built?: boolean
}

export interface Surveyed {
  readonly host: Host
  readonly facts: Facts
}

/** The input with its indexes, built once for all checks. */
export interface CheckContext extends CheckInput {
  readonly index: PlanIndex
  readonly topology: Topology
  /** The hosts with facts, in the plan's order. */
  readonly surveyed: readonly Surveyed[]
}

/** A named pure judgement. `needs: facts` says nothing before the survey. */
export interface Check {
  readonly id: string
  readonly title: string
  readonly needs: 'plan' | 'facts'
  readonly source: string
  /** The column of the survey matrix that shows its findings; absent where none does. */
  readonly column?: SurveyColumnId
  /** False: a block of this check cannot be waived by anybody. */
  readonly waivable: boolean
  judge(context: CheckContext): Finding[]
}

/**
 * Records the verdicts of a check. `field` is the path of the plan document that corrects it, absent where none does.
 */
export interface Verdicts {
  warn(subject: Subject, advice: Advice, field?: string): void
  block(subject: Subject, advice: Advice, field?: string): void
}

interface CheckSpec extends Omit<Check, 'judge'> {
  /**
   * Returns the sentence that holds if nothing was warned of or blocked; null where nothing is known, so nothing
   * passes.
   */
  readonly judge: (context: CheckContext, say: Verdicts) => string | null
}

/** Makes a check. Its pass is one finding, on the plan, or on the host where only one was surveyed. */
export function defineCheck(spec: CheckSpec): Check {
  return {
    ...spec,
    judge(context) {
      const findings: Finding[] = []
      const say =
        (severity: 'warn' | 'block') =>
        (subject: Subject, { message, remedy }: Advice, field?: string) =>
          void findings.push({
            check: spec.id,
            severity,
            subject,
            ...(field !== undefined && { field }),
            message,
            source: spec.source,
            remedy,
          })
      const holds = spec.judge(context, { warn: say('warn'), block: say('block') })
      if (findings.length > 0 || holds === null) return findings
      const only = spec.needs === 'facts' && context.surveyed.length === 1 ? context.surveyed[0] : undefined
      return [
        {
          check: spec.id,
          severity: 'pass',
          subject: only ? onHost(only.host.name) : wholePlan,
          message: holds,
          source: spec.source,
          remedy: '',
        },
      ]
    },
  }
}

/** Builds the indexes of an input. */
export function contextOf(input: CheckInput): CheckContext {
  const index = indexPlan(input.plan)
  const surveyed =
    input.facts === undefined
      ? []
      : input.plan.hosts.flatMap((host) => {
          const facts = input.facts?.get(host.name)
          return facts === undefined ? [] : [{ host, facts }]
        })
  // Checks of a single host never ask for the topology; with 1,000 hosts in turn it must not be built each time.
  let topology: Topology | undefined
  return {
    ...input,
    index,
    surveyed,
    get topology() {
      return (topology ??= topologyOf(input.plan, input.catalogue, index))
    },
  }
}
