/** Owns the faults a practice site can show: their kinds, the text that asks for one, and which calls of a session belong to which step. */
import { failed } from '../../../domain/base/failure.ts'
import { HostName } from '../../../domain/base/ids.ts'
import type { Verb } from '../../../domain/remote/verb.ts'

/** What a session is asked for: a verb, opening itself, or a file sent or fetched. */
export type Call = Verb | 'open' | 'put' | 'get'

/** A transport knows calls, not steps: which calls a step of each kind makes, the ones that change the host first. */
export const callsOfStep = {
  'reach-host': ['open'],
  'collect-facts': ['Get-HostFacts'],
  'check-host': ['Get-HostFacts'],
  'probe-flow': ['Test-NetworkPath'],
  'stage-artefact': ['put', 'Publish-File', 'New-WorkFolder'],
  'verify-artefact': ['Get-FileState'],
  'run-installer': ['Start-HostJob', 'Read-HostJob'],
  'by-hand': ['Get-ProductState'],
  'await-service': ['Start-HostService', 'Get-ServiceState'],
  'open-port': ['Set-FirewallRule', 'Get-FirewallRule'],
  'trust-certificate': ['Add-TrustedCertificate', 'Get-CertificateTrust'],
  'await-endpoint': ['Test-Endpoint'],
  'reboot-host': ['Restart-Host', 'Get-BootId'],
} as const satisfies Record<string, readonly Call[]>
export type FaultStep = keyof typeof callsOfStep

const everyStep = Object.keys(callsOfStep) as FaultStep[]
const forever = -1

interface KindOfFault {
  readonly steps: readonly FaultStep[]
  /** How often it shows when the text does not say: -1 is for ever. */
  readonly count: number
  readonly shows: string
}

/** Every kind, the steps it can be aimed at (the first is meant when none is named), and what it shows. */
export const faultKinds = {
  unreachable: {
    steps: everyStep,
    count: 3,
    shows:
      'the host cannot be reached: as many opens fail as the count says; aimed at a later step, the link breaks there first',
  },
  drop: {
    steps: everyStep.filter((step) => step !== 'reach-host'),
    count: 1,
    shows:
      'the link breaks in the middle of the first call of that step that changes something, with a skip in any of its calls; the effect has happened or not, by the seed',
  },
  slow: { steps: everyStep, count: forever, shows: 'every call of the host, or of that step, takes ten times as long' },
  'exit-1603': { steps: ['run-installer'], count: 1, shows: 'the installer ends with 1603 and leaves nothing behind' },
  'exit-1618': {
    steps: ['run-installer'],
    count: 2,
    shows: 'the installer ends at once with 1618: another installation is in progress',
  },
  'exit-3010': { steps: ['run-installer'], count: 1, shows: 'the installer ends well and wants a restart' },
  'exit-1641': { steps: ['run-installer'], count: 1, shows: 'the installer ends well and restarts the host itself' },
  'reboot-during-install': {
    steps: ['run-installer'],
    count: 1,
    shows: 'the host restarts in mid-install and the job is lost; the product is there or not, by the seed',
  },
  'disk-full': {
    steps: ['stage-artefact', 'run-installer'],
    count: forever,
    shows: 'there is no space left on drive C:',
  },
  'wrong-hash': {
    steps: ['stage-artefact', 'verify-artefact'],
    count: 1,
    shows: 'the file on the host is not what was sent',
  },
  'service-never-starts': {
    steps: ['await-service'],
    count: forever,
    shows: 'services the installer laid down stop right after they start',
  },
  'wrong-certificate': {
    steps: ['await-endpoint'],
    count: forever,
    shows: 'the endpoint of this host presents another certificate',
  },
  'wrong-password': { steps: ['reach-host'], count: forever, shows: 'the host refuses the credential' },
  'clock-off': { steps: ['collect-facts'], count: forever, shows: 'the clock of the host is 17 minutes ahead' },
  'old-os': { steps: ['collect-facts'], count: forever, shows: 'the host reports a Windows that is too old' },
  'host-key-changed': {
    steps: ['reach-host'],
    count: forever,
    shows: 'the host presents another key than the one pinned',
  },
} as const satisfies Record<string, KindOfFault>
export type FaultKind = keyof typeof faultKinds

