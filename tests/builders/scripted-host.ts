/** A host whose answers the test writes, verb by verb. Everything that is asked of it is kept, in order. */
import type { Host } from '../../domain/plan/host.ts'
import { verbs, type Verb, type VerbParams, type VerbResult } from '../../domain/remote/verb.ts'
import { virtualClock, type VirtualClock } from '../../main/app/workstation/clock.ts'
import type { Credential, Session, Transports, Vault } from '../../main/engine/ports.ts'
import { keepSessions } from '../../main/engine/sessions.ts'
import { documentVault } from '../../main/vault/env-vault.ts'
import { lanesOver, type Lanes } from '../suites/steps/lane-under-test.ts'
import { enterprisePlan, testMoment } from './plan.ts'

/** What the host answers; a verb that is left out fails the test. An answer may throw. */
export type Answers = {
  readonly [V in Verb]?: (params: VerbParams<V>) => VerbResult<V> | Promise<VerbResult<V>>
}

export interface ScriptedHost {
  readonly transports: Transports
  /** What reached the host, in order: `open`, `close`, `put`, and the names of verbs. */
  readonly asked: readonly string[]
  /** The verbs that change something, and `put`. */
  readonly changes: () => string[]
  /** The credentials of the sessions that were opened. */
  readonly shown: readonly (Credential | undefined)[]
}

const changing: ReadonlySet<string> = new Set([
  'put',
  ...Object.entries(verbs).flatMap(([name, { changes }]) => (changes ? [name] : [])),
])

/** A host that can be reached and answers so; `open` is called before each session, and may throw. */
export function scriptedHost(
  answers: Answers,
  { open = () => undefined, put }: { open?: (host: Host) => Promise<void> | void; put?: Session['put'] } = {},
): ScriptedHost {
  const asked: string[] = []
  const shown: (Credential | undefined)[] = []
  const session: Session = {
    async run(verb, params) {
      asked.push(verb)
      const answer = answers[verb]
      if (!answer) throw new Error(`nobody said what the host answers to ${verb}`)
      return answer(params)
    },
    async put(...sent) {
      asked.push('put')
      await put?.(...sent)
    },
    get: () => Promise.reject(new Error('nobody said what the host answers to get')),
    close: async () => void asked.push('close'),
  }
  return {
    asked,
    shown,
    changes: () => asked.filter((name) => changing.has(name)),
    transports: {
      for: () => ({
        async open(host, credential) {
          asked.push('open')
          shown.push(credential)
          await open(host)
          return session
        },
      }),
      close: async () => undefined,
    },
  }
}

/** Lanes of steps on that host, which the engine's own attempt executes in virtual time. */
export function lanesOn(host: ScriptedHost, vault: Vault = documentVault('{}')): Lanes & { clock: VirtualClock } {
  const plan = enterprisePlan()
  const [first] = plan.hosts
  if (!first) throw new Error('the plan has no host')
  const clock = virtualClock(Date.parse(testMoment))
  const sessions = keepSessions(host.transports, vault, plan.defaultCredential)
  return { ...lanesOver({ host: first, plan, vault, clock }, sessions, (file) => file), clock }
}
