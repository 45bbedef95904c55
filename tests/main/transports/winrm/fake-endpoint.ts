/**
 * A WinRM endpoint of our own in this process, without HTTP or authentication: it runs real programs, and shows on
 * request what no recording shows (lost answers, quotas, shells that are gone). The authors of the client wrote it, so
 * it proves nothing about Windows.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { failed } from '../../../../domain/base/failure.ts'
import * as names from '../../../../main/transports/winrm/wsmv/names.ts'
import type { Connection, OpenConnection } from '../../../../main/transports/winrm/wsmv/request-channel.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descend,
  parseXml,
  trimmed,
  type XmlElement,
} from '../../../../main/transports/winrm/wsmv/xml.ts'
import { element, type Xml } from '../../../../main/transports/winrm/wsmv/xml-writer.ts'

export type Operation = keyof typeof names.actions
/** What happens to one request: a fault, or its answer (or the request itself) is lost with the connection. */
export type Mishap = { readonly fault: number } | 'answer-lost' | 'request-lost'

export interface FakeEndpoint {
  readonly open: OpenConnection
  /** Asked before each request is worked on; what it gives back happens. */
  mishap: (operation: Operation, count: number) => Mishap | undefined
  /** Hands on standard input only when it has ended, as some hosts do. */
  holdInput: boolean
  readonly asked: Operation[]
  /** The signals that commands got, in order. */
  readonly signals: (keyof typeof names.signals)[]
  readonly connections: () => number
  readonly shells: () => number
  readonly mostShells: () => number
  readonly running: () => number
  /** True: every connection breaks and none can be made. False: they can be made again. */
  cut(down: boolean): void
}

interface Command {
  readonly child: ChildProcessWithoutNullStreams
  readonly output: Xml[]
  readonly held: Buffer[]
  exit: number | undefined
  wake: () => void
}

