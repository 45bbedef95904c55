/** The operations of a remote shell: their requests, and what their answers must contain (MS-WSMV 2.2.4, 3.1.4). */
import { duration, type Request } from './envelope.ts'
import { wrongAnswer } from './failures.ts'
import * as names from './names.ts'
import { answerText } from './text.ts'
import { attributeOf, childOf, childrenOf, descend, trimmed, type XmlElement } from './xml.ts'
import { element } from './xml-writer.ts'

/** A shell to create. The host decides about parts that are left out. */
export interface ShellOptions {
  /** Our own name for it, a GUID in capitals: whatever happens to the answer, it can be deleted. */
  readonly shellId?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly idleMs?: number
  readonly lifetimeMs?: number
  readonly name?: string
  readonly workingDirectory?: string
  /** Code page of the output; 65001 is UTF-8. */
  readonly codePage?: number
  readonly noProfile?: boolean
}

export interface CommandLine {
  /** Our own name for it, a GUID in capitals: a second one of that name is refused by the host. */
  readonly commandId?: string
  readonly program: string
  readonly arguments: readonly string[]
  /**
   * True starts the program itself, by its full path; else cmd.exe starts it, which finds it on PATH and knows lines of
   * 8191 characters.
   */
  readonly skipCmdShell: boolean
  /** True if standard input is a console's (lines, Ctrl+C); false if a pipe's. Left to the host if left out. */
  readonly consoleInput?: boolean
}

/** What a command wrote, and how it stands. */
export interface Received {
  readonly chunks: readonly { readonly stream: string; readonly bytes: Buffer; readonly end: boolean }[]
  readonly done: boolean
  /** Of a command that is done: its exit code as a signed 32-bit number, or null if the host did not say. */
  readonly exitCode: number | null
}

/** What the host says of its own limits; null where it does not say. */
export interface HostLimits {
  readonly maxEnvelopeBytes: number | null
  readonly maxTimeoutMs: number | null
  readonly maxShellsPerUser: number | null
}

const flag = (value: boolean) => (value ? 'TRUE' : 'FALSE')

/** The elements are in the order the schema of Windows wants. */
export function createRequest(options: ShellOptions): Request {
  const variables = Object.entries(options.environment ?? {})
  const body = element('rsp:Shell', { ShellId: options.shellId }, [
    element('rsp:InputStreams', {}, 'stdin'),
    element('rsp:OutputStreams', {}, 'stdout stderr'),
    ...(variables.length === 0
      ? []
      : [
          element(
            'rsp:Environment',
            {},
            variables.map(([Name, value]) => element('rsp:Variable', { Name }, value)),
          ),
        ]),
    ...(options.idleMs === undefined ? [] : [element('rsp:IdleTimeOut', {}, duration(options.idleMs))]),
    ...(options.lifetimeMs === undefined ? [] : [element('rsp:Lifetime', {}, duration(options.lifetimeMs))]),
    ...(options.name === undefined ? [] : [element('rsp:Name', {}, options.name)]),
    ...(options.workingDirectory === undefined ? [] : [element('rsp:WorkingDirectory', {}, options.workingDirectory)]),
  ])
  const set = {
    ...(options.noProfile !== undefined && { WINRS_NOPROFILE: flag(options.noProfile) }),
    ...(options.codePage !== undefined && { WINRS_CODEPAGE: String(options.codePage) }),
  }
  return { action: names.actions.create, resource: names.commandShell, options: set, body: [body] }
}

/** The id of the shell that was made: the host's word counts, old ones choose their own. */
export function readCreated(body: XmlElement): string {
  const selectors = childOf(
    descend(childOf(body, names.transfer, 'ResourceCreated'), names.addressing, 'ReferenceParameters'),
    names.wsman,
    'SelectorSet',
  )
  const id = trimmed(
    childrenOf(selectors, names.wsman, 'Selector').find((selector) => attributeOf(selector, 'Name') === 'ShellId'),
  )
  if (id === undefined || id === '') throw wrongAnswer(answerText.noShell)
  return id
}

export function commandRequest(shellId: string, line: CommandLine): Request {
  const body = element('rsp:CommandLine', { CommandId: line.commandId }, [
    element('rsp:Command', {}, line.program),
    ...line.arguments.map((argument) => element('rsp:Arguments', {}, argument)),
  ])
  const options = {
    ...(line.consoleInput !== undefined && { WINRS_CONSOLEMODE_STDIN: flag(line.consoleInput) }),
    WINRS_SKIP_CMD_SHELL: flag(line.skipCmdShell),
  }
  return { action: names.actions.command, resource: names.commandShell, shellId, options, body: [body] }
}