/** One fault to inject. `step` is null where the text named none; `skip` calls pass before it shows; `count` is -1 for ever. */
export interface Fault {
  readonly kind: FaultKind
  readonly host: string
  readonly step: FaultStep | null
  readonly skip: number
  readonly count: number
}

/**
 * Reads KIND@HOST[:STEP][+SKIP][*COUNT], for example drop@RUN003:run-installer or exit-1618@HUB01*4 (COUNT may be `forever`).
 * Throws FailureError of kind `request`, listing what is possible.
 */
export function parseFault(text: string): Fault {
  const match = /^([^@]*)@([^:+*]*)(?::([^+*]*))?(?:\+(\d{1,6}))?(?:\*(\d{1,6}|forever))?$/.exec(text.trim())
  if (!match)
    throw refusal(
      text,
      'it must read KIND@HOST or KIND@HOST:STEP',
      'Write for example drop@RUN003:run-installer, or exit-1618@HUB01*4 for four times.',
    )
  const [, kind = '', host = '', stepText, skip = '0', count] = match
  if (!isKind(kind))
    throw refusal(text, `there is no fault "${kind}"`, `Choose one of ${Object.keys(faultKinds).join(', ')}.`)
  if (!HostName.safeParse(host).success)
    throw refusal(
      text,
      `"${host}" cannot be the name of a host`,
      'Name a host of the practice site after the @, for example RUN001.',
    )
  const known: KindOfFault = faultKinds[kind]
  const step = known.steps.find((name) => name === stepText)
  if (stepText !== undefined && step === undefined)
    throw refusal(
      text,
      `${kind} cannot be aimed at the step "${stepText}"`,
      `${kind} can be aimed at ${known.steps.join(', ')}, or at no step in particular.`,
    )
  if (count === '0') throw refusal(text, 'a count of 0 would never show', 'Give a count of 1 or more, or leave it out.')
  return {
    kind,
    host,
    step: step ?? null,
    skip: Number(skip),
    count: count === undefined ? known.count : count === 'forever' ? forever : Number(count),
  }
}

/** The text parseFault reads back to the same fault. */
export function faultText(fault: Fault): string {
  const kind: KindOfFault = faultKinds[fault.kind]
  const step = fault.step ? `:${fault.step}` : ''
  const skip = fault.skip > 0 ? `+${fault.skip}` : ''
  const count = fault.count === kind.count ? '' : `*${fault.count === forever ? 'forever' : fault.count}`
  return `${fault.kind}@${fault.host}${step}${skip}${count}`
}

/** True where the fault may show in this call: a named step limits it to the calls of that step. */
export function strikesIn(fault: Pick<Fault, 'kind' | 'step'>, call: Call): boolean {
  const calls: readonly Call[] = fault.step ? callsOfStep[fault.step] : []
  switch (fault.kind) {
    case 'unreachable':
      return call === 'open' || calls.includes(call)
    case 'drop':
      // A link that breaks while something changes is the harder story; a step that changes nothing can only break while looking.
      return calls[0] === call || (fault.step === null && (call === 'put' || call === 'Start-HostJob'))
    case 'slow':
      return fault.step === null || calls.includes(call)
    case 'disk-full':
      return call === (fault.step === 'run-installer' ? 'Start-HostJob' : 'put')
    case 'wrong-hash':
      return call === (fault.step === 'verify-artefact' ? 'Get-FileState' : 'put')
    case 'exit-1603':
    case 'exit-1618':
    case 'exit-3010':
    case 'exit-1641':
    case 'reboot-during-install':
      return call === 'Start-HostJob'
    case 'service-never-starts':
      return call === 'Start-HostService'
    case 'wrong-certificate':
      return call === 'Test-Endpoint'
    case 'wrong-password':
    case 'host-key-changed':
      return call === 'open'
    case 'clock-off':
    case 'old-os':
      return call === 'Get-HostFacts'
  }
}

function isKind(text: string): text is FaultKind {
  return Object.hasOwn(faultKinds, text)
}

function refusal(text: string, why: string, hint: string) {
  return failed('request', 'unknown-fault', `The fault "${text}" cannot be injected: ${why}.`, hint)
}
