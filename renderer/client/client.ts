/** Owns what the screens ask through: the contract's call, and the stream of one run. What lies between (loopback, Electron) is for the client that implements it. */
import type { Call } from '../../domain/contract/api.ts'
import type { Frame } from '../../domain/contract/wire.ts'
import type { Failure } from '../../domain/failure.ts'

export interface Watching {
  readonly onFrame: (frame: Frame) => void
  /** The link to the application broke (the failure) or stands again (null). The client goes on trying. */
  readonly onLink: (failure: Failure | null) => void
  /** The seq to go on from after the link broke: what the screen has folded. */
  readonly lastSeq: () => number
}

export interface Client {
  readonly call: Call
  /** Follows a run until the returned function is called. */
  readonly watch: (runId: string, watching: Watching) => () => void
}
