/**
 * Decides when a password is sent to further hosts: to one first, to all once one has accepted it, to none after one
 * refused it. A few wrong tries lock an account.
 */
import type { Event } from './event.ts'

/** What is known of one password. */
export interface PasswordState {
  /** Sign-ins with it that have not ended. */
  readonly underWay: number
  /** When a host took it last, milliseconds since 1970; null when none has, or none since a person decided. */
  readonly takenAt: number | null
  /** The host that refused it, and when. */
  readonly refused: { readonly by: string; readonly at: number } | null
}

export const unknownPassword: PasswordState = { underWay: 0, takenAt: null, refused: null }

/**
 * Milliseconds for which a password that one host took is shown to others at once. After a workstation's night of sleep
 * all hosts are signed in to anew at the same moment, and the password may be another by then.
 */
export const trustedMs = 60_000

/** May the password be shown now? `wait` for a sign-in that is under way; `held` until a person decides. */
export function leaveToShow({ underWay, takenAt, refused }: PasswordState, now: number): 'show' | 'wait' | 'held' {
  if (refused) return 'held'
  // A clock that was set back makes the age negative: that is no proof either.
  const trusted = takenAt !== null && now >= takenAt && now - takenAt < trustedMs
  return trusted || underWay === 0 ? 'show' : 'wait'
}

/** `unknown`: the host was lost, or said something that has nothing to do with the password. */
export type SignInEnd = 'taken' | 'refused' | 'unknown'

/** A sign-in that may be shown begins. */
export function signInBegun(state: PasswordState): PasswordState {
  return { ...state, underWay: state.underWay + 1 }
}

/** A sign-in ended. What a second host says takes nothing back from a refusal: only a person does. */
export function signInEnded(state: PasswordState, end: SignInEnd, host: string, now: number): PasswordState {
  const underWay = state.underWay - 1
  switch (end) {
    case 'taken':
      return { ...state, underWay, takenAt: now }
    case 'refused':
      return { underWay, takenAt: null, refused: state.refused ?? { by: host, at: now } }
    case 'unknown':
      return { ...state, underWay }
  }
}

/** A person decided to try again: the next sign-in is shown alone, as if nothing were known. */
export function triedAgain(state: PasswordState): PasswordState {
  return { ...state, takenAt: null, refused: null }
}

/** The codes of failures by which a host says that it was shown a password and did not take it. */
const refusals: ReadonlySet<string> = new Set(['refused', 'not-let-in'])

/** What a log says of one step's end, or of a person's decision about it, for the password of its host. */
export function passwordNews(event: Event): { readonly step: string; readonly refused: boolean } | undefined {
  if (event.type === 'step.failed' && event.failure.kind === 'credential' && refusals.has(event.failure.code))
    return { step: event.step, refused: true }
  if (event.type === 'decision.made' && (event.choice === 'retry' || event.choice === 'fixed'))
    return { step: event.step, refused: false }
  return undefined
}
