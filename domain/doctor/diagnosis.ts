/** Owns the judgement why a host cannot be reached: one cause, the earliest on the way from its name to its clock, with the evidence and what helps. */
import { z } from 'zod'
import type { Failure } from '../base/failure.ts'
import type { Facts } from '../remote/facts.ts'
import * as looks from './remedy-inspection.ts'
import * as remedies from './remedy.ts'
import { accountIn, onlyWhere, Remedy, toChange, toLook } from './remedy.ts'

export const causes = [
  'name-unresolved',
  'no-route',
  'port-filtered',
  'port-closed',
  'port-silent',
  'not-tls',
  'tls-too-old',
  'listener-without-certificate',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-usage',
  'certificate-untrusted',
  'certificate-name',
  'certificate-changed',
  'host-key-changed',
  'proxy',
  'not-winrm',
  'not-ssh',
  'winrm-stopped',
  'basic-off',
  'ntlm-not-offered',
  'ntlm-refused',
  'kerberos-not-offered',
  'spn',
  'credential-unusable',
  'client-certificate-refused',
  'ticket-refused',
  'password-refused',
  'token-filter',
  'not-administrator',
  'remote-shells-off',
  'quota',
  'clock',
  'other',
] as const
export type Cause = (typeof causes)[number]

/** What was knocked at. `user` is whom we signed in as, null where nobody was. */
export interface Knocked {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly by: 'WinRM' | 'SSH'
  readonly tls: boolean
  readonly auth: 'ntlm' | 'basic' | 'certificate' | 'kerberos' | null
  readonly user: string | null
}

/** The answer to a request that carried no credential. `proxy` is what shows one on the way; `skewMs` is the host's clock less ours. */
export interface AnswerSeen {
  readonly status: number
  readonly server: string | null
  readonly proxy: string | null
  readonly offers: readonly string[]
  readonly skewMs: number | null
}

export interface Observed {
  readonly knocked: Knocked
  /** True on a Windows workstation. */
  readonly fromWindows: boolean
  /** How the last thing that was tried ended; null where it ended well. */
  readonly failure: Failure | null
  readonly answer: AnswerSeen | null
  /** Null until the host has told them. `skewMs` as above. */
  readonly facts: (Pick<Facts, 'administrator'> & { readonly skewMs: number | null }) | null
  /** True where nothing more will be tried: a clock is blamed only then. */
  readonly complete: boolean
}

export const Diagnosis = z.strictObject({
  cause: z.enum(causes),
  sentence: z.string(),
  evidence: z.array(z.string()),
  hint: z.string(),
  remedy: Remedy.nullable().describe('null in older surveys only'),
  notes: z.array(z.string()).describe('what else may play a part'),
})
export type Diagnosis = z.infer<typeof Diagnosis>

// Kerberos and domain sign-in refuse more (RFC 4120 section 1.6 calls five minutes typical; Windows has them as it comes).
const skewLimitMs = 5 * 60_000

const byCode: Readonly<Record<string, Cause>> = {
  'name-unresolved': 'name-unresolved',
  unreachable: 'no-route',
  'connect-timeout': 'port-filtered',
  'connection-refused': 'port-closed',
  'answer-timeout': 'port-silent',
  'not-tls': 'not-tls',
  'tls-too-old': 'tls-too-old',
  'tls-failed': 'listener-without-certificate',
  'certificate-expired': 'certificate-expired',
  'certificate-not-yet-valid': 'certificate-not-yet-valid',
  'certificate-usage': 'certificate-usage',
  'certificate-untrusted': 'certificate-untrusted',
  'certificate-name': 'certificate-name',
  'certificate-changed': 'certificate-changed',
  'host-key-changed': 'host-key-changed',
  'bad-answer': 'not-winrm',
  'not-winrm': 'not-winrm',
  'winrm-stopped': 'winrm-stopped',
  'handshake-timeout': 'port-silent',
  'handshake-failed': 'not-ssh',
  'basic-not-offered': 'basic-off',
  'ntlm-not-offered': 'ntlm-not-offered',
  'ntlm-refused': 'ntlm-refused',
  'kerberos-not-offered': 'kerberos-not-offered',
  'service-unknown': 'spn',
  'service-of-another': 'spn',
  'clock-skew': 'clock',
  'ticket-refused': 'ticket-refused',
  'certificate-refused': 'client-certificate-refused',
  refused: 'password-refused',
  'not-let-in': 'password-refused',
  'wsman-1326': 'password-refused',
  'wsman-2150858806': 'password-refused',
  'wsman-5': 'not-administrator',
  'wsman-2150859180': 'remote-shells-off',
  'wsman-2150859173': 'quota',
  'wsman-2150859175': 'quota',
  'wsman-2150859176': 'quota',
  'wsman-2150859179': 'quota',
  'wsman-2150859236': 'quota',
  'wsman-2150859237': 'quota',
  'wsman-2150859238': 'quota',
  'wsman-2150859239': 'quota',
}

