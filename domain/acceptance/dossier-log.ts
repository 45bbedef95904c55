/**
 * What the acceptance summary takes from the log that the state of a run does not keep: evidence, every attempt of an
 * installer, every decision.
 */
import type { Event } from '../run/event.ts'
import { exitCodeIn, verifiedHashIn } from './log-version-1.ts'
import type { DossierV2 } from './dossier-version-2.ts'

type Failed = NonNullable<DossierV2['decisions'][number]['after']>

export interface AppliedAttempt {
  readonly step: string
  readonly attempt: number
  readonly exitCode: number | null
  readonly failure: Failed | null
  /** The first line of evidence, or the message of the failure. */
  readonly said: string
  readonly startedAt: number
  readonly endedAt: number
}

export interface DossierLog {
  readonly version: number
  /** How many approvals and withdrawals were recorded when the run was created. */
  readonly approvals: number
  readonly startedBy: string
  /** The last evidence of each step. */
  readonly evidence: ReadonlyMap<string, readonly string[]>
  /** The hash of each file that was verified, by step. */
  readonly hashes: ReadonlyMap<string, string>
  /** Every attempt that changed something, of installers and of other steps. */
  readonly attempts: readonly AppliedAttempt[]
  readonly decisions: readonly Omit<DossierV2['decisions'][number], 'host'>[]
}

/** Reads the events of one run in their order. */
export function readDossierLog(events: readonly Event[]): DossierLog {
  const evidence = new Map<string, readonly string[]>()
  const hashes = new Map<string, string>()
  const begun = new Map<string, number>()
  const failures = new Map<string, Failed>()
  const attempts: AppliedAttempt[] = []
  const decisions: DossierLog['decisions'][number][] = []
  let [version, approvals, startedBy] = [1, 0, '']
  // Only attempts that applied something count.
  const ended = (event: Extract<Event, { type: 'step.succeeded' | 'step.failed' }>, said: string) => {
    const startedAt = begun.get(event.step)
    begun.delete(event.step)
    if (startedAt === undefined) return
    const exitCode = event.exitCode ?? (version === 1 ? exitCodeIn(said) : null)
    const failure = event.type === 'step.failed' ? (failures.get(event.step) ?? null) : null
    attempts.push({ step: event.step, attempt: event.attempt, exitCode, failure, said, startedAt, endedAt: event.at })
  }
  for (const event of events) {
    switch (event.type) {
      case 'run.created':
        version = event.logVersion ?? 1
        approvals = event.approvals ?? 0
        break
      case 'run.started':
        startedBy = event.by
        break
      case 'step.applying':
        begun.set(event.step, event.at)
        break
      case 'step.observed': {
        evidence.set(event.step, event.evidence)
        const hash = version === 1 ? verifiedHashIn(event.evidence) : undefined
        if (hash === undefined) hashes.delete(event.step)
        else hashes.set(event.step, hash)
        break
      }
      case 'step.succeeded':
        if (event.sha256 !== undefined) hashes.set(event.step, event.sha256)
        ended(event, evidence.get(event.step)?.[0] ?? '')
        break
      case 'step.failed':
        failures.set(event.step, { code: event.failure.code, message: event.failure.message })
        ended(event, event.failure.message)
        break
      case 'decision.made': {
        const { at, step, choice, by, why } = event
        decisions.push({ at, step, choice, by, why, after: failures.get(step) ?? null })
        break
      }
      default:
    }
  }
  return { version, approvals, startedBy, evidence, hashes, attempts, decisions }
}
