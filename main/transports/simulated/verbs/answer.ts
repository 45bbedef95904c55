/** An answer of a practice host: at once, or after a while. */
import type { Verb, VerbParams, VerbResult } from '../../../../domain/remote/verb.ts'
import type { HostRecord } from '../world/records.ts'
import type { WorldFile } from '../world/world-file.ts'

/** The host that is asked, brought to the moment `now` (Unix milliseconds). */
export interface Asked {
  readonly world: WorldFile
  readonly host: HostRecord
  readonly now: number
}

/** The result at once, or read after waiting `waitMs` milliseconds. */
export type Answer<V extends Verb> =
  { readonly result: VerbResult<V> } | { readonly waitMs: number; readonly read: (asked: Asked) => VerbResult<V> }

export type Answers<V extends Verb = Verb> = { readonly [K in V]: (asked: Asked, params: VerbParams<K>) => Answer<K> }
