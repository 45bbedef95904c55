/** The engine's ports: what it needs from outside. Adapters import these types and nothing else of the engine. */
import type { Event, NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { DoorReach, Host } from '../../domain/plan/host.ts'
import type { RunState } from '../../domain/run/run.ts'
import type { Verb, VerbParams, VerbResult } from '../../domain/remote/verb.ts'

/**
 * Time, passed in. `sleep` resolves after that many milliseconds, or at once when the signal aborts (it never rejects).
 */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/**
 * A secret at the moment of use. `kind` says how a transport may use it; `entry` is its name in the vault, where it
 * came from there.
 */
export type Credential =
  | { readonly kind: 'password'; readonly user: string; readonly password: string; readonly entry?: string }
  | { readonly kind: 'key'; readonly user: string; readonly privateKey: string; readonly passphrase?: string }
  | { readonly kind: 'agent'; readonly user: string; readonly socket?: string }

/** Text a host wrote while a verb ran, in order. */
export interface OutputChunk {
  readonly stream: 'output' | 'error' | 'warning' | 'verbose'
  readonly text: string
}

export interface RunOptions {
  readonly signal: AbortSignal
  /**
   * Milliseconds the host gets; the session ends the script on the host after that and fails with code
   * `script-timeout`.
   */
  readonly timeoutMs?: number
  readonly onOutput?: (chunk: OutputChunk) => void
}

export interface PutOptions {
  readonly signal: AbortSignal
  readonly onProgress?: (sentBytes: number) => void
  /** Told in a sentence where the file goes another way than was planned. */
  readonly onNote?: (note: string) => void
}

/** A file to send: local path, remote path, hash and size. Small content may be given as `bytes` instead of a path. */
export interface FileToPut {
  readonly localPath: string
  readonly remotePath: string
  readonly sha256: string
  readonly size: number
}

/** What was chosen for a host whose reach is `auto`, and why, in sentences. */
export interface ReachChosen {
  readonly reach: DoorReach
  readonly why: string
}

/**
 * One open conversation with one host. Methods throw FailureError: kind `link` when the conversation broke (what the
 * last call did on the host is then unknown), kind `host` when the host answered no.
 */
export interface Session {
  /** Where the plan left the way open: which was taken. */
  readonly chosen?: ReachChosen
  run<V extends Verb>(verb: V, params: VerbParams<V>, options: RunOptions): Promise<VerbResult<V>>
  /**
   * Sends a file, going on where an earlier try stopped, and publishes it under its name only once its hash is right on
   * the host.
   */
  put(file: FileToPut, options: PutOptions): Promise<void>
  /** Fetches a file of at most `maxBytes`. */
  get(remotePath: string, options: { readonly signal: AbortSignal; readonly maxBytes: number }): Promise<Uint8Array>
  /** Ends the conversation and whatever it holds on the host. Never throws. */
  close(): Promise<void>
}

/** What was learnt of a host's identity at first sight; recorded, then held from then on. */
export interface TrustStore {
  /** The pinned fingerprint (SHA256:...) of that address and port, if there is one. */
  pinned(address: string, port: number): string | undefined
  /** Pins a fingerprint seen for the first time. */
  pin(address: string, port: number, fingerprint: string): void
}

/**
 * A way to reach hosts. `open` throws FailureError: `link` (unreachable), `credential` (refused), `trust` (identity
 * changed).
 */
export interface Transport {
  open(host: Host, credential: Credential | undefined, signal: AbortSignal): Promise<Session>
}

/** Finds the transport of a host's reach. */
export interface Transports {
  for(host: Host): Transport
  /** Ends everything the transports hold in this process. */
  close(): Promise<void>
}

/**
 * Where secrets are stored. Both throw FailureError: `credential` when the name is unknown or the vault is locked,
 * `workstation` when its file cannot be used.
 */
export interface Vault {
  credential(ref: string): Promise<Credential>
  secret(ref: string): Promise<string>
}

/** The log and what belongs to it. Every append is committed to disk when it returns. */
export interface RunStore {
  /** The run's frozen graph. */
  graph(runId: string): Graph
  /** Events of a run with seq greater than `after`, in order. */
  events(runId: string, after?: number): Event[]
  /**
   * Appends in one transaction and returns the events with seq and at filled in. Throws LeaseLost when another engine
   * took over.
   */
  append(runId: string, events: readonly NewEvent[], at: number): Event[]
}

/**
 * Hears each event of a run once it is committed, with the state it led to. Returns at once. The same function goes all
 * the way to the engine: a shell's through the service, the run driver and the active run, each of which adds its own.
 */
export type RunListener = (runId: string, event: Event, state: RunState) => void

/** Output of attempts, kept outside the log. Text arrives already redacted. */
export interface OutputStore {
  write(runId: string, stepId: string, attempt: number, at: number, chunk: OutputChunk): void
}
