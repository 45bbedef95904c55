/** Owns Waiver: a named person's recorded decision to go on despite a finding. */
import { z } from 'zod'
import type { Check } from './check-context.ts'
import { allChecks } from './rules/index.ts'
import type { Finding } from '../base/finding.ts'
import { waivableSurveyChecks } from './survey.ts'

const said = z.string().trim().min(1)

/** `at` is ISO 8601, UTC. Check and subject must be those of the finding, letter for letter. */
export const Waiver = z.strictObject({ check: said, subject: said, by: said, reason: said, at: z.iso.datetime() })
export type Waiver = z.infer<typeof Waiver>

/** A finding and the waiver that accepts it; null where nobody has, or nobody may. */
export interface WaivedFinding extends Finding {
  readonly waiver: Waiver | null
}

/**
 * Lays waivers over findings, in the findings' order. A finding keeps its severity; what is accepted carries its waiver (the latest,
 * where there are several). Blocks of a check that is not waivable, and of checks known neither to the list nor to the survey, stay as they are.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  checks: readonly Check[] = allChecks,
): WaivedFinding[] {
  const waivable = new Set([
    ...checks.filter((check) => check.waivable).map((check) => check.id),
    ...waivableSurveyChecks,
  ])
  const latest = new Map<string, Waiver>()
  for (const waiver of waivers) {
    const key = keyOf(waiver)
    const before = latest.get(key)
    if (!before || before.at <= waiver.at) latest.set(key, waiver)
  }
  return findings.map((finding) => {
    const mayBe = finding.severity === 'warn' || (finding.severity === 'block' && waivable.has(finding.check))
    return { ...finding, waiver: mayBe ? (latest.get(keyOf(finding)) ?? null) : null }
  })
}

/** True where somebody may go on despite the finding. */
export function mayBeWaived(finding: Finding): boolean {
  return (
    applyWaivers([finding], [{ check: finding.check, subject: finding.subject, by: '-', reason: '-', at: '' }])[0]
      ?.waiver !== null
  )
}

/** The findings that hold a rollout back: blocks nobody accepted. */
export function standingBlocks(findings: readonly WaivedFinding[]): WaivedFinding[] {
  return findings.filter((finding) => finding.severity === 'block' && finding.waiver === null)
}

function keyOf({ check, subject }: { readonly check: string; readonly subject: string }): string {
  return JSON.stringify([check, subject])
}
