/**
 * One session with a practice host: latency, lost connections, transactions, and the check of every parameter and
 * result.
 */
import { FailureError, type Failure } from '../../../domain/base/failure.ts'
import { type Verb, type VerbParams, type VerbResult, verbs } from '../../../domain/remote/verb.ts'
import type { RunOptions, Session } from '../../engine/ports.ts'
import type { Answer, Answers, Asked } from './verbs/answer.ts'
import { changes } from './verbs/change-verbs.ts'
import type { Conversation, Simulation } from './conversation.ts'
import * as failures from './failures.ts'
import type { Call } from './fault.ts'
import { becomesUnreachable, strike } from './fault-memory.ts'
import { fileParts } from './verbs/file-part.ts'
import { readVerbs } from './verbs/read-verbs.ts'
import { networkVerbs } from './world/network.ts'
import { demandParameters } from './verbs/parameters.ts'
import { type HostRecord, hostOf, isDown } from './world/records.ts'
import { between, chance } from './world/seeded.ts'
import { isDue, advanceTime } from './world/advance-time.ts'
import { getFile, putFile } from './verbs/transfer.ts'
import { lostText } from './text.ts'

const answers: Answers = { ...readVerbs, ...networkVerbs, ...changes, ...fileParts }
// These verbs change the state of another host, or of what they read.
const needsTransaction: ReadonlySet<Verb> = new Set<Verb>(['Test-NetworkPath', 'Test-Endpoint'])

/** A session with a host that was just reached. It is lost when the host restarts. */
export function openSession(simulation: Simulation, opened: HostRecord): Session {
  const { world, clock } = simulation
  let state: 'open' | 'lost' | 'closed' = 'open'

  const lose = (why: string): FailureError => {
    state = 'lost'
    return failures.linkLost(opened.name, why)
  }
  const mustBeOpen = () => {
    if (state === 'closed') throw failures.sessionClosed(opened.name)
    if (state === 'lost') throw lose(lostText.earlier)
  }
  const conversation: Conversation = {
    simulation,
    host: opened,
    latency: (call) => latencyOf(simulation, opened, call),
    pause: async (ms, signal) => {
      await clock.sleep(ms, signal)
      if (signal.aborted) throw failures.cancelled(opened.name)
      mustBeOpen()
    },
    attempt: (call, work) => {
      mustBeOpen()
      const verdict = world.change(() => attemptOnce(simulation, opened, call, work))
      if ('result' in verdict) return verdict.result
      if ('lost' in verdict) throw lose(verdict.lost)
      throw new FailureError(verdict.failure)
    },
  }

  const run = async <V extends Verb>(verb: V, params: VerbParams<V>, options: RunOptions): Promise<VerbResult<V>> => {
    mustBeOpen()
    const question = checked(verb, 'params', params)
    const limit = options.timeoutMs ?? Infinity
    await conversation.pause(conversation.latency(verb), options.signal)
    demandParameters(verb, question)
    const answer = ask(conversation, verb, question)
    if ('result' in answer) return checked(verb, 'result', answer.result)
    await conversation.pause(Math.min(answer.waitMs, limit), options.signal)
    if (answer.waitMs > limit) throw failures.scriptTimeout(verb, opened.name, Math.round(limit / 1000))
    return checked(verb, 'result', conversation.attempt(null, answer.read))
  }

  return {
    run,
    put: (file, options) => {
      mustBeOpen()
      return putFile(conversation, file, options)
    },
    get: (remotePath, options) => {
      mustBeOpen()
      return getFile(conversation, remotePath, options)
    },
    close: () => {
      state = 'closed'
      return Promise.resolve()
    },
  }
}

/** Latency of a call in milliseconds: by the seed, the host, the kind of call and how many of them there were. */
export function latencyOf(simulation: Simulation, host: HostRecord, call: Call): number {
  const [from, to] = latencies[call] ?? [8, 40]
  const usual = between(from, to, simulation.world.seed, host.name, call, simulation.count(host.name, call))
  const slow =
    host.faulty === 1 &&
    call !== 'Start-HostJob' &&
    simulation.world.change(() => strike(simulation.world, host, call, 'slow') !== undefined)
  return slow ? usual * 10 : usual
}

const latencies: Partial<Record<Call, readonly [number, number]>> = {
  open: [60, 240],
  'Get-HostFacts': [300, 900],
  'Start-HostJob': [150, 400],
  'Add-TrustedCertificate': [40, 120],
  'Set-FirewallRule': [80, 250],
}

// A verb that only reads a host where nothing is due needs no transaction: that is most calls while a job runs.
function ask<V extends Verb>(conversation: Conversation, verb: V, params: VerbParams<V>): Answer<V> {
  const { simulation, host: opened } = conversation
  const answer = answers[verb] as Answers<V>[V]
  const now = simulation.clock.now()
  const host = hostOf(simulation.world, opened.id)
  if (
    !verbs[verb].changes &&
    !needsTransaction.has(verb) &&
    !host.faulty &&
    !isDue(host, now) &&
    host.boots === opened.boots &&
    !isDown(host, now)
  )
    return answer({ world: simulation.world, host, now }, params)
  return conversation.attempt(verb, (asked) => answer(asked, params))
}

type Verdict<T> = { readonly result: T } | { readonly failure: Failure } | { readonly lost: string }

// Refusals are returned, not thrown: a throw would undo the changes on the host and restore a fault that was used up.
function attemptOnce<T>(
  { world, clock }: Simulation,
  opened: HostRecord,
  call: Call | null,
  work: (asked: Asked) => T,
): Verdict<T> {
  const now = clock.now()
  const host = advanceTime(world, hostOf(world, opened.id), now)
  if (isDown(host, now) || host.boots !== opened.boots) return { lost: lostText.restarted }
  if (call && becomesUnreachable(world, host, call)) return { lost: lostText.unreachable }
  const drop = call ? strike(world, host, call, 'drop') : undefined
  if (drop && chance(world.seed, host.name, 'drop', drop.id, drop.shown) < 0.5) return { lost: lostText.interrupted }
  try {
    const result = work({ world, host, now })
    return drop ? { lost: lostText.interrupted } : { result }
  } catch (thrown) {
    if (thrown instanceof FailureError) return { failure: thrown.failure }
    throw thrown
  }
}

// Checks parameters and results against domain/remote/verb.ts. A mismatch is a bug of ours, never the host's.
function checked<V extends Verb, Side extends 'params' | 'result'>(
  verb: V,
  side: Side,
  value: unknown,
): Side extends 'params' ? VerbParams<V> : VerbResult<V> {
  const read = verbs[verb][side].safeParse(value)
  if (read.success) return read.data as Side extends 'params' ? VerbParams<V> : VerbResult<V>
  throw failures.wrongShape(
    verb,
    side,
    read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  )
}
