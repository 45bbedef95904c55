/** Owns what the faults of WS-Management mean: which are asked again, which want a new shell, which wait, and what is said of the rest. */
import { FailureError, type Failure } from '../../../../domain/base/failure.ts'
import * as names from './names.ts'
import { attributeOf, childOf, descend, trimmed, type XmlElement } from './xml.ts'

/** again: not yet; reopen: the shell is gone; back-off: a quota, later there may be room; report: only a person can help. */
export type FaultAction = 'again' | 'reopen' | 'back-off' | 'report'

/** A fault as the host gave it. `code` is its number, undefined where it gave none. */
export interface Fault {
  readonly code: number | undefined
  readonly text: string
}

interface Meaning {
  readonly action: FaultAction
  readonly kind?: Failure['kind']
  /** Goes on after "HOST ...". */
  readonly what: string
  readonly todo: string
}

export const notYet = 2150858793
const unknownShell = 2150858843
const aborted = 995
const timedOutSubcode = 'TimedOut'

const quota =
  'Close other remote sessions of this user on the host, or raise the quota there (winrm get winrm/config/winrs).'
const ours = 'Report it with the evidence.'
const credentials =
  'Correct the user or the password in the vault; it is not tried again by itself, so that the account is not locked.'

/** Every number we know (wsmerror.h, winerror.h), in words. */
export const faultMeanings: Readonly<Record<number, Meaning>> = {
  [notYet]: {
    action: 'again',
    what: 'had no output within the time of one request',
    todo: 'Nothing: it is asked again.',
  },
  [unknownShell]: {
    action: 'reopen',
    what: 'no longer knows the shell or the command: it was closed, was idle for too long, or the host restarted',
    todo: 'Retry: a new shell is opened, and what the last request did is looked at first.',
  },
  2147943418: {
    action: 'reopen',
    what: "unloaded the user's profile under the shell",
    todo: 'Retry: a new shell is opened.',
  },
  2150859174: {
    action: 'reopen',
    what: 'counts too many operations in this shell',
    todo: 'Retry: a new shell is opened.',
  },
  2150859240: {
    action: 'reopen',
    what: 'counts too many operations of this user',
    todo: 'Retry: a new shell is opened.',
  },
  2150859241: {
    action: 'reopen',
    what: 'counts too many commands in this shell',
    todo: 'Retry: a new shell is opened.',
  },
  2150859230: {
    action: 'reopen',
    what: 'lost the stream of the command',
    todo: 'Retry: a new shell is opened, and what the last request did is looked at first.',
  },
  2150859173: { action: 'back-off', what: 'has as many shells open for this user as it allows', todo: quota },
  2150859175: { action: 'back-off', what: 'has as many operations open for this user as it allows', todo: quota },
  2150859176: { action: 'back-off', what: 'has as many operations open as it allows', todo: quota },
  2150859179: { action: 'back-off', what: 'has as many users in remote shells as it allows', todo: quota },
  2150859236: {
    action: 'back-off',
    what: 'has as many shells of this kind open for this user as it allows',
    todo: quota,
  },
  2150859237: { action: 'back-off', what: 'has as many users of this kind of shell as it allows', todo: quota },
  2150859238: { action: 'back-off', what: 'has as many shells of this kind open as it allows', todo: quota },
  2150859239: { action: 'back-off', what: 'has as many operations of this kind open as it allows', todo: quota },
  2150859180: {
    action: 'report',
    what: 'does not allow remote shells',
    todo: 'Allow them on the host: winrm set winrm/config/winrs @{AllowRemoteShellAccess="true"}, or the policy Allow Remote Shell Access.',
  },
  2150858790: { action: 'report', kind: 'bug', what: 'was sent a larger envelope than it takes', todo: ours },
  2150858825: {
    action: 'report',
    kind: 'bug',
    what: 'would have had to answer with a larger envelope than it may send',
    todo: ours,
  },
  2150858767: {
    action: 'report',
    kind: 'bug',
    what: 'found a header in our request that it does not take',
    todo: ours,
  },
  2150858817: { action: 'report', kind: 'bug', what: 'found our request not to be of the form it wants', todo: ours },
  87: { action: 'report', kind: 'bug', what: 'found a parameter in our request that it does not take', todo: ours },
  2150858811: {
    action: 'report',
    what: 'has no such shell to offer',
    todo: 'Enable remote management on the host anew (winrm quickconfig), or reach the host by SSH.',
  },
  2150858806: { action: 'report', kind: 'credential', what: 'does not accept the credential', todo: credentials },
  1326: { action: 'report', kind: 'credential', what: 'does not accept the user or the password', todo: credentials },
  5: {
    action: 'report',
    kind: 'credential',
    what: 'let the user in and does not let it open a remote shell',
    todo: 'Use an administrator of the host; a local one other than Administrator needs LocalAccountTokenFilterPolicy = 1 under HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System there.',
  },
  2147942402: {
    action: 'report',
    what: 'did not find the program',
    todo: 'Check that the host has Windows PowerShell 5.1 (System32\\WindowsPowerShell\\v1.0) and that PATH holds it.',
  },
  2147942606: { action: 'report', kind: 'bug', what: 'found the command line too long', todo: ours },
  [aborted]: {
    action: 'reopen',
    what: 'ended the command while its output was waited for',
    todo: 'Retry: what the last request did is looked at first.',
  },
}