/** The id of the command that was started. */
export function readCommand(body: XmlElement): string {
  const id = trimmed(descend(body, names.shell, 'CommandResponse', 'CommandId'))
  if (id === undefined || id === '') throw wrongAnswer(answerText.noCommand)
  return id
}

export function receiveRequest(shellId: string, commandId: string): Request {
  const body = element('rsp:Receive', {}, element('rsp:DesiredStream', { CommandId: commandId }, 'stdout stderr'))
  return {
    action: names.actions.receive,
    resource: names.commandShell,
    shellId,
    options: { WSMAN_CMDSHELL_OPTION_KEEPALIVE: 'TRUE' },
    body: [body],
  }
}

export function readReceived(body: XmlElement, commandId: string): Received {
  const response = childOf(body, names.shell, 'ReceiveResponse')
  if (!response) throw wrongAnswer(answerText.noOutput)
  const isOfCommand = (part: XmlElement) =>
    (attributeOf(part, 'CommandId') ?? commandId).toUpperCase() === commandId.toUpperCase()
  const streams = childrenOf(response, names.shell, 'Stream')
  const state = childOf(response, names.shell, 'CommandState')
  if (!streams.every(isOfCommand) || (state && !isOfCommand(state))) throw wrongAnswer(answerText.otherCommand)
  const done = attributeOf(state, 'State')?.trim() === `${names.commandState}Done`
  return {
    chunks: streams.map((stream) => ({
      stream: attributeOf(stream, 'Name') ?? '',
      bytes: bytesOf(stream.text),
      end: attributeOf(stream, 'End')?.toLowerCase() === 'true',
    })),
    done,
    exitCode: done ? exitCodeOf(trimmed(childOf(state, names.shell, 'ExitCode'))) : null,
  }
}

export function sendRequest(shellId: string, commandId: string, bytes: Buffer, end: boolean): Request {
  const body = element(
    'rsp:Send',
    {},
    element(
      'rsp:Stream',
      { Name: 'stdin', CommandId: commandId, ...(end && { End: 'true' }) },
      bytes.toString('base64'),
    ),
  )
  return { action: names.actions.send, resource: names.commandShell, shellId, body: [body] }
}

export function signalRequest(shellId: string, commandId: string, code: keyof typeof names.signals): Request {
  const body = element('rsp:Signal', { CommandId: commandId }, element('rsp:Code', {}, names.signals[code]))
  return { action: names.actions.signal, resource: names.commandShell, shellId, body: [body] }
}

export function deleteRequest(shellId: string): Request {
  return { action: names.actions.delete, resource: names.commandShell, shellId, body: [] }
}

/** Throws FailureError `wrong-answer` unless the answer contains the element. */
export function demandElement(body: XmlElement, local: string): void {
  if (!childOf(body, names.shell, local)) throw wrongAnswer(answerText.missing(local))
}

export function configRequest(): Request {
  return { action: names.actions.get, resource: names.config, body: [] }
}

/** The product at the address, as Identify reports it to a signed-in user. */
export interface Identity {
  readonly vendor: string
  readonly version: string
}

export function readIdentity(body: XmlElement): Identity {
  const response = childOf(body, names.identity, 'IdentifyResponse')
  if (!response) throw wrongAnswer(answerText.noIdentity)
  const text = (local: string) => trimmed(childOf(response, names.identity, local)) ?? ''
  return { vendor: text('ProductVendor'), version: text('ProductVersion') }
}

export function readConfig(body: XmlElement): HostLimits {
  const config = childOf(body, names.config, 'Config')
  const winrs = childOf(config, names.config, 'Winrs')
  const number = (parent: XmlElement | undefined, local: string, times = 1) => {
    const text = trimmed(childOf(parent, names.config, local))
    return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) * times : null
  }
  return {
    maxEnvelopeBytes: number(config, 'MaxEnvelopeSizekb', 1_024),
    maxTimeoutMs: number(config, 'MaxTimeoutms'),
    maxShellsPerUser: number(winrs, 'MaxShellsPerUser'),
  }
}

function bytesOf(text: string): Buffer {
  const base64 = text.replace(/\s+/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw wrongAnswer(answerText.notBase64)
  return Buffer.from(base64, 'base64')
}

// Windows writes the code unsigned or signed; 0xC0000005 is 3221225477 or -1073741819.
function exitCodeOf(text: string | undefined): number | null {
  if (text === undefined || !/^-?\d{1,10}$/.test(text)) return null
  const number = Number(text)
  return number < -(2 ** 31) || number >= 2 ** 32 ? null : number | 0
}
