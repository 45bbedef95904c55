/** A peer that speaks like Resident.ps1, in this process: for framing errors no real PowerShell makes on request. */
import { PassThrough } from 'node:stream'
import { helloLine } from '../../../../main/transports/powershell/bootstrap.ts'
import type { ByteChannel, ChannelExit } from '../../../../main/transports/powershell/byte-channel.ts'
import type { FrameKind } from '../../../../main/transports/powershell/frames.ts'

export interface FakeRequest {
  readonly id: string
  readonly params: unknown
  /** Sends a frame of the peer. */
  send(kind: FrameKind, text: string): void
  /** Sends a frame that holds an envelope with that data, and the end. */
  answer(data: unknown): void
  /** Writes to the stream as a program would that knows nothing of frames. */
  write(text: string): void
  die(): void
}

export interface FakePeer extends ByteChannel {
  readonly received: readonly string[]
  readonly killed: () => boolean
}

/** A peer that greets (unless `greeting` says otherwise) and hands every request to `onRequest`. */
export function fakePeer(onRequest: (request: FakeRequest) => void, greeting = `${helloLine}\n`): FakePeer {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const exit = Promise.withResolvers<ChannelExit>()
  const received: string[] = []
  let nonce = ''
  let killed = false
  const die = (reason: string) => {
    stdout.end()
    stderr.end()
    exit.resolve({ code: 1, reason })
  }
  const frame = (id: string, kind: FrameKind, text: string) => {
    stdout.write(`${nonce} ${id} ${kind} ${Buffer.from(text).toString('base64')}\n`)
  }
  const take = (line: string) => {
    received.push(line)
    const words = line.split(' ')
    if (nonce === '') {
      nonce = words[0] ?? ''
      return frame('0', 'ready', '{}')
    }
    const [, id = ''] = words
    if (words[0] !== 'run') return words[0] === 'cancel' ? frame(id, 'end', 'cancelled') : undefined
    onRequest({
      id,
      params: readValue(words.slice(4)),
      send: (kind, text) => {
        frame(id, kind, text)
      },
      answer: (data) => {
        frame(id, 'data', JSON.stringify({ ok: true, data }))
        frame(id, 'end', 'done')
      },
      write: (text) => {
        stdout.write(text)
      },
      die: () => {
        die('it fell over.')
      },
    })
  }
  let rest = ''
  stdin
    .setEncoding('utf8')
    .on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    .on('end', () => {
      die('its input ended.')
    })
  if (greeting !== '') stdout.write(greeting)
  return {
    stdin,
    stdout,
    stderr,
    exit: exit.promise,
    kill: () => {
      killed = true
      die('it was killed.')
    },
    received,
    killed: () => killed,
  }
}

/** Reads the value that these words begin with, as Resident.ps1 does, and takes them away. */
export function readValue(words: string[]): unknown {
  const word = words.shift() ?? ''
  const rest = word.slice(1)
  switch (word[0]) {
    case 's':
      return Buffer.from(rest, 'base64').toString('utf8')
    case 'n':
      return Number(rest)
    case 't':
      return true
    case 'f':
      return false
    case 'z':
      return null
    case 'l':
      return Array.from({ length: Number(rest) }, () => readValue(words))
    case 'o':
      return Object.fromEntries(Array.from({ length: Number(rest) }, () => [readValue(words), readValue(words)]))
    default:
      throw new Error(`no value begins with ${word}`)
  }
}
