/** Owns ResidentPowerShell: verbs run on one host, over one PowerShell that is kept, replaced when it dies, or started anew for each script. */
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { Verb, VerbParams, VerbResult } from '../../../domain/remote/verb.ts'
import type { RunOptions } from '../../engine/ports.ts'
import { checkedParams, readEnvelope } from './answer.ts'
import type { OpenChannel } from './byte-channel.ts'
import { cancelled, Resident, type Ending, type ResidentLimits } from './resident.ts'
import { loadScripts, type Script, type Scripts } from './scripts.ts'

/** `resident` keeps one PowerShell, `process` starts one for each script; `either` begins with the first and falls back to the second. */
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

/** The PowerShell of one session. Requests are worked on one after the other; every method but `close` throws FailureError. */
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

  /** Runs a verb. `host` failures carry the script's code, `script-timeout` the time limit; `link` means nobody knows what it did. */
  async run<V extends Verb>(verb: V, params: VerbParams<V>, options: RunOptions): Promise<VerbResult<V>> {
    const checked = checkedParams(verb, params)
    return readEnvelope(verb, await this.runScript(this.#scripts.verb(verb), checked, options))
  }

  /** Runs any script of ours and answers with its envelope as text. For `run` and for tests of the loop itself. */
  async runScript(script: Script, params: unknown, options: RunOptions): Promise<string> {
    const turn = this.#queue.then(() => this.#work(script, params, options))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /** Starts the PowerShell now rather than with the first verb, so that opening a session shows what is wrong with it. */
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
    if (options.signal.aborted)
      throw failed(
        'uncertain',
        'cancelled',
        'The request was cancelled before it was sent.',
        'Nothing was done on the host.',
      )
    const kept = this.#processOnly ? undefined : await this.#ready(options.signal)
    const resident = kept ?? (await this.#single(options.signal))
    try {
      return envelopeOf(await resident.run({ ...request, last: kept === undefined }), timeoutMs)
    } finally {
      if (kept === undefined) await resident.close()
    }
  }

  // The kept PowerShell, started if there is none or the last one died; undefined where this host does not let one be kept.
  async #ready(signal: AbortSignal): Promise<Resident | undefined> {
    if (this.#closed) throw failed('link', 'session-closed', 'The session was closed.', 'Open a new one.')
    if (this.#resident?.alive === true) return this.#resident
    const resident = new Resident(await this.#open(signal), this.#limits)
    try {
      await resident.open(this.#scripts, signal, false)
    } catch (error) {
      await resident.close()
      // A refusal or a cancellation would come back the same way; silence or an early end may be the host's way with standard input.
      const code = error instanceof FailureError ? error.failure.code : ''
      if (this.#mode === 'resident' || !['powershell-silent', 'powershell-ended'].includes(code)) throw error
      this.#processOnly = true
      return undefined
    }
    this.#resident = resident
    return resident
  }

  async #single(signal: AbortSignal): Promise<Resident> {
    if (this.#closed) throw failed('link', 'session-closed', 'The session was closed.', 'Open a new one.')
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
      throw failed(
        'host',
        'script-timeout',
        `The host was given ${timeoutMs} ms and did not finish.`,
        'Look at what holds the host up, then retry.',
        'backoff',
      )
    case 'cancelled':
      throw cancelled()
  }
}
