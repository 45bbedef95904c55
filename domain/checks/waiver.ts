/** A waiver is a named person's recorded decision to go on despite a finding. */
import { z } from 'zod'
import type { Check } from './check-context.ts'
import { allChecks } from './rules/index.ts'
import type { Finding } from '../base/finding.ts'
import { Subject, subjectOfText, subjectText } from '../base/subject.ts'
import { waivableSurveyChecks } from './survey.ts'

const text = z.string().trim().min(1)

/**
 * A waiver with its subject in words: version 1, which earlier versions stored, and the form of acceptance summaries.
 * `at` is ISO 8601, UTC.
 */
export const WaiverText = z.strictObject({ check: text, subject: text, by: text, reason: text, at: z.iso.datetime() })
export type WaiverText = z.infer<typeof WaiverText>

const CurrentWaiver = z.strictObject({
  version: z.literal([1, 2]),
  check: text,
  subject: Subject,
  by: text,
  reason: text,
  at: z.iso.datetime(),
})

/** `version` is the one that stored it. Check and subject are those of the finding. `at` is ISO 8601, UTC. */
export const Waiver = z.union([
  CurrentWaiver,
  WaiverText.transform((stored): z.infer<typeof CurrentWaiver> => ({
    ...stored,
    version: 1,
    subject: subjectOfText(stored.subject),
  })),
])
export type Waiver = z.infer<typeof Waiver>

/** The version of waivers that are granted today. */
export const waiverVersion = 2 as const

/** The waiver with its subject in words, without its version. */
export function waiverText({ check, subject, by, reason, at }: Waiver): WaiverText {
  return { check, subject: subjectText(subject), by, reason, at }
}

/** A finding and the waiver that accepts it; null where nobody has, or nobody may. */
export interface WaivedFinding extends Finding {
  readonly waiver: Waiver | null
}

/**
 * Lays waivers over findings, in the findings' order. A finding keeps its severity; an accepted one carries its waiver
 * (the latest, where there are several). Blocks of a check that is not waivable, and of checks known neither to the
 * list nor to the survey, stay as they are.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  checks: readonly Check[] = allChecks,
): WaivedFinding[] {
  const waivable = waivableChecks(checks)
  const latest = new Map<string, Waiver>()
  for (const waiver of waivers) {
    const key = keyOf(waiver.version, waiver.check, subjectText(waiver.subject))
    latest.set(key, later(latest.get(key), waiver))
  }
  return findings.map((finding) => {
    const { check, subject } = finding
    const first = latest.get(keyOf(1, check, textOfVersion1(subject)))
    const second = latest.get(keyOf(2, check, subjectText(subject)))
    const waiver = first && second ? later(first, second) : (first ?? second)
    return { ...finding, waiver: isWaivable(finding, waivable) ? (waiver ?? null) : null }
  })
}

/** True where somebody may go on despite the finding. */
export function mayBeWaived(finding: Finding): boolean {
  return isWaivable(finding, waivableChecks(allChecks))
}

/** The findings that block a rollout: blocks nobody accepted. */
export function standingBlocks(findings: readonly WaivedFinding[]): WaivedFinding[] {
  return findings.filter((finding) => finding.severity === 'block' && finding.waiver === null)
}

function waivableChecks(checks: readonly Check[]): ReadonlySet<string> {
  return new Set([...checks.filter((check) => check.waivable).map((check) => check.id), ...waivableSurveyChecks])
}

function isWaivable({ severity, check }: Finding, waivable: ReadonlySet<string>): boolean {
  return severity === 'warn' || (severity === 'block' && waivable.has(check))
}

function later(before: Waiver | undefined, waiver: Waiver): Waiver {
  return !before || before.at <= waiver.at ? waiver : before
}

function keyOf(version: Waiver['version'], check: string, subject: string): string {
  return JSON.stringify([version, check, subject])
}

// Version 1 judged environments as findings about the plan.
function textOfVersion1(subject: Subject): string {
  return subject.kind === 'environment' ? 'plan' : subjectText(subject)
}
