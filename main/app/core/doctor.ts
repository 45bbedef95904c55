/** The doctor: connects to a host step by step as a run would, and names the one cause why that fails. */
import { comesAfterAnswer, concernsVault } from '../../../domain/doctor/cause.ts'
import { diagnose, type AnswerSeen, type Diagnosis, type Observed } from '../../../domain/doctor/diagnosis.ts'
import type { Knocked } from '../../../domain/doctor/knocked.ts'
import { toFailure, type Failure } from '../../../domain/base/failure.ts'
import {
  autoReaches,
  bestReach,
  doorOf,
  doorsOf,
  reachInWords,
  type DoorReach,
  type Host,
} from '../../../domain/plan/host.ts'
import type { Credential } from '../../engine/ports.ts'
import { openTransports } from '../../transports/registry.ts'
import { systemClock } from '../workstation/clock.ts'
import { redactData } from '../secrets/redact-data.ts'
import type { Dependencies } from './dependencies.ts'
import { credentialNeeded, noConnection } from './failures.ts'
import { doctorText } from './text.ts'
import { trustOf } from './trust.ts'

export interface DoctorOptions {
  readonly signal: AbortSignal
  /** Whom to sign in as, where the host names no entry of the vault. */
  readonly credential?: Credential
  /** Milliseconds for the connection, and again for the answer to the first request. */
  readonly waitMs: number
  /** Called for each port that was tried, where the reach is `auto`. */
  readonly onDoor?: (found: string) => void
  /** Called for each check that passed. */
  readonly onWell?: (what: string) => void
}

export interface Examined {
  readonly host: string
  readonly address: string
  readonly port: number
  readonly by: 'WinRM' | 'SSH'
  /** What was found at each port, the best first, where the reach is `auto`; else empty. */
  readonly doors: readonly string[]
  /** The checks that passed, in order. */
  readonly well: readonly string[]
  /** False where there was no credential: then only the steps before the sign-in were checked. */
  readonly signedIn: boolean
  readonly diagnosis: Diagnosis | null
}

type DoctorParts = Pick<Dependencies, 'store' | 'by' | 'vault' | 'redactor' | 'onPinned' | 'reach' | 'signIns'>

/**
 * Examines a host; nothing on it is changed. A certificate or key seen for the first time is recorded. Throws
 * FailureError
 * `request` for a host that is not reached over the network.
 */
export async function examine(parts: DoctorParts, planned: Host, options: DoctorOptions): Promise<Examined> {
  const doors: string[] = []
  const { reach, chosen } = await doorFor(parts, planned, options, (found) => {
    doors.push(found)
    options.onDoor?.(found)
  })
  const host = { ...planned, reach }
  const well: string[] = []
  const isWell = (what: string) => {
    well.push(what)
    options.onWell?.(what)
  }
  if (chosen !== undefined) isWell(chosen)
  const { door, winrm } = waysInto(reach)
  const nobody = host.credential === undefined && !options.credential
  if (!winrm && nobody && planned.reach.kind !== 'auto') throw credentialNeeded(host.name)
  let knocked = knockedAt(host, reach, null)
  let answer: AnswerSeen | null = null
  const judge = (more: Partial<Pick<Observed, 'failure' | 'facts' | 'complete'>>) =>
    diagnose({
      knocked,
      fromWindows: process.platform === 'win32',
      answer,
      failure: null,
      facts: null,
      complete: false,
      ...more,
    })
  const ended = (diagnosis: Diagnosis | null, signedIn: boolean): Examined =>
    redactData(parts.redactor, { host: host.name, address: host.address, ...door, doors, well, signedIn, diagnosis })

  if (winrm) {
    try {
      const { fingerprint, ...seen } = await knockAt(parts, host, winrm, options)
      answer = seen
      isWell(doctorText.answers(host.address, door.port))
      if (fingerprint !== null) isWell(doctorText.certificateAccepted(fingerprint))
    } catch (error) {
      return ended(judge({ failure: failureOf(error) }), false)
    }
    const diagnosis = judge({})
    if (diagnosis) return ended(diagnosis, false)
    isWell(doctorText.winrmOffers(answer.offers))
  }
  if (!winrm && nobody) return ended(judge({ complete: true }), false)
  let credential: Credential | undefined
  try {
    credential = host.credential === undefined ? options.credential : await parts.vault.credential(host.credential)
  } catch (error) {
    return ended(judge({ failure: failureOf(error) }), false)
  }
  if (!credential && winrm) return ended(judge({ complete: true }), false)
  if (credential?.kind === 'password') parts.redactor.learn(credential.password)
  if (credential) knocked = { ...knocked, user: credential.user }
  try {
    const facts = await firstVerb(parts, host, credential, options.signal)
    isWell(doctorText.signedIn(credential?.user))
    return ended(judge({ facts, complete: true }), true)
  } catch (error) {
    return ended(judge({ failure: failureOf(error) }), false)
  }
}

