/** What the session and its file transfer share about a practice host. */
import type { Clock } from '../../engine/ports.ts'
import type { Asked } from './verbs/answer.ts'
import type { Call } from './fault.ts'
import type { HostRecord } from './world/records.ts'
import type { WorldFile } from './world/world-file.ts'

/** A practice world while sessions are open: its file, its clock, and how many calls each host had. */
export interface Simulation {
  readonly world: WorldFile
  readonly clock: Clock
  /** Which call of that kind this is on that host, in this process; latency is drawn from it. */
  count(host: string, call: Call): number
}

/** The session's operations on its host, for the file transfer. */
export interface Conversation {
  readonly simulation: Simulation
  readonly host: HostRecord
  /** Waits; throws the failure of a cancelled call when the signal aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>
  /** Milliseconds this call takes before the host does anything. */
  latency(call: Call): number
  /**
   * Brings the host to the present and does `work` there in one transaction; link faults of that call show here, `null`
   * lets none show.
   */
  attempt<T>(call: Call | null, work: (asked: Asked) => T): T
}
