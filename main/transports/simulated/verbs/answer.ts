/** Owns what an answer of a practice host is made of: the moment it is given at, and how one says that it takes a while or that the host refuses. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import type { Verb, VerbParams, VerbResult } from '../../../../domain/remote/verb.ts'
import type { HostRecord } from '../world/records.ts'
import type { WorldFile } from '../world/world-file.ts'

/** The host that is asked, brought to the moment `now` (Unix milliseconds). */
export interface Asked {
  readonly site: WorldFile
  readonly host: HostRecord
  readonly now: number
}

/** What is known at once, or what is seen after waiting so many milliseconds. */
export type Answer<V extends Verb> =
  { readonly result: VerbResult<V> } | { readonly waitMs: number; readonly look: (asked: Asked) => VerbResult<V> }

export type Answers<V extends Verb = Verb> = { readonly [K in V]: (asked: Asked, params: VerbParams<K>) => Answer<K> }

/** A practice host's no: failure of kind `host`. */
export function refused(code: string, message: string, hint: string): FailureError {
  return failed('host', code, message, hint)
}