/** True for a failure that came after the host's first answer, or may have: who answered then has a word in its cause. */
export function comesAfterAnswer({ code }: Failure): boolean {
  return causes.indexOf(byCode[code] ?? 'other') >= causes.indexOf('proxy')
}

/** The one cause of what was observed; null where nothing is wrong so far. */
export function diagnose(observed: Observed): Diagnosis | null {
  const { failure, answer, knocked } = observed
  // What answered without being WinRM explains every failure after it.
  const early = answer && ofAnswer(answer, knocked)
  if (early) return early
  const far = skewOf(observed)
  if (failure) {
    const cause = causeOf(failure, knocked)
    // A ticket may be refused for the clock alone, and the host need not say so.
    if (cause === 'ticket-refused' && far !== null) return ofClock(knocked, far)
    const skew = far === null ? [] : [clockLine(far)]
    return {
      cause,
      sentence: sentenceOf(cause, failure),
      evidence: [`${failure.kind} ${failure.code}`, ...failure.evidence, ...skew],
      hint: failure.hint,
      remedy: remedyOf(cause, failure, knocked),
      notes: notesOf(cause, observed),
    }
  }
  if (observed.facts?.administrator === false) {
    const cause = isLocal(knocked) && knocked.by === 'WinRM' ? 'token-filter' : 'not-administrator'
    const sentence =
      cause === 'token-filter'
        ? `${describeTarget(knocked)} let ${knocked.user ?? ''} in without administrator rights: Windows filters the token of a local account that comes over the network.`
        : `${describeTarget(knocked)} let ${knocked.user ?? 'the user'} in, who is not an administrator there.`
    return {
      cause,
      sentence,
      evidence: ['the session says that it has no administrator rights'],
      hint: 'Use an administrator of the host, or do what stands below.',
      remedy: remedyOf(cause, null, knocked),
      notes: notesOf(cause, observed),
    }
  }
  return observed.complete && far !== null ? ofClock(knocked, far) : null
}

/** True for an account of the host itself, other than the built-in Administrator, whose token is not filtered. */
export function isLocal(knocked: Pick<Knocked, 'user' | 'name' | 'address'>): boolean {
  return isOfHost(knocked) && accountIn(knocked.user ?? '').toLowerCase() !== 'administrator'
}

function isOfHost({ user, name, address }: Pick<Knocked, 'user' | 'name' | 'address'>): boolean {
  const [, domain = '', account = ''] = /^(?:([^\\]*)\\)?(.+)$/s.exec(user ?? '') ?? []
  if (account === '' || account.includes('@')) return false
  return ['', '.', name, address, address.split('.')[0]].some((one) => one?.toLowerCase() === domain.toLowerCase())
}

function causeOf(failure: Failure, knocked: Knocked): Cause {
  const cause = byCode[failure.code]
  if (cause === 'not-administrator' && isLocal(knocked)) return 'token-filter'
  if (cause !== undefined) return cause
  return failure.kind === 'credential' ? 'credential-unusable' : 'other'
}

