/** Runs one check in a test, with the shipped catalogue, and returns its verdict. */
import { readFileSync } from 'node:fs'
import { readCatalogue, type Catalogue } from '../../domain/plan/catalogue.ts'
import type { CheckInput } from '../../domain/checks/check-context.ts'
import { runChecks } from '../../domain/checks/check.ts'
import { allChecks } from '../../domain/checks/rules/index.ts'
import { subjectText } from '../../domain/base/subject.ts'
import type { Finding } from '../../domain/base/finding.ts'
import type { Facts } from '../../domain/remote/facts.ts'
import { readPlan, type Plan } from '../../domain/plan/plan.ts'
import { factsOf, filesOf, testMoment, type PlanDocument } from './plan.ts'

/** The catalogue the product ships. */
export const catalogue: Catalogue = readShipped()

/** What one check says of a plan. */
export function judge(checkId: string, plan: Plan, beside: Partial<CheckInput> = {}): Finding[] {
  const check = allChecks.find((one) => one.id === checkId)
  if (!check) throw new Error(`no check ${checkId}`)
  return runChecks({ plan, catalogue, ...beside }, [check])
}

/** The same in a form that reads well in an expectation: `block host HUB01`. */
export function verdicts(checkId: string, plan: Plan, beside: Partial<CheckInput> = {}): string[] {
  return judge(checkId, plan, beside).map((finding) => `${finding.severity} ${subjectText(finding.subject)}`)
}

/** A plan of a document that is spoilt on purpose, yet still reads. */
export function spoilt(document: PlanDocument, spoil: (document: PlanDocument) => void): Plan {
  const copy = structuredClone(document)
  spoil(copy)
  const reading = readPlan(copy)
  if (reading.ok) return reading.plan
  throw new Error(reading.problems.map((problem) => `${problem.path} ${problem.message}`).join('; '))
}

/** All that could be known beside a plan: healthy facts, with changes for one host, media in place, the time. */
export function surveyOf(
  plan: Plan,
  hostName?: string,
  changes: Partial<Facts> = {},
): Required<Pick<CheckInput, 'facts' | 'files' | 'now'>> {
  const facts = factsOf(plan)
  const healthy = hostName === undefined ? undefined : facts.get(hostName)
  if (hostName !== undefined && healthy) facts.set(hostName, { ...healthy, ...changes })
  return { facts, files: filesOf(plan), now: Date.parse(testMoment) }
}

function readShipped(): Catalogue {
  const reading = readCatalogue(
    JSON.parse(readFileSync(new URL('../../resources/catalogue/exekra.json', import.meta.url), 'utf8')),
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.catalogue
}
