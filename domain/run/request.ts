/** The requests a person makes of a run, and the events they cause. */
import { choicesFor, pendingGate } from './pending.ts'
import { type Confirmation, confirmationProblem } from './confirmation.ts'
import { choices, type Choice, type NewEvent } from './event.ts'
import type { RunState } from './run.ts'
import { requestText } from './text.ts'

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

/** Must a person say why? Retrying, having fixed something and opening a gate explain themselves. */
export function needsReason(choice: Choice | 'open'): boolean {
  return needReason.has(choice)
}

/** The events a request brings about, or why it cannot be. Pure: the same state and request give the same answer. */
export function judgeRequest(state: RunState, request: RunRequest): RequestVerdict {
  if (state.status === 'finished') return refused(requestText.runOver, requestText.startNew)
  const { by, why } = request
  switch (request.kind) {
    case 'cancel':
      return state.status === 'cancelling'
        ? refused(requestText.cancelledAlready, requestText.resumeToEnd)
        : { ok: true, events: [{ type: 'run.cancel-requested', by, why }] }
    case 'pause':
      return state.status === 'running'
        ? { ok: true, events: [{ type: 'run.paused', by, why }] }
        : refused(requestText.nothingToPause(state.status), requestText.seeState)
    case 'resume':
      return state.status === 'paused'
        ? { ok: true, events: [{ type: 'run.resumed', by, why }] }
        : refused(requestText.notPaused(state.status), requestText.seeState)
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
    return refused(closesAt === null ? requestText.noWindow : requestText.sameWindow, requestText.noAction)
  if (closesAt !== null && state.startedAt !== null && closesAt <= state.startedAt)
    return refused(requestText.windowTooEarly, requestText.laterTime)
  return { ok: true, events: [{ type: 'run.window-set', closesAt, by }] }
}

function openGate(state: RunState, target: string, who: Person, confirmed: readonly Confirmation[]): RequestVerdict {
  const gate = pendingGate(state)
  if (gate?.id === target) {
    const problem = confirmationProblem(gate.checklist, confirmed)
    if (problem !== null) return refused(problem, requestText.gateChanged)
    return {
      ok: true,
      events: [
        { type: 'gate.opened', gate: gate.id, ...who, ...(confirmed.length > 0 ? { confirmed: [...confirmed] } : {}) },
      ],
    }
  }
  if (state.gates[target]?.opened)
    return refused(requestText.openedAlready(target, state.gates[target].opened.by), requestText.resume)
  return refused(
    requestText.gateNotWaiting(target),
    gate ? requestText.gateWaiting(gate.id) : requestText.noGateWaiting,
  )
}

function decideStep(state: RunState, target: string, choice: Choice, who: Person): RequestVerdict {
  if (needsReason(choice) && who.why.trim() === '')
    return refused(requestText.needsReason(choice), requestText.giveReason)
  const offered = choicesFor(state, target)
  const refusal = offered.find((offer) => offer.choice === choice)?.refusal ?? null
  if (refusal === null) return { ok: true, events: [{ type: 'decision.made', step: target, choice, ...who }] }
  const others = offered
    .filter((offer) => offer.refusal === null && offer.choice !== 'abort')
    .map((offer) => offer.choice)
  return refused(refusal, others.length > 0 ? requestText.choices(others) : requestText.seeWaiting)
}

function refused(message: string, hint: string): RequestVerdict {
  return { ok: false, message, hint }
}