function ofAnswer(answer: AnswerSeen, knocked: Knocked): Diagnosis | null {
  const { status, server, proxy, offers } = answer
  const at = describeTarget(knocked)
  const evidence = [
    `HTTP ${status}`,
    `Server: ${server ?? 'not said'}`,
    `WWW-Authenticate: ${offers.join(', ') || 'nothing'}`,
    ...(proxy === null ? [] : [proxy]),
  ]
  const say = (cause: Cause, sentence: string, hint: string): Diagnosis => ({
    cause,
    sentence,
    evidence,
    hint,
    remedy: remedyOf(cause, null, knocked),
    notes: [],
  })
  if (proxy !== null || [407, 502, 504].includes(status))
    return say(
      'proxy',
      `A proxy or gateway answers in the place of ${at}.`,
      'Let the connection from this workstation to the host past the proxy: WinRM goes straight.',
    )
  if (status === 503)
    return say(
      'winrm-stopped',
      `${at} answers, but its WinRM service is stopped or starting (HTTP 503).`,
      'Start the service WinRM on the host.',
    )
  if (status !== 401)
    return say(
      'not-winrm',
      `${at} speaks HTTP and is not WinRM: it does not ask who is there (HTTP ${status}).`,
      'Check the port (5986 with TLS, 5985 without); another web server may have it.',
    )
  const offered = (...schemes: string[]) => offers.some((offer) => schemes.includes(offer.toLowerCase()))
  const missing = (cause: Cause, way: string) =>
    say(
      cause,
      `${at} does not let anybody in by ${way}; it offers ${offers.join(', ') || 'nothing'}. No password was shown to it.`,
      'Use one of the ways it offers (hosts[].reach.auth of the plan), or allow this one on the host.',
    )
  if (knocked.auth === 'basic' && !offered('basic')) return missing('basic-off', 'Basic')
  if (knocked.auth === 'ntlm' && !offered('negotiate')) return missing('ntlm-not-offered', 'NTLM')
  if (knocked.auth === 'kerberos' && !offered('negotiate', 'kerberos'))
    return missing('kerberos-not-offered', 'Kerberos')
  return null
}

function ofClock(knocked: Knocked, skewMs: number): Diagnosis {
  return {
    cause: 'clock',
    sentence: `The clock of ${describeTarget(knocked)} is more than 5 minutes from this workstation's.`,
    evidence: [clockLine(skewMs)],
    hint: 'Find out which of the two clocks is wrong, set it, and repair its time source.',
    remedy: toChange(remedies.setClock),
    notes: [],
  }
}

function sentenceOf(cause: Cause, failure: Failure): string {
  return cause === 'token-filter'
    ? `${failure.message} For a local account that is Windows' filter on tokens that come over the network.`
    : failure.message
}

type Seen = Knocked & { readonly code: string }
// Of WinRM, as Windows has them.
const [plainPort, tlsPort] = [5985, 5986]
const renewed = ({ address }: Seen) => toChange(remedies.renewCertificate(address))

