/**
 * Runs verbs on one host: in one PowerShell that is kept and replaced when it ends, or in a new one for each script.
 */
import { FailureError } from '../../../domain/base/failure.ts'
import type { Verb, VerbParams, VerbResult } from '../../../domain/remote/verb.ts'
import type { RunOptions } from '../../engine/ports.ts'
import { checkedParams, readEnvelope } from './answer.ts'
import type { OpenChannel } from './byte-channel.ts'
import { cancelled, cancelledBeforeSending, scriptTimeout, sessionClosed } from './failures.ts'
import { Resident, type Ending, type ResidentLimits } from './resident.ts'
import { loadScripts, type Script, type Scripts } from './scripts.ts'

/**
 * `resident` keeps one PowerShell, `process` starts one for each script; `either` begins with the first and falls back
 * to the second.
 */
export type PowerShellMode = 'resident' | 'process' | 'either'

export interface PowerShellOptions {
  readonly open: OpenChannel
  readonly scripts?: Scripts
  readonly mode?: PowerShellMode
  readonly limits?: Partial<ResidentLimits>
}

const defaultLimits: ResidentLimits = {
  startMs: 60_000,
  graceMs: 15_000,
  answerBytes: 64 * 1024 * 1024,
  outputCharacters: 16 * 1024 * 1024,
}
const defaultTimeoutMs = 10 * 60_000

/**
 * The PowerShell of one session. It runs requests one after the other; every method but `close` throws FailureError.
 */
export class ResidentPowerShell {
  readonly #open: OpenChannel
  readonly #scripts: Scripts
  readonly #limits: ResidentLimits
  readonly #mode: PowerShellMode
  #processOnly: boolean
  #resident: Resident | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: PowerShellOptions) {
    this.#open = options.open
    this.#scripts = options.scripts ?? loadScripts()
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#mode = options.mode ?? 'either'
    this.#processOnly = this.#mode === 'process'
  }

  /** Runs a verb. `host` failures carry the script's code, or `script-timeout`; after `link` the effect is unknown. */
  async run<V extends Verb>(verb: V, params: VerbParams<V>, options: RunOptions): Promise<VerbResult<V>> {
    const checked = checkedParams(verb, params)
    return readEnvelope(verb, await this.runScript(this.#scripts.verb(verb), checked, options))
  }

  /** Runs a script of ours and returns its envelope as text. For `run` and for tests of the loop itself. */
  async runScript(script: Script, params: unknown, options: RunOptions): Promise<string> {
    const turn = this.#queue.then(() => this.#work(script, params, options))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /** Starts the PowerShell now rather than with the first verb, so that opening a session reports its problems. */
  async start(signal: AbortSignal): Promise<void> {
    if (!this.#processOnly) await this.#ready(signal)
  }

  /** Ends the PowerShell. Never throws. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#resident?.close()
  }

  async #work(script: Script, params: unknown, options: RunOptions): Promise<string> {
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
    const request = {
      script,
      params,
      timeoutMs,
      signal: options.signal,
      onOutput: options.onOutput ?? (() => undefined),
    }
    if (options.signal.aborted) throw cancelledBeforeSending()
    const kept = this.#processOnly ? undefined : await this.#ready(options.signal)
    const resident = kept ?? (await this.#single(options.signal))
    try {
      return envelopeOf(await resident.run({ ...request, last: kept === undefined }), timeoutMs)
    } finally {
      if (kept === undefined) await resident.close()
    }
  }

  // The kept PowerShell, started if there is none or the last one ended; undefined if this host cannot keep one.
  async #ready(signal: AbortSignal): Promise<Resident | undefined> {
    if (this.#closed) throw sessionClosed()
    if (this.#resident?.alive === true) return this.#resident
    const resident = new Resident(await this.#open(signal), this.#limits)
    try {
      await resident.open(this.#scripts, signal, false)
    } catch (error) {
      await resident.close()
      // A refusal or a cancellation would repeat; silence or an early end may be how the host treats standard input.
      const code = error instanceof FailureError ? error.failure.code : ''
      if (this.#mode === 'resident' || !['powershell-silent', 'powershell-ended'].includes(code)) throw error
      this.#processOnly = true
      return undefined
    }
    this.#resident = resident
    return resident
  }

  async #single(signal: AbortSignal): Promise<Resident> {
    if (this.#closed) throw sessionClosed()
    const resident = new Resident(await this.#open(signal), this.#limits)
    await resident.open(this.#scripts, signal, true)
    return resident
  }
}

function envelopeOf(ending: Ending, timeoutMs: number): string {
  switch (ending.kind) {
    case 'answered':
      return ending.envelope
    case 'timeout':
      throw scriptTimeout(timeoutMs)
    case 'cancelled':
      throw cancelled()
  }
}