/** A fault on its way to whoever asked. It is a Failure like any other; `fault` and `action` are for those who know what to do about it. */
export class FaultError extends FailureError {
  readonly fault: Fault
  readonly action: FaultAction
  constructor(host: string, fault: Fault) {
    const meaning = (fault.code === undefined ? undefined : faultMeanings[fault.code]) ?? unknown
    const number = fault.code === undefined ? '' : ` (fault ${fault.code})`
    super({
      kind: meaning.kind ?? (meaning.action === 'reopen' ? 'link' : 'host'),
      code: fault.code === undefined ? 'wsman-fault' : `wsman-${fault.code}`,
      message: `${host} ${meaning.what}${number}.`,
      hint: meaning.todo,
      retry: meaning.action === 'report' ? 'never' : 'backoff',
      evidence: fault.text === '' ? [] : [fault.text],
    })
    this.name = 'FaultError'
    this.fault = fault
    this.action = meaning.action
  }
}

const unknown: Meaning = {
  action: 'report',
  what: 'refused a request of WinRM',
  todo: 'Look at what the host says in the evidence, put it right, then retry.',
}

/** Reads a Fault element: the number in WSManFault, in MSFT_WmiError of newer hosts, or in the subcode of those that give neither. */
export function readFault(fault: XmlElement): Fault {
  const detail = childOf(fault, names.soap, 'Detail')
  const own = childOf(detail, names.wsmanFault, 'WSManFault')
  const wmi = childOf(detail, names.wmiError, 'MSFT_WmiError')
  const subcode = trimmed(descend(fault, names.soap, 'Code', 'Subcode', 'Value'))
    ?.split(':')
    .at(-1)
  const code =
    numberOf(attributeOf(own, 'Code')) ??
    numberOf(trimmed(childOf(wmi, names.wmiError, 'error_Code'))) ??
    (subcode === timedOutSubcode ? notYet : undefined)
  const text =
    [
      textsOf(childOf(own, names.wsmanFault, 'Message')),
      trimmed(childOf(wmi, names.wmiError, 'Message')),
      trimmed(descend(fault, names.soap, 'Reason', 'Text')),
    ].find((one) => one !== undefined && one !== '') ?? ''
  return { code, text: text.replace(/\s+/g, ' ').slice(0, 1_000) }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

// A Message holds its text itself or, some levels down, in what the provider behind it said.
function textsOf(element: XmlElement | undefined): string {
  return element
    ? [element.text, ...element.children.map(textsOf)]
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .join(' ')
    : ''
}
