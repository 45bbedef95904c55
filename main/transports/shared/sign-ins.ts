/** Decides for the whole process when a password may be sent to a host. The rule is in domain/run/sign-in.ts. */
import { createHmac, randomBytes } from 'node:crypto'
import {
  leaveToShow,
  signInBegun,
  signInEnded,
  triedAgain,
  unknownPassword,
  type PasswordState,
  type SignInEnd,
} from '../../../domain/run/sign-in.ts'
import type { Credential } from '../../engine/ports.ts'
import { passwordHeld } from './failures.ts'
import { orAborted } from './race.ts'

export type Password = Extract<Credential, { kind: 'password' }>

/** Reports how the sign-in ended. Only the first call counts. */
export type EndTurn = (end: SignInEnd) => void

export interface SignIns {
  /**
   * Waits until the password may be sent to that host. Throws FailureError `credential` / `password-held` if another
   * host refused it, and the signal's reason if it aborts first.
   */
  turn(password: Password, host: string, signal: AbortSignal): Promise<EndTurn>
  /**
   * A host refused what this entry of the vault held at that time, milliseconds since 1970. Where this process has not
   * seen the like itself, it cannot tell whether the entry was changed since: it is held until a person decides.
   */
  recall(entry: string, host: string, at: number): void
  /**
   * A person decided to try again what stands under this entry, having seen what was refused up to `seenAt`,
   * milliseconds since 1970: what was refused since stays refused. So fifty decisions about one refusal, however they
   * come, are one more sign-in.
   */
  tryAgain(entry: string, seenAt: number): void
}

interface Known {
  state: PasswordState
  /** The entries it was met under: two may hold the same. */
  readonly entries: Set<string>
  /** Resolved, and made anew, whenever the state changes. */
  changed: PromiseWithResolvers<void>
}

/** Knows of no refusal. A password is known by user and text together, so that a corrected one is another. */
export function createSignIns(now: () => number = Date.now): SignIns {
  // No password stays in memory for being compared.
  const secret = randomBytes(32)
  const passwords = new Map<string, Known>()
  const recalled = new Map<string, { readonly by: string; readonly at: number }>()

  function knownOf({ user, password, entry }: Password): Known {
    const key = createHmac('sha256', secret)
      .update(JSON.stringify([user.toLowerCase(), password]))
      .digest('base64')
    const known = passwords.get(key) ?? {
      state: unknownPassword,
      entries: new Set<string>(),
      changed: Promise.withResolvers<void>(),
    }
    passwords.set(key, known)
    if (entry !== undefined) known.entries.add(entry)
    return known
  }

  function set(known: Known, state: PasswordState): void {
    known.state = state
    known.changed.resolve()
    known.changed = Promise.withResolvers<void>()
  }

  return {
    async turn(password, host, signal) {
      const known = knownOf(password)
      for (;;) {
        signal.throwIfAborted()
        const earlier = password.entry === undefined ? undefined : recalled.get(password.entry)
        const leave = earlier === undefined ? leaveToShow(known.state, now()) : 'held'
        if (leave === 'held')
          throw passwordHeld(password.user, password.entry, (known.state.refused ?? earlier)?.by ?? '')
        if (leave === 'show') break
        await orAborted(known.changed.promise, [signal])
      }
      set(known, signInBegun(known.state))
      let ended = false
      return (end) => {
        if (ended) return
        ended = true
        set(known, signInEnded(known.state, end, host, now()))
      }
    },
    recall(entry, host, at) {
      const met = [...passwords.values()].filter(({ entries }) => entries.has(entry))
      if (!met.some(({ state }) => state.refused !== null || (state.takenAt ?? 0) > at))
        recalled.set(entry, { by: host, at })
    },
    tryAgain(entry, seenAt) {
      if ((recalled.get(entry)?.at ?? 0) <= seenAt) recalled.delete(entry)
      for (const known of passwords.values())
        if (known.entries.has(entry) && (known.state.refused?.at ?? 0) <= seenAt) set(known, triedAgain(known.state))
    },
  }
}
