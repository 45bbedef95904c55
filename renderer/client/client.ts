/** Owns what the screens ask through: the contract's call, and the stream of one run. What lies between (loopback, Electron) is for the client that implements it. */
import { contract, type Call, type MethodName } from '../../domain/contract/api.ts'
import type { Method } from '../../domain/contract/define.ts'
import { type Frame, type Reply, valueOf } from '../../domain/contract/wire.ts'
import type { Failure } from '../../domain/base/failure.ts'

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

/** The value of an answer, held to what the contract says of that method: it is what the type says. Throws FailureError for a refusal. */
export function readAnswer(name: MethodName, reply: Reply): unknown {
  const { read, out }: Method = contract[name]
  return (read ?? out).parse(valueOf(reply))
}
