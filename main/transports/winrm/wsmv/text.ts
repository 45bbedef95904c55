/** What WS-Management tells a person: the meaning of its faults, and what is wrong with an answer. */
import type { Failure } from '../../../../domain/base/failure.ts'

/**
 * again: not yet; reopen: the shell is gone; back-off: a quota, later there may be room; report: only a person can
 * help.
 */
export type FaultAction = 'again' | 'reopen' | 'back-off' | 'report'

interface FaultText {
  readonly action: FaultAction
  readonly kind?: Failure['kind']
  /** Follows the name of the host. */
  readonly what: string
  readonly todo: string
}

export const notYet = 2150858793

const quota =
  'Close other remote sessions of this user on the host, or raise the quota there (winrm get winrm/config/winrs).'
const report = 'Report it with the evidence.'
const correctPassword =
  'Correct the user or the password in the vault. Rollout does not try it again by itself, so that the account is not locked.'
const newShell = 'Retry: Rollout opens a new shell.'
const newShellChecksFirst = 'Retry: Rollout opens a new shell and checks first what the last request did.'

/** Every fault number that we know (wsmerror.h, winerror.h). */
export const faultMeanings: Readonly<Record<number, FaultText>> = {
  [notYet]: {
    action: 'again',
    what: 'had no output within the time of one request',
    todo: 'Nothing to do: Rollout asks again.',
  },
  2150858843: {
    action: 'reopen',
    what: 'no longer knows the shell or the command: it was closed, was idle for too long, or the host restarted',
    todo: newShellChecksFirst,
  },
  2147943418: { action: 'reopen', what: "unloaded the user's profile under the shell", todo: newShell },
  2150859174: { action: 'reopen', what: 'counts too many operations in this shell', todo: newShell },
  2150859240: { action: 'reopen', what: 'counts too many operations of this user', todo: newShell },
  2150859241: { action: 'reopen', what: 'counts too many commands in this shell', todo: newShell },
  2150859230: { action: 'reopen', what: 'lost the stream of the command', todo: newShellChecksFirst },
  2150859173: { action: 'back-off', what: 'has reached its limit of shells for this user', todo: quota },
  2150859175: { action: 'back-off', what: 'has reached its limit of operations for this user', todo: quota },
  2150859176: { action: 'back-off', what: 'has reached its limit of operations', todo: quota },
  2150859179: { action: 'back-off', what: 'has reached its limit of users in remote shells', todo: quota },
  2150859236: { action: 'back-off', what: 'has reached its limit of shells of this kind for this user', todo: quota },
  2150859237: { action: 'back-off', what: 'has reached its limit of users of this kind of shell', todo: quota },
  2150859238: { action: 'back-off', what: 'has reached its limit of shells of this kind', todo: quota },
  2150859239: { action: 'back-off', what: 'has reached its limit of operations of this kind', todo: quota },
  2150859180: {
    action: 'report',
    what: 'does not allow remote shells',
    todo: 'Allow them on the host: winrm set winrm/config/winrs @{AllowRemoteShellAccess="true"}, or the policy Allow Remote Shell Access.',
  },
  2150858790: { action: 'report', kind: 'bug', what: 'got a larger envelope than it accepts', todo: report },
  2150858825: {
    action: 'report',
    kind: 'bug',
    what: 'needs a larger envelope for its answer than it may send',
    todo: report,
  },
  2150858767: { action: 'report', kind: 'bug', what: 'does not accept a header of our request', todo: report },
  2150858817: { action: 'report', kind: 'bug', what: 'does not accept the form of our request', todo: report },
  87: { action: 'report', kind: 'bug', what: 'does not accept a parameter of our request', todo: report },
  2150858811: {
    action: 'report',
    what: 'does not offer this kind of shell',
    todo: 'Enable remote management on the host again (winrm quickconfig), or reach the host by SSH.',
  },
  2150858806: { action: 'report', kind: 'credential', what: 'does not accept the credential', todo: correctPassword },
  1326: {
    action: 'report',
    kind: 'credential',
    what: 'does not accept the user or the password',
    todo: correctPassword,
  },
  5: {
    action: 'report',
    kind: 'credential',
    what: 'signed the user in but does not let it open a remote shell',
    todo: 'Use an administrator of the host. A local account other than Administrator needs LocalAccountTokenFilterPolicy = 1 under HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System on the host.',
  },
  2147942402: {
    action: 'report',
    what: 'did not find the program',
    todo: 'Check that the host has Windows PowerShell 5.1 (System32\\WindowsPowerShell\\v1.0) and that PATH contains it.',
  },
  2147942606: { action: 'report', kind: 'bug', what: 'finds the command line too long', todo: report },
  995: {
    action: 'reopen',
    what: 'ended the command while Rollout waited for its output',
    todo: 'Retry. Rollout checks first what the last request did.',
  },
}

/** A fault that we do not know. */
export const unknownFault: FaultText = {
  action: 'report',
  what: 'refused a request of WinRM',
  todo: "Check the host's message in the evidence, correct the cause, then retry.",
}

/** What is wrong with an answer. */
export const answerText = {
  noEnvelope: 'it is no SOAP envelope',
  relatesTo: (messageId: string | undefined) => `it relates to ${messageId ?? 'no message'}`,
  noShell: 'it names no shell',
  noCommand: 'it names no command',
  noOutput: 'it contains no output',
  otherCommand: 'it contains the output of another command',
  missing: (element: string) => `${element} is missing`,
  noIdentity: 'it does not name the product',
  notBase64: 'its output is not base64',
  tooLong: (characters: number) => `it is longer than ${characters} characters`,
  tooDeep: (depth: number) => `it is more than ${depth} elements deep`,
  documentType: 'it has a document type',
  processingInstruction: 'it has a processing instruction',
  noElement: 'it has no element',
  itsXml: 'its XML',
} as const
