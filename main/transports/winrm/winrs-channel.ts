/** The PowerShell channel over WinRM: one command of a remote shell as three streams. */
import { PassThrough } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { FailureError, toFailure } from '../../../domain/base/failure.ts'
import { bootstrapArguments } from '../powershell/bootstrap.ts'
import type { ByteChannel, ChannelExit, OpenChannel } from '../powershell/byte-channel.ts'
import { clixmlDecoder, type ClixmlRecord } from './clixml.ts'
import type { WinrmLimits } from './limits.ts'
import { sendingInput } from './sending-input.ts'
import type { StartedCommand, WinrsShell } from './remote-shell.ts'
import { winrmText } from './text.ts'
import type { WsmvClient } from './wsmv/client.ts'
import { FaultError } from './wsmv/faults.ts'
import type { CommandLine, Received } from './wsmv/operations.ts'

export interface ChannelOptions {
  readonly client: WsmvClient
  readonly shell: WinrsShell
  readonly limits: WinrmLimits
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** What the host finds PowerShell by. */
  readonly powershell: string
}

/** Starts PowerShell with the bootstrap in the session's shell. */
export function powershellOver(options: ChannelOptions): OpenChannel {
  const line = { program: options.powershell, arguments: bootstrapArguments, skipCmdShell: false, consoleInput: false }
  return (signal) => openChannel(options, line, signal)
}

/**
 * Starts a command and returns its streams. The exit code is null if the host did not report it: a lost link, a shell
 * that is gone. Standard error is decoded from CLIXML: records become text, progress is left out.
 */
export async function openChannel(
  options: ChannelOptions,
  line: CommandLine,
  signal: AbortSignal,
): Promise<ByteChannel> {
  const { client, shell, limits, sleep } = options
  const command = await shell.start(line, signal)
  const lettingGo = new AbortController()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const exit = receiveAll(client, command, line.program, { stdout, stderr }, lettingGo.signal)
  const stdin = sendingInput(
    (bytes, end) => client.send(command.shellId, command.commandId, bytes, end, lettingGo.signal),
    () => client.payloadBytes(),
    limits.waitingBytes,
  )
  let ended = false
  void exit.then(() => {
    ended = true
    // The command has ended: input that is still written is dropped.
    lettingGo.abort()
    stdin.destroy()
  })
  let killing: Promise<void> | undefined
  const end = async () => {
    for (const code of ['interrupt', 'terminate'] as const) {
      if (ended) return
      await client
        .signal(command.shellId, command.commandId, code, AbortSignal.timeout(limits.killMs))
        .catch(() => undefined)
      await Promise.race([exit, sleep(limits.killMs, lettingGo.signal)])
    }
    lettingGo.abort()
  }
  const kill = () => {
    killing ??= end()
  }
  // The input may have arrived in part: nothing sensible can follow it.
  stdin.on('error', kill)
  return { stdin, stdout, stderr, exit, kill }
}

type Streams = { readonly stdout: PassThrough; readonly stderr: PassThrough }

// The loop has no time limit of its own: the caller has one and aborts.
async function receiveAll(
  client: WsmvClient,
  command: StartedCommand,
  program: string,
  streams: Streams,
  signal: AbortSignal,
): Promise<ChannelExit> {
  const { shellId, commandId } = command
  const utf8 = new StringDecoder('utf8')
  const errors = clixmlDecoder()
  const sayErrors = (records: readonly ClixmlRecord[]) => write(streams.stderr, records.map(asText).join(''), signal)
  try {
    for (;;) {
      const received = await client.receive(shellId, commandId, signal)
      if (received === 'not-yet') continue
      for (const { stream, bytes } of received.chunks) {
        if (stream === 'stdout') await write(streams.stdout, bytes, signal)
        else await sayErrors(errors.push(utf8.write(bytes)))
      }
      if (!received.done) continue
      await sayErrors([...errors.push(utf8.end()), ...errors.end()])
      // A command counts against the shell until the host knows that its end was seen.
      await client.signal(shellId, commandId, 'terminate', signal).catch(() => undefined)
      return exitOf(program, received)
    }
  } catch (error) {
    return { code: null, reason: toFailure(error).message, ...(noNewLink(error) && { failure: error }) }
  } finally {
    streams.stdout.end()
    streams.stderr.end()
  }
}

// A wrong identity, a refused password or an answer that WinRM would not give meet every new connection too.
// What a fault means is decided where the request is repeated.
function noNewLink(error: unknown): error is FailureError {
  return (
    error instanceof FailureError &&
    !(error instanceof FaultError) &&
    ['trust', 'credential', 'host'].includes(error.failure.kind)
  )
}

function exitOf(program: string, { exitCode }: Received): ChannelExit {
  return {
    code: exitCode,
    reason: exitCode === null ? winrmText.endedUnknown(program) : winrmText.endedWithCode(program, exitCode),
  }
}

async function write(stream: PassThrough, content: Buffer | string, signal: AbortSignal): Promise<void> {
  if (content.length === 0 || stream.write(content) || signal.aborted) return
  await new Promise<void>((resolve) => {
    const go = () => {
      signal.removeEventListener('abort', go)
      stream.removeListener('drain', go)
      resolve()
    }
    stream.once('drain', go)
    signal.addEventListener('abort', go, { once: true })
  })
}

function asText({ kind, text }: ClixmlRecord): string {
  switch (kind) {
    case 'text':
    case 'error':
    case 'output':
      return text
    case 'progress':
      return ''
    case 'warning':
    case 'verbose':
    case 'debug':
    case 'information':
      return `${kind.toUpperCase()}: ${text}${text.endsWith('\n') ? '' : '\n'}`
  }
}
