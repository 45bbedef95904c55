/** Owns the doctor: knocks at one host as a run would, step by step, and gives the one cause why it cannot be reached. */
import { comesAfterAnswer, concernsVault } from '../../../domain/doctor/cause.ts'
import { diagnose, type AnswerSeen, type Diagnosis, type Observed } from '../../../domain/doctor/diagnosis.ts'
import type { Knocked } from '../../../domain/doctor/knocked.ts'
import { failed, toFailure, type Failure } from '../../../domain/base/failure.ts'
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
import type { Dependencies } from './dependencies.ts'
import { trustOf } from './trust.ts'

export interface DoctorOptions {
  readonly signal: AbortSignal
  /** Whom to sign in as, where the host names no entry of the vault. */
  readonly credential?: Credential
  /** Milliseconds for the connection, and again for the answer to the first request. */
  readonly waitMs: number
  /** Told of each port, where the plan leaves the way open. */
  readonly onDoor?: (found: string) => void
  /** Told of each thing that was found to be well. */
  readonly onWell?: (what: string) => void
}

export interface Examined {
  readonly host: string
  readonly address: string
  readonly port: number
  readonly by: 'WinRM' | 'SSH'
  /** What was found at each port, the best way first, where the plan leaves the way open; else empty. */
  readonly doors: readonly string[]
  /** What was found to be well, in order. */
  readonly well: readonly string[]
  /** False where no credential is named: then only what comes before the sign-in was looked at. */
  readonly signedIn: boolean
  readonly diagnosis: Diagnosis | null
}

type DoctorParts = Pick<Dependencies, 'store' | 'by' | 'vault' | 'redactor' | 'onPinned' | 'reach' | 'signIns'>

/** Examines a host; nothing on it is changed. A certificate or key seen for the first time is recorded. Throws FailureError `request` for a host that is not reached over the network. */
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
  if (!winrm && nobody && planned.reach.kind !== 'auto')
    throw failed(
      'request',
      'no-credential',
      `No credential is named for ${host.name}, and SSH shows nothing without one.`,
      'Name an entry of the vault.',
    )
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
    parts.redactor.redactDeep({ host: host.name, address: host.address, ...door, doors, well, signedIn, diagnosis })

  if (winrm) {
    try {
      const { fingerprint, ...seen } = await knockAt(parts, host, winrm, options)
      answer = seen
      isWell(`${host.address} answers on port ${door.port}`)
      if (fingerprint !== null) isWell(`its certificate is accepted: ${fingerprint}`)
    } catch (error) {
      return ended(judge({ failure: failureOf(error) }), false)
    }
    const diagnosis = judge({})
    if (diagnosis) return ended(diagnosis, false)
    isWell(`WinRM asks who is there, and offers ${answer.offers.join(', ')}`)
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
    isWell(`${credential?.user ?? 'the user'} is let in, and PowerShell answers`)
    return ended(judge({ facts, complete: true }), true)
  } catch (error) {
    return ended(judge({ failure: failureOf(error) }), false)
  }
}

/**
 * The one cause of a failure that a survey has met. No credential is shown to the host again, so that no account is locked: who answers there is asked
 * without one. Null for what is no cause at a host, and for hosts that are not reached over the network.
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
      // Of several ways none answered: the best of them shows why. Else what stopped the survey says more than a later look.
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

// Where a plan leaves the way open, it is chosen as a run would choose. Where nothing answers at all, the best way shows why.
async function doorFor(
  parts: DoctorParts,
  { name, reach, ...host }: Host,
  options: DoctorOptions,
  onFound?: (found: string) => void,
): Promise<{ readonly reach: DoorReach; readonly chosen?: string }> {
  if (reach.kind === 'ssh' || reach.kind === 'winrm') return { reach }
  if (reach.kind !== 'auto')
    throw failed(
      'request',
      'no-door',
      `${name} is ${reach.kind}: nothing is reached over the network there.`,
      'Name a host whose reach is ssh, winrm or auto.',
    )
  const { signal, waitMs } = options
  const { chooseReach } = await import('../../transports/auto/choose-reach.ts')
  // An entry that cannot be had is told of when it is used.
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
    return { reach: found.reach, chosen: `${reachInWords(found.reach)} is chosen. ${found.why}` }
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

// Called off, what was typed, and errors of ours are no cause at the host.
function failureOf(error: unknown): Failure {
  const failure = toFailure(error)
  if (isNoCause(failure)) throw error
  return failure
}
