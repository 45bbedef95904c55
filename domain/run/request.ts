/** Owns what a person may ask of a run, and which events come of it. */
import { commandName } from '../base/command-name.ts'
import { choicesFor, pendingGate } from './pending.ts'
import { type Confirmation, confirmationProblem } from './confirmation.ts'
import { choices, type Choice, type NewEvent } from './event.ts'
import type { RunState } from './run.ts'

interface Person {
  readonly by: string
  readonly why: string
}

export type RunRequest = Person &
  (
    | {
        readonly kind: 'decide'
        readonly target: string
        readonly choice: Choice | 'open'
        readonly confirmed?: readonly Confirmation[] | undefined
      }
    | { readonly kind: 'cancel' }
    | { readonly kind: 'pause' }
    | { readonly kind: 'resume' }
    | { readonly kind: 'window'; readonly closesAt: number | null }
  )

export type RequestVerdict =
  | { readonly ok: true; readonly events: readonly NewEvent[] }
  | { readonly ok: false; readonly message: string; readonly hint: string }

/** The choices a person may write, gates included. */
export const writtenChoices = [...choices, 'open'] as const

// These leave something out of the run for good: the log must say why.
const needReason: ReadonlySet<string> = new Set(['skip', 'exclude', 'abort'])

/** Must a person say why? Retrying, having mended something and opening a gate explain themselves. */
export function needsReason(choice: Choice | 'open'): boolean {
  return needReason.has(choice)
}

/** The events a request brings about, or why it cannot be. Pure: the same state and request give the same answer. */
export function judgeRequest(state: RunState, request: RunRequest): RequestVerdict {
  if (state.status === 'finished') return refused('The run is over.', 'Start a new run.')
  const { by, why } = request
  switch (request.kind) {
    case 'cancel':
      return state.status === 'cancelling'
        ? refused('The run is being cancelled already.', 'Resume it, so that it can end.')
        : { ok: true, events: [{ type: 'run.cancel-requested', by, why }] }
    case 'pause':
      return state.status === 'running'
        ? { ok: true, events: [{ type: 'run.paused', by, why }] }
        : refused(`The run is ${state.status}; there is nothing to pause.`, `Look at it with ${commandName} show.`)
    case 'resume':
      return state.status === 'paused'
        ? { ok: true, events: [{ type: 'run.resumed', by, why }] }
        : refused(`The run is ${state.status}, not paused.`, `Look at it with ${commandName} show.`)
    case 'window':
      return setWindow(state, request.closesAt, by)
    case 'decide':
      return request.choice === 'open'
        ? openGate(state, request.target, { by, why }, request.confirmed ?? [])
        : decideStep(state, request.target, request.choice, { by, why })
  }
}

function setWindow(state: RunState, closesAt: number | null, by: string): RequestVerdict {
  const before = state.window?.closesAt ?? null
  if (closesAt === before)
    return refused(
      closesAt === null ? 'No window is planned for this run.' : 'The window closes then already.',
      'Nothing is to be changed.',
    )
  if (closesAt !== null && state.startedAt !== null && closesAt <= state.startedAt)
    return refused('The window would close before the run began.', 'Choose a later time.')
  return { ok: true, events: [{ type: 'run.window-set', closesAt, by }] }
}

function openGate(state: RunState, target: string, who: Person, confirmed: readonly Confirmation[]): RequestVerdict {
  const gate = pendingGate(state)
  if (gate?.id === target) {
    const problem = confirmationProblem(gate.checklist, confirmed)
    if (problem !== null)
      return refused(problem, 'Look at the gate again: it may be another than the one that was shown.')
    return {
      ok: true,
      events: [
        { type: 'gate.opened', gate: gate.id, ...who, ...(confirmed.length > 0 ? { confirmed: [...confirmed] } : {}) },
      ],
    }
  }
  if (state.gates[target]?.opened)
    return refused(`Gate ${target} was opened by ${state.gates[target].opened.by} already.`, 'Resume the run.')
  return refused(
    `Gate ${target} does not wait to be opened.`,
    gate ? `The gate that waits is ${gate.id}.` : 'No gate waits now.',
  )
}

function decideStep(state: RunState, target: string, choice: Choice, who: Person): RequestVerdict {
  if (needsReason(choice) && who.why.trim() === '')
    return refused(`${choice} needs a reason.`, 'Say why with --reason.')
  const offered = choicesFor(state, target)
  const refusal = offered.find((offer) => offer.choice === choice)?.refusal ?? null
  if (refusal === null) return { ok: true, events: [{ type: 'decision.made', step: target, choice, ...who }] }
  const others = offered
    .filter((offer) => offer.refusal === null && offer.choice !== 'abort')
    .map((offer) => offer.choice)
  return refused(
    refusal,
    others.length > 0 ? `Offered are: ${others.join(', ')}.` : `See what waits for you with ${commandName} show.`,
  )
}

function refused(message: string, hint: string): RequestVerdict {
  return { ok: false, message, hint }
}
