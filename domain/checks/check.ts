/** Runs checks over a whole plan, or over one host whose facts were just collected. */
import { contextOf, type Check, type CheckInput } from './check-context.ts'
import { allChecks } from './rules/index.ts'
import type { Facts } from '../remote/facts.ts'
import { sortFindings, type Finding } from '../base/finding.ts'
import { hostOf } from '../base/subject.ts'

export type { Check, CheckInput } from './check-context.ts'

/** Judges a plan read by readPlan, with whatever is known beside it. Total and deterministic; the worst comes first. */
export function runChecks(input: CheckInput, checks: readonly Check[] = allChecks): Finding[] {
  const context = contextOf(input)
  return sortFindings(
    checks
      .filter((check) => check.needs === 'plan' || context.surveyed.length > 0)
      .flatMap((check) => check.judge(context)),
  )
}

/**
 * Judges one host by the facts it just gave: only checks that need facts, only findings about that host or placements
 * on it.
 * `now` of the input is the workstation's time at which the facts came. Throws if the plan has no host of that name.
 */
export function checkHost(
  input: CheckInput,
  hostName: string,
  facts: Facts,
  checks: readonly Check[] = allChecks,
): Finding[] {
  if (!input.plan.hosts.some((host) => host.name === hostName))
    throw new Error(`no host ${hostName} in plan ${input.plan.name}`)
  const context = contextOf({ ...input, facts: new Map([[hostName, facts]]) })
  return sortFindings(
    checks
      .filter((check) => check.needs === 'facts')
      .flatMap((check) => check.judge(context))
      .filter((finding) => hostOf(finding.subject) === hostName),
  )
}
