/** The faults of a practice site: their kinds, their notation, and which calls of a session belong to which step. */
import { HostName } from '../../../domain/base/ids.ts'
import type { Verb } from '../../../domain/remote/verb.ts'
import { unknownFault } from './failures.ts'
import { faultSyntaxText, faultText as shows } from './text.ts'

/** A call of a session: a verb, opening it, or a file sent or fetched. */
export type Call = Verb | 'open' | 'put' | 'get'

/** A transport knows calls, not steps: the calls that a step of each kind makes, the changing ones first. */
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
  /** How often it shows unless the text says so: -1 is forever. */
  readonly count: number
  readonly shows: string
}

/** Every kind, the steps it can be aimed at (the first is the default), and what it shows. */
export const faultKinds = {
  unreachable: {
    steps: everyStep,
    count: 3,
    shows: shows.unreachable,
  },
  drop: {
    steps: everyStep.filter((step) => step !== 'reach-host'),
    count: 1,
    shows: shows.drop,
  },
  slow: { steps: everyStep, count: forever, shows: shows.slow },
  'exit-1603': { steps: ['run-installer'], count: 1, shows: shows['exit-1603'] },
  'exit-1618': {
    steps: ['run-installer'],
    count: 2,
    shows: shows['exit-1618'],
  },
  'exit-3010': { steps: ['run-installer'], count: 1, shows: shows['exit-3010'] },
  'exit-1641': { steps: ['run-installer'], count: 1, shows: shows['exit-1641'] },
  'reboot-during-install': {
    steps: ['run-installer'],
    count: 1,
    shows: shows['reboot-during-install'],
  },
  'disk-full': {
    steps: ['stage-artefact', 'run-installer'],
    count: forever,
    shows: shows['disk-full'],
  },
  'wrong-hash': {
    steps: ['stage-artefact', 'verify-artefact'],
    count: 1,
    shows: shows['wrong-hash'],
  },
  'service-never-starts': {
    steps: ['await-service'],
    count: forever,
    shows: shows['service-never-starts'],
  },
  'wrong-certificate': {
    steps: ['await-endpoint'],
    count: forever,
    shows: shows['wrong-certificate'],
  },
  'wrong-password': { steps: ['reach-host'], count: forever, shows: shows['wrong-password'] },
  'clock-off': { steps: ['collect-facts'], count: forever, shows: shows['clock-off'] },
  'old-os': { steps: ['collect-facts'], count: forever, shows: shows['old-os'] },
  'host-key-changed': {
    steps: ['reach-host'],
    count: forever,
    shows: shows['host-key-changed'],
  },
} as const satisfies Record<string, KindOfFault>
export type FaultKind = keyof typeof faultKinds

/**
 * One fault to inject. `step` is null where the text named none; `skip` calls pass before it shows; `count` is -1 for
 * ever.
 */
export interface Fault {
  readonly kind: FaultKind
  readonly host: string
  readonly step: FaultStep | null
  readonly skip: number
  readonly count: number
}

/**
 * Reads KIND@HOST[:STEP][+SKIP][*COUNT], for example drop@RUN003:run-installer or exit-1618@HUB01*4 (COUNT may be
 * `forever`). Throws FailureError of kind `request`, listing what is possible.
 */
export function parseFault(text: string): Fault {
  const match = /^([^@]*)@([^:+*]*)(?::([^+*]*))?(?:\+(\d{1,6}))?(?:\*(\d{1,6}|forever))?$/.exec(text.trim())
  if (!match) throw unknownFault(text, faultSyntaxText.form, faultSyntaxText.example)
  const [, kind = '', host = '', stepText, skip = '0', count] = match
  if (!isKind(kind))
    throw unknownFault(text, faultSyntaxText.noKind(kind), faultSyntaxText.kinds(Object.keys(faultKinds)))
  if (!HostName.safeParse(host).success)
    throw unknownFault(text, faultSyntaxText.noHostName(host), faultSyntaxText.nameHost)
  const known: KindOfFault = faultKinds[kind]
  const step = known.steps.find((name) => name === stepText)
  if (stepText !== undefined && step === undefined)
    throw unknownFault(text, faultSyntaxText.wrongStep(kind, stepText), faultSyntaxText.steps(kind, known.steps))
  if (count === '0') throw unknownFault(text, faultSyntaxText.countOfZero, faultSyntaxText.nameCount)
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
      // A connection that breaks during a change is the harder case; a step that changes nothing can only break while
      // reading.
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
