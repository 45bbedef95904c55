/**
 * What views ask through: the calls of the contract and the stream of one run. There is one implementation for each
 * wire.
 */
import { contract, type Call, type MethodName } from '../../domain/contract/api.ts'
import type { Method } from '../../domain/contract/define.ts'
import { type Frame, type Reply, valueOf } from '../../domain/contract/wire.ts'
import type { Failure } from '../../domain/base/failure.ts'

export interface Watching {
  readonly onFrame: (frame: Frame) => void
  /** The link to the application broke (the failure) or works again (null). The client keeps trying. */
  readonly onLink: (failure: Failure | null) => void
  /** The seq to continue from after the link broke: what the view has folded. */
  readonly lastSeq: () => number
}

export interface Client {
  readonly call: Call
  /** Follows a run until the returned function is called. */
  readonly watch: (runId: string, watching: Watching) => () => void
}

/** The value of an answer, parsed with the schema of that method. Throws FailureError for a refusal. */
export function readAnswer(name: MethodName, reply: Reply): unknown {
  const { read, out }: Method = contract[name]
  return (read ?? out).parse(valueOf(reply))
}
