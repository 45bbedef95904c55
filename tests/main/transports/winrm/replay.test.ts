/** Replays recorded Windows to the client: it asks what was asked there, and understands what Windows answered. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import { standardLimits } from '../../../../main/transports/winrm/limits.ts'
import { createClient, type WsmvClient } from '../../../../main/transports/winrm/wsmv/client.ts'
import { readAnswer } from '../../../../main/transports/winrm/wsmv/envelope.ts'
import * as names from '../../../../main/transports/winrm/wsmv/names.ts'
import {
  readCreated,
  readReceived,
  type CommandLine,
  type Received,
} from '../../../../main/transports/winrm/wsmv/operations.ts'
import { fieldsOf, recordedNames, recording, recordings, replay, type Replay } from './recordings.ts'

const signal = new AbortController().signal
const peer = { name: 'H1', address: '192.168.56.11', port: 5985 }

function clientOf(replayed: Replay, operationMs = standardLimits.operationMs): WsmvClient {
  return createClient({
    peer,
    tls: false,
    limits: { ...standardLimits, operationMs },
    open: replayed.open,
    sleep: () => Promise.resolve(),
  })
}

interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly waits: number
}

async function outputOf(client: WsmvClient, shell: string, command: string): Promise<Outcome> {
  const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  for (let waits = 0; ;) {
    const received: Received | 'not-yet' = await client.receive(shell, command, signal)
    if (received === 'not-yet') {
      waits++
      continue
    }
    for (const { stream, bytes } of received.chunks) parts[stream as keyof typeof parts].push(bytes)
    if (received.done)
      return {
        stdout: Buffer.concat(parts.stdout).toString(),
        stderr: Buffer.concat(parts.stderr).toString(),
        exitCode: received.exitCode,
        waits,
      }
  }
}

// The recorded client left the mode of standard input to the host, and said goodbye with ctrl_c.
const line = (program: string, args: readonly string[] = [], skipCmdShell = false): CommandLine => ({
  program,
  arguments: args,
  skipCmdShell,
})

async function runOne(client: WsmvClient, command: CommandLine, input: readonly string[] = []): Promise<Outcome> {
  const shell = await client.create({}, signal)
  const id = await client.command(shell, command, signal)
  for (const [n, text] of input.entries())
    await client.send(shell, id, Buffer.from(text), n === input.length - 1, signal)
  const outcome = await outputOf(client, shell, id)
  await client.signal(shell, id, 'interrupt', signal)
  await client.delete(shell, signal)
  return outcome
}

type Story = (client: WsmvClient) => Promise<unknown>
const said = (stdout: string, more: Partial<Outcome> = {}): Outcome => ({
  stdout,
  stderr: '',
  exitCode: 0,
  waits: 0,
  ...more,
})

const stories: Record<string, { readonly play: Story; readonly expected: unknown; readonly operationMs?: number }> = {
  test_winrs_standard: {
    play: (client) => runOne(client, line('cmd.exe', ['/c', 'echo', 'hi'])),
    expected: said('hi\r\n'),
  },
  test_winrs_stderr_rc: {
    play: (client) => runOne(client, line('cmd.exe', ['/c echo out && echo err>&2 && exit 1'])),
    expected: said('out \r\n', { stderr: 'err \r\n', exitCode: 1 }),
  },
  test_winrs_send: {
    play: (client) =>
      runOne(client, line('powershell.exe', ['-']), ['Write-Host "output 1";', 'Write-Host "output 2";']),
    expected: said('output 1\noutput 2\n'),
  },
  test_winrs_operation_timeout: {
    play: (client) => runOne(client, line('powershell.exe', ['Write-Host hi; Start-Sleep 30; Write-Host hi again'])),
    expected: said('hi\nhi again\n', { waits: 2 }),
    operationMs: 10_000,
  },
  test_winrs_open_already_opened: {
    play: async (client) => {
      await client.delete(await client.create({}, signal), signal)
    },
    expected: undefined,
  },
  test_winrs_no_cmd_shell: {
    play: async (client) => {
      const shell = await client.create({}, signal)
      const refusal = await codeOf(client.command(shell, line('powershell.exe', ['Write-Host', 'hi'], true), signal))
      const id = await client.command(
        shell,
        line('C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\powershell.exe', ['Write-Host', 'hi'], true),
        signal,
      )
      const outcome = await outputOf(client, shell, id)
      await client.signal(shell, id, 'interrupt', signal)
      await client.delete(shell, signal)
      return [refusal, outcome]
    },
    expected: ['wsman-2147942402', said('hi\n')],
  },
  test_winrs_bad_cmd_id: {
    play: async (client) => {
      const shell = await client.create({}, signal)
      const id = await client.command(shell, line('cmd.exe', ['/c', 'echo', 'hi']), signal)
      const refusal = await codeOf(client.receive(shell, '87E77BEB-6761-4C48-9D70-A00266B8459A', signal))
      await client.signal(shell, id, 'interrupt', signal)
      await client.delete(shell, signal)
      return refusal
    },
    expected: 'wsman-2150858843',
  },
  test_client_execute_cmd: {
    play: async (client) => {
      const first = await runOne(client, line('dir'))
      return [first.stdout.split('\r\n')[0], first.exitCode, await runOne(client, line('echo abc'))]
    },
    expected: [' Volume in drive C is Windows 2016', 0, said('abc\r\n')],
  },
  test_wsman_update_envelope_size_500: {
    play: (client) => client.limits(signal),
    expected: { maxEnvelopeBytes: 512_000, maxTimeoutMs: 60_000, maxShellsPerUser: 2147483647 },
  },
  test_wsman_update_envelope_size_4096: {
    play: (client) => client.limits(signal),
    expected: expect.objectContaining({ maxEnvelopeBytes: 4_194_304 }),
  },
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'it succeeded'
}

describe('rung 2: recorded Windows, replayed through the client', () => {
  test('every recording of the kind is replayed', () => {
    expect(Object.keys(stories).toSorted()).toEqual(recordedNames().toSorted())
  })

  test.each(Object.entries(stories))('%s', async (name, { play, expected, operationMs }) => {
    const replayed = replay(recording(name))
    expect(await play(clientOf(replayed, operationMs))).toEqual(expected)
    expect(replayed.left()).toBe(0)
    for (const { ours, theirs } of replayed.asked) expect(fieldsOf(ours)).toEqual(fieldsOf(theirs))
  })

  test('the limits a host tells are kept to: larger requests, and no wait beyond its own', async () => {
    const client = clientOf(replay(recording('test_wsman_update_envelope_size_4096')))
    const before = client.payloadBytes()
    await client.limits(signal)
    expect([before, client.payloadBytes()]).toEqual([112_128, 380_928])
  })

  test('an answer to another question is refused', async () => {
    const { open } = replay(recording('test_winrs_standard'))
    const client = createClient({
      peer,
      tls: false,
      limits: standardLimits,
      sleep: () => Promise.resolve(),
      open: async (stop) => {
        const connection = await open(stop)
        return {
          ...connection,
          send: async (soap, options) => {
            const answer = await connection.send(soap, options)
            return {
              ...answer,
              body: answer.body.replace(/(<a:RelatesTo>)[^<]*/, '$1uuid:11111111-2222-3333-4444-555555555555'),
            }
          },
        }
      },
    })
    expect(await codeOf(client.create({}, signal))).toBe('wrong-answer')
  })
})

