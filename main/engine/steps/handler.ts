/** The interface of a kind of step: how to observe the host, and how to change it. */
import type { ObservationState } from '../../../domain/run/event.ts'
import type { Learned } from '../../../domain/run/event.ts'
import type { Catalogue } from '../../../domain/plan/catalogue.ts'
import { FailureError, type Failure } from '../../../domain/base/failure.ts'
import type { Facts } from '../../../domain/remote/facts.ts'
import type { Finding } from '../../../domain/base/finding.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { StepKind, StepWork } from '../../../domain/graph/step.ts'
import type { Clock, OutputChunk, Session, Vault } from '../ports.ts'

/** The observed state of a host. `evidence` is for people: one line a fact. */
export interface Observation {
  readonly state: ObservationState
  readonly evidence: readonly string[]
  readonly learned?: Learned
  /** Partial, and applying continues it instead of starting again: a job of ours that still runs. */
  readonly resumable?: boolean
  readonly rebootWanted?: boolean
  /** The exit code of the installer, where one ended. */
  readonly exitCode?: number
  /** The hash of the verified file. */
  readonly sha256?: string
}

/** The failure of an installer that ran to its end: its exit code goes into the log as a number. */
export class InstallerFailed extends FailureError {
  readonly exitCode: number
  constructor(failure: Failure, exitCode: number) {
    super(failure)
    this.name = 'InstallerFailed'
    this.exitCode = exitCode
  }
}

export type WorkOf<K extends StepKind> = Extract<StepWork, { kind: K }>

/** Everything a step may use. Session methods throw FailureError; link failures pass through untouched. */
export interface StepContext<K extends StepKind> {
  readonly work: WorkOf<K>
  readonly host: Host
  readonly plan: Plan
  readonly catalogue: Catalogue
  readonly session: Session
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly vault: Vault
  /** Names the job of a long install: the same for every attempt until one of them ended in failure. */
  readonly ticket: string
  /**
   * The tickets of attempts that ended in failure, newest first: a failure of ours does not mean that the job was not
   * started.
   */
  readonly earlierTickets: readonly string[]
  /** Attempts of this step that ended in failure so far. */
  readonly failures: number
  /** The boot id the lane knew when the attempt began. */
  readonly bootId: string | null
  readonly facts: { readonly facts: Facts; readonly at: number } | null
  readonly hubCertificate: { readonly sha256: string; readonly der: string } | undefined
  /** The absolute path on this workstation of a file the plan names. */
  readonly localPath: (file: string) => string
  /** Opens the conversation again, after a restart of the host; throws `link` while it does not answer. */
  reopen(): Promise<Session>
  readonly output: (chunk: OutputChunk) => void
  readonly recordFacts: (facts: Facts) => void
  readonly recordFindings: (findings: Finding[]) => void
}

export interface StepHandler<K extends StepKind> {
  /** Looks; changes nothing on the host. */
  observe(context: StepContext<K>): Promise<Observation>
  /** Brings about what `observe` then finds satisfied; throws FailureError. */
  apply(context: StepContext<K>): Promise<void>
}

/** For kinds that only look. */
export function nothingToApply(): Promise<void> {
  return Promise.resolve()
}

/** An observation in one line. */
export function seen(state: ObservationState, ...evidence: string[]): Observation {
  return { state, evidence }
}

/** Waits between two looks; ends at once when the attempt is aborted, and then throws the abort. */
export async function pause(context: Pick<StepContext<StepKind>, 'clock' | 'signal'>, ms: number): Promise<void> {
  await context.clock.sleep(ms, context.signal)
  context.signal.throwIfAborted()
}