/** `programs` says what is started for a program's name. A Receive without output is answered with "not yet" after `operationMs`. */
export function fakeEndpoint(programs: Readonly<Record<string, string>>, operationMs = 300): FakeEndpoint {
  const shells = new Map<string, Map<string, Command>>()
  const asked: Operation[] = []
  const signals: (keyof typeof names.signals)[] = []
  const connections = new Set<AbortController>()
  let down = false
  let most = 0

  const start = (shell: Map<string, Command>, line: XmlElement | undefined) => {
    const id = attributeOf(line, 'CommandId') ?? randomUUID().toUpperCase()
    if (shell.has(id)) return faultOf(87)
    const program = programs[trimmed(childOf(line, names.shell, 'Command')) ?? '']
    if (program === undefined) return faultOf(2147942402)
    const child = spawn(
      program,
      childrenOf(line, names.shell, 'Arguments').map((one) => one.text),
    )
    const command: Command = { child, output: [], held: [], exit: undefined, wake: () => undefined }
    for (const [Name, stream] of [
      ['stdout', child.stdout],
      ['stderr', child.stderr],
    ] as const)
      stream.on('data', (bytes: Buffer) => {
        // Characters of several bytes are torn apart on purpose.
        for (let at = 0; at < bytes.length; at += 32_767)
          command.output.push(
            element('rsp:Stream', { Name, CommandId: id }, bytes.subarray(at, at + 32_767).toString('base64')),
          )
        command.wake()
      })
    child.stdin.on('error', () => undefined)
    child.on('error', () => {
      command.exit = 9009
      command.wake()
    })
    child.on('close', (code, name) => {
      command.exit = code ?? (name === null ? 1 : 137)
      command.wake()
    })
    shell.set(id, command)
    return [element('rsp:CommandResponse', {}, element('rsp:CommandId', {}, id))]
  }
  const receive = async (id: string, command: Command, gone: AbortSignal) => {
    if (command.output.length === 0 && command.exit === undefined)
      await Promise.race([
        new Promise<void>((resolve) => {
          command.wake = resolve
        }),
        delay(operationMs, undefined, { signal: gone }).catch(() => undefined),
      ])
    // Whoever asked is gone, and must not take what was written with him.
    const streams = gone.aborted ? [] : command.output.splice(0, 8)
    if (streams.length === 0 && command.exit === undefined) return faultOf(2150858793)
    const done = command.exit !== undefined && command.output.length === 0
    const State = `${names.commandState}${done ? 'Done' : 'Running'}`
    return [
      element('rsp:ReceiveResponse', {}, [
        ...streams,
        element(
          'rsp:CommandState',
          { CommandId: id, State },
          done ? element('rsp:ExitCode', {}, String((command.exit ?? 0) >>> 0)) : [],
        ),
      ]),
    ]
  }
  const work = async (
    operation: Operation,
    shellId: string,
    body: XmlElement | undefined,
    gone: AbortSignal,
  ): Promise<Xml[] | Fault> => {
    if (operation === 'create') {
      const id = attributeOf(childOf(body, names.shell, 'Shell'), 'ShellId') ?? randomUUID().toUpperCase()
      shells.set(id, new Map())
      most = Math.max(most, shells.size)
      const selectors = element('w:SelectorSet', {}, element('w:Selector', { Name: 'ShellId' }, id))
      return [
        element('x:ResourceCreated', { 'xmlns:x': names.transfer }, element('a:ReferenceParameters', {}, selectors)),
      ]
    }
    if (operation === 'get') return faultOf(5)
    const shell = shells.get(shellId)
    if (!shell) return faultOf(2150858843)
    if (operation === 'delete') {
      for (const { child } of shell.values()) child.kill('SIGKILL')
      shells.delete(shellId)
      return []
    }
    if (operation === 'command') return start(shell, childOf(body, names.shell, 'CommandLine'))
    const part = { receive: ['Receive', 'DesiredStream'], send: ['Send', 'Stream'], signal: ['Signal'] }[
      operation
    ].reduce<XmlElement | undefined>((at, name) => childOf(at, names.shell, name), body)
    const id = attributeOf(part, 'CommandId') ?? ''
    const command = shell.get(id)
    if (!command) return faultOf(2150858843)
    switch (operation) {
      case 'receive':
        return receive(id, command, gone)
      case 'signal':
        if (trimmed(childOf(part, names.shell, 'Code')) === names.signals.interrupt) {
          signals.push('interrupt')
          command.child.kill('SIGINT')
        } else {
          signals.push('terminate')
          if (command.exit !== undefined) shell.delete(id)
          else command.child.kill('SIGKILL')
        }
        return [element('rsp:SignalResponse')]
      case 'send': {
        command.held.push(Buffer.from(part?.text ?? '', 'base64'))
        const end = attributeOf(part, 'End') === 'true'
        if (!endpoint.holdInput || end) command.child.stdin.write(Buffer.concat(command.held.splice(0)))
        if (end) command.child.stdin.end()
        return [element('rsp:SendResponse')]
      }
    }
  }
  const connect = (): Connection => {
    const gone = new AbortController()
    connections.add(gone)
    const lost = () => {
      gone.abort()
      connections.delete(gone)
      return failed('link', 'link-lost', 'The connection was lost.', 'Retry.', 'backoff')
    }
    return {
      async send(soap, { signal }) {
        const envelope = parseXml(soap)
        const header = (uri: string, local: string) => childOf(descend(envelope, names.soap, 'Header'), uri, local)
        const action = trimmed(header(names.addressing, 'Action'))
        const operation = (Object.keys(names.actions) as Operation[]).find((one) => names.actions[one] === action)
        if (!operation) throw new Error(`nothing is known of ${action}`)
        asked.push(operation)
        const mishap = endpoint.mishap(operation, asked.filter((one) => one === operation).length)
        if (mishap === 'request-lost' || gone.signal.aborted) throw lost()
        const shellId = trimmed(childOf(header(names.wsman, 'SelectorSet'), names.wsman, 'Selector')) ?? ''
        const either = AbortSignal.any([gone.signal, signal])
        const called = new Promise<never>((_, reject) => {
          either.addEventListener(
            'abort',
            () => {
              reject(signal.aborted ? (signal.reason as Error) : lost())
            },
            { once: true },
          )
        })
        called.catch(() => undefined)
        const answer =
          typeof mishap === 'object'
            ? faultOf(mishap.fault)
            : await Promise.race([work(operation, shellId, childOf(envelope, names.soap, 'Body'), either), called])
        if (mishap === 'answer-lost') throw lost()
        return reply(answer, trimmed(header(names.addressing, 'MessageID')) ?? '')
      },
      close() {
        gone.abort()
        connections.delete(gone)
      },
    }
  }
  const endpoint: FakeEndpoint = {
    open: () =>
      down
        ? Promise.reject(failed('link', 'connection-refused', 'Nobody listens.', 'Start it.', 'backoff'))
        : Promise.resolve(connect()),
    mishap: () => undefined,
    holdInput: false,
    asked,
    signals,
    connections: () => connections.size,
    shells: () => shells.size,
    mostShells: () => most,
    running: () =>
      [...shells.values()].flatMap((shell) => [...shell.values()]).filter(({ exit }) => exit === undefined).length,
    cut(isDown) {
      down = isDown
      if (down) for (const connection of connections) connection.abort()
    },
  }
  return endpoint
}

interface Fault {
  readonly fault: number
}
const faultOf = (fault: number): Fault => ({ fault })

function reply(answer: readonly Xml[] | Fault, messageId: string): { status: number; body: string } {
  const isFault = 'fault' in answer
  const body = isFault
    ? [
        element(
          's:Fault',
          {},
          element('s:Detail', {}, element('f:WSManFault', { 'xmlns:f': names.wsmanFault, Code: String(answer.fault) })),
        ),
      ]
    : answer
  const spaces = {
    'xmlns:s': names.soap,
    'xmlns:a': names.addressing,
    'xmlns:w': names.wsman,
    'xmlns:rsp': names.shell,
  }
  return {
    status: isFault ? 500 : 200,
    body: element('s:Envelope', spaces, [
      element('s:Header', {}, element('a:RelatesTo', {}, messageId)),
      element('s:Body', {}, body),
    ]).xml,
  }
}