/** What helps against a cause. Every cause has a remedy: the compiler asks for it. `code` is that of the failure, empty where there was none. */
export const remedyFor: Readonly<Record<Cause, (seen: Seen) => Remedy>> = {
  'name-unresolved': () => toChange(remedies.registerName),
  'no-route': ({ address, port }) => ({
    ...toChange(
      onlyWhere('the host is switched on, the address is right, and no way is shown to it', remedies.addRoute(address)),
      looks.onTheWay(address, port),
    ),
    at: 'workstation',
  }),
  'port-filtered': ({ port }) => toChange(remedies.openPort(port)),
  'port-closed': ({ address, port, by, tls }) => {
    if (by === 'SSH') return toChange(remedies.switchOnSsh)
    if (tls) return toChange(remedies.listenWithTls(address, port))
    return port === plainPort ? toChange(remedies.enableRemoting) : toLook(looks.atPort(port, by))
  },
  'port-silent': ({ by }) => toChange(remedies.restart(by === 'SSH' ? 'sshd' : 'WinRM')),
  'not-tls': ({ address, port, by }) =>
    port === tlsPort
      ? toLook(looks.atPort(port, by))
      : toChange(
          onlyWhere(
            `no listener with TLS is shown; then the plan names port ${tlsPort}`,
            remedies.listenWithTls(address, tlsPort),
          ),
          looks.atPort(port, by),
        ),
  'tls-too-old': () => toChange(remedies.allowTls12),
  'listener-without-certificate': renewed,
  'certificate-expired': renewed,
  'certificate-usage': renewed,
  'certificate-name': renewed,
  'certificate-not-yet-valid': ({ address }) =>
    toChange(onlyWhere('both clocks are right', remedies.renewCertificate(address)), looks.certificatesAndClock),
  'certificate-untrusted': () => toLook(looks.certificates),
  'certificate-changed': () => toLook(looks.certificates),
  'host-key-changed': () => toLook(looks.hostKeys),
  proxy: ({ address, port }) => toLook(looks.proxies(address, port), 'workstation'),
  'not-winrm': ({ address, port, by, tls }) => {
    const due = `WinRM is shown to listen nowhere and port ${tls ? tlsPort : plainPort} is no other program's; then the plan names that port`
    return toChange(
      onlyWhere(due, tls ? remedies.listenWithTls(address, tlsPort) : remedies.enableRemoting),
      looks.atPort(port, by),
    )
  },
  'not-ssh': ({ port }) =>
    port === 22
      ? toChange(
          onlyWhere("no service sshd is shown, and port 22 is no other program's", remedies.switchOnSsh),
          looks.atPort(port, 'SSH'),
        )
      : toLook(looks.atPort(port, 'SSH')),
  'winrm-stopped': () => toChange(remedies.startWinrm),
  'basic-off': () => toChange(remedies.allowAuth('Basic')),
  'ntlm-not-offered': () => toChange(remedies.allowAuth('Negotiate')),
  'kerberos-not-offered': () => toChange(remedies.allowAuth('Kerberos')),
  'ntlm-refused': () => toChange(remedies.allowIncomingNtlm),
  spn: ({ address }) => toChange(remedies.registerSpn(address)),
  'credential-unusable': (seen) => {
    if (seen.code === 'no-agent' || seen.code === 'agent-failed')
      return {
        ...toChange(onlyWhere('the agent is shown to be stopped', remedies.startAgent), looks.agent),
        at: 'workstation',
      }
    if (['way-not-offered', 'interactive-question', 'second-factor'].includes(seen.code)) return toLook(looks.waysOfSsh)
    if (seen.code === 'password-expired') return toLook(looks.account(seen.user, isOfHost(seen), seen.by))
    return toLook(
      ['no-ticket', 'ticket-expired', 'ticket-of-another'].includes(seen.code)
        ? looks.ownTickets(seen.address)
        : looks.vault,
      'workstation',
    )
  },
  'client-certificate-refused': () => toChange(remedies.allowAuth('Certificate')),
  // Channel binding is of TLS.
  'ticket-refused': ({ address, tls }) =>
    tls
      ? toChange(onlyWhere('CbtHardeningLevel is shown to be Strict', remedies.relaxBinding), looks.tickets(address))
      : toLook(looks.tickets(address)),
  'password-refused': (seen) => {
    const look = looks.account(seen.user, isOfHost(seen), seen.by)
    return seen.user === null
      ? toLook(look)
      : toChange(onlyWhere('the account is shown to be locked', remedies.unlock(seen.user, isOfHost(seen))), look)
  },
  'token-filter': () => toChange(remedies.liftTokenFilter),
  'not-administrator': ({ user }) =>
    user === null ? toLook(looks.administrators) : toChange(remedies.makeAdministrator(user)),
  'remote-shells-off': () => toChange(remedies.allowRemoteShells),
  quota: ({ code }) => {
    const change = remedies.raiseQuota(code)
    return change ? toChange(change) : toLook(looks.quotas)
  },
  clock: () => toChange(remedies.setClock),
  other: ({ by }) => toLook(looks.latest(by)),
}

function remedyOf(cause: Cause, failure: Failure | null, knocked: Knocked): Remedy {
  return remedyFor[cause]({ ...knocked, code: failure?.code ?? '' })
}

function notesOf(cause: Cause, { knocked, fromWindows }: Observed): string[] {
  if (knocked.by !== 'WinRM') return []
  const notes: string[] = []
  if (cause === 'password-refused' && isLocal(knocked))
    notes.push(
      'Windows answers the same to a local account whose token it filters: where the password is right, look at LocalAccountTokenFilterPolicy on the host.',
    )
  if (
    fromWindows &&
    ['password-refused', 'ticket-refused', 'ntlm-refused', 'ntlm-not-offered', 'kerberos-not-offered'].includes(cause)
  )
    notes.push(
      `TrustedHosts of this workstation binds Enter-PSSession and winrs; Rollout does not use it. Where those are refused too: ${remedies.trustedHosts(knocked.address)}`,
    )
  return notes
}

function skewOf({ answer, facts }: Observed): number | null {
  const skew = facts?.skewMs ?? answer?.skewMs ?? null
  return skew !== null && Math.abs(skew) > skewLimitMs ? skew : null
}

function clockLine(skewMs: number): string {
  return `the host's clock is ${Math.round(Math.abs(skewMs) / 60_000)} minutes ${skewMs > 0 ? 'ahead of' : 'behind'} this workstation's`
}

function describeTarget({ name, address, port }: Knocked): string {
  return `${name} (${address.includes(':') ? `[${address}]` : address}:${port})`
}