/**
 * The cause of a failure that a survey met. No credential is shown to the host again, so that no account is locked: the
 * host is asked without one. Null for a failure that is not the host's, and for hosts not reached over the network.
 */
export async function explain(
  parts: DoctorParts,
  planned: Host,
  failure: Failure,
  options: DoctorOptions,
): Promise<Diagnosis | null> {
  if (doorsOf(planned.reach).length === 0 || isNoCause(failure)) return null
  const { reach } = await doorFor(parts, planned, options)
  const { winrm } = waysInto(reach)
  const credential =
    planned.credential === undefined
      ? undefined
      : await parts.vault.credential(planned.credential).catch(() => undefined)
  let [answer, shown]: [AnswerSeen | null, Failure] = [null, failure]
  if (winrm && comesAfterAnswer(failure)) {
    try {
      const { fingerprint: _, ...seen } = await knockAt(parts, { ...planned, reach }, winrm, options)
      answer = seen
    } catch (error) {
      // With `auto`, the best way shows why none answered. Otherwise the survey's own failure says more than this one.
      if (planned.reach.kind === 'auto' && !options.signal.aborted)
        shown = { ...failureOf(error), evidence: [...failure.evidence, ...failureOf(error).evidence] }
    }
  }
  return diagnose({
    knocked: knockedAt(planned, reach, credential?.user ?? null),
    fromWindows: process.platform === 'win32',
    answer,
    failure: shown,
    facts: null,
    complete: false,
  })
}

function waysInto(reach: DoorReach) {
  return { door: doorOf(reach), winrm: reach.kind === 'winrm' ? reach : undefined }
}

function knockedAt({ name, address }: Host, reach: DoorReach, user: string | null): Knocked {
  const { door, winrm } = waysInto(reach)
  return { name, address, ...door, tls: winrm?.tls ?? false, auth: winrm?.auth ?? null, user }
}

// With `auto` the way is chosen as a run would choose it. If nothing answers, the best way shows why.
async function doorFor(
  parts: DoctorParts,
  { name, reach, ...host }: Host,
  options: DoctorOptions,
  onFound?: (found: string) => void,
): Promise<{ readonly reach: DoorReach; readonly chosen?: string }> {
  if (reach.kind === 'ssh' || reach.kind === 'winrm') return { reach }
  if (reach.kind !== 'auto') throw noConnection(name, reach.kind)
  const { signal, waitMs } = options
  const { chooseReach } = await import('../../transports/auto/choose-reach.ts')
  // A missing entry is reported when it is used.
  const credential =
    options.credential ??
    (host.credential === undefined ? undefined : await parts.vault.credential(host.credential).catch(() => undefined))
  try {
    const found = await chooseReach({
      host: { ...host, name, reach },
      credential,
      trust: trustOf(parts),
      ways: autoReaches,
      waitMs,
      signal,
      ...(onFound && { onFound }),
    })
    return { reach: found.reach, chosen: doctorText.chosen(reachInWords(found.reach), found.why) }
  } catch (error) {
    failureOf(error)
    return { reach: bestReach }
  }
}

async function knockAt(
  parts: DoctorParts,
  host: Host,
  reach: Extract<Host['reach'], { kind: 'winrm' }>,
  { signal, waitMs }: DoctorOptions,
) {
  const [{ knock }, { standardExchangeLimits }] = await Promise.all([
    import('../../transports/winrm/http/knock.ts'),
    import('../../transports/winrm/http/limits.ts'),
  ])
  const trust =
    reach.certificate === undefined
      ? { kind: 'first-sight' as const, store: trustOf(parts) }
      : { kind: 'fingerprint' as const, fingerprint: reach.certificate }
  const peer = { name: host.name, address: host.address, port: doorOf(reach).port }
  return knock({
    peer,
    tls: reach.tls,
    trust,
    limits: { ...standardExchangeLimits, connectMs: waitMs, signInMs: waitMs },
    signal,
  })
}

async function firstVerb(parts: DoctorParts, host: Host, credential: Credential | undefined, signal: AbortSignal) {
  const transports = await (parts.reach ?? openTransports)({
    plan: { hosts: [host] },
    clock: systemClock(),
    siteFile: undefined,
    trust: trustOf(parts),
    signIns: parts.signIns,
  })
  try {
    const session = await transports.for(host).open(host, credential, signal)
    try {
      const facts = await session.run('Get-HostFacts', {}, { signal })
      const at = Date.parse(facts.clock)
      return { administrator: facts.administrator, skewMs: Number.isNaN(at) ? null : at - Date.now() }
    } finally {
      await session.close()
    }
  } finally {
    await transports.close()
  }
}

const noCause: readonly Failure['kind'][] = ['bug', 'uncertain', 'plan', 'request', 'workstation']

function isNoCause(failure: Failure): boolean {
  return noCause.includes(failure.kind) && !concernsVault(failure)
}

// A cancelled check, a wrong request and our own bugs are no cause at the host.
function failureOf(error: unknown): Failure {
  const failure = toFailure(error)
  if (isNoCause(failure)) throw error
  return failure
}