describe('rung 2: answers of other stacks: OMI, and Windows of before', () => {
  const answer = (file: string) =>
    readAnswer(
      readFileSync(join(recordings, 'WinRb/responses', file), 'utf8').replace(/<%=\s*(\w+)\s*%>/g, (_, hole: string) =>
        Buffer.from(hole).toString('base64'),
      ),
      undefined,
    ).body

  test('the id of a shell is taken without the blanks around it', () => {
    expect(readCreated(answer('open_shell_omi.xml'))).toBe('74142DC5-E14D-4FCC-86ED-63DA3EE8407E')
  })

  test('and the id that Windows chose is kept letter for letter, whatever it looks like', () => {
    expect(['open_shell_v1.xml', 'open_shell_v2.xml'].map((file) => readCreated(answer(file)))).toEqual([
      'uuid:739990FF-1492-4CDD-80BB-6E07ADB06D85',
      '62DE33F0-8674-43D9-B6A5-3298012CC4CD',
    ])
  })

  test('a command that is done without an exit code has none', () => {
    const text = readFileSync(join(recordings, 'WinRb/responses/get_omi_command_output_response.xml.erb'), 'utf8')
    expect(text).not.toContain('ExitCode')
    expect(readReceived(answer('get_omi_command_output_response.xml.erb'), 'X')).toMatchObject({
      done: true,
      exitCode: null,
    })
    expect(readReceived(answer('get_omi_command_output_response_not_done.xml.erb'), 'X')).toMatchObject({
      done: false,
      exitCode: null,
    })
  })

  test('an exit code is read unsigned or signed, and never guessed', () => {
    const codes = ['0', '3010', '3221225477', '-1073741819', '', 'x', '99999999999'].map((code) => {
      const text = `<s:Envelope xmlns:s="${names.soap}"><s:Body><r:ReceiveResponse xmlns:r="${names.shell}"><r:CommandState State="${names.commandState}Done"><r:ExitCode>${code}</r:ExitCode></r:CommandState></r:ReceiveResponse></s:Body></s:Envelope>`
      return readReceived(readAnswer(text, undefined).body, 'X').exitCode
    })
    expect(codes).toEqual([0, 3010, -1073741819, -1073741819, null, null, null])
  })
})
