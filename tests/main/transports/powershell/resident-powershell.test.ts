/** What the protocol with a resident PowerShell survives: stray lines, deaths, floods and lies. */
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import type { OutputChunk } from '../../../../main/engine/ports.ts'
import { helloLine } from '../../../../main/transports/powershell/bootstrap.ts'
import type { ByteChannel } from '../../../../main/transports/powershell/byte-channel.ts'
import {
  ResidentPowerShell,
  type PowerShellOptions,
} from '../../../../main/transports/powershell/resident-powershell.ts'
import { fakePeer, type FakePeer, type FakeRequest } from './fake-peer.ts'

const signal = new AbortController().signal
const trust = { Sha256: '0'.repeat(64) }

function powershellWith(
  peers: readonly ((request: FakeRequest) => void)[],
  options: Partial<PowerShellOptions> = {},
): { powershell: ResidentPowerShell; opened: FakePeer[] } {
  const opened: FakePeer[] = []
  const open = async (): Promise<ByteChannel> => {
    const peer = fakePeer(peers[Math.min(opened.length, peers.length - 1)] ?? (() => undefined))
    opened.push(peer)
    return peer
  }
  return { powershell: new ResidentPowerShell({ open, mode: 'resident', ...options }), opened }
}

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(FailureError)
  return (error as FailureError).failure
}

describe('rung 2: a resident PowerShell, played by a peer in this process', () => {
  test('a PowerShell that sets up a terminal before it greets is understood at once', async () => {
    const greeting = `\u001b[?1h\u001b[?1l${helloLine}\r\n`
    const peer = fakePeer((request) => {
      request.answer({ trusted: true })
    }, greeting)
    const powershell = new ResidentPowerShell({ open: () => Promise.resolve(peer), mode: 'resident' })
    expect(await powershell.run('Get-CertificateTrust', trust, { signal })).toEqual({ trusted: true })
    await powershell.close()
  })

  test('what programs and banners write is output, never an answer', async () => {
    const chunks: OutputChunk[] = []
    const { powershell } = powershellWith([
      (request) => {
        request.write('Welcome to SRV-1\n')
        request.write(`${'0'.repeat(32)} ${request.id} data e30=\n`)
        request.write('no end of line ')
        request.send('warning', 'mind\n')
        request.answer({ trusted: true })
      },
    ])
    expect(
      await powershell.run('Get-CertificateTrust', trust, { signal, onOutput: (chunk) => chunks.push(chunk) }),
    ).toEqual({ trusted: true })
    expect(
      chunks
        .filter((chunk) => chunk.stream === 'output')
        .map((chunk) => chunk.text)
        .join(''),
    ).toContain('Welcome to SRV-1\n')
    expect(chunks.some((chunk) => chunk.text === 'no end of line ')).toBe(true)
    expect(chunks.filter((chunk) => chunk.stream === 'warning')).toEqual([{ stream: 'warning', text: 'mind\n' }])
    await powershell.close()
  })

  test('a call during which it dies fails with link, and the next one has a new PowerShell', async () => {
    const { powershell, opened } = powershellWith([
      (request) => {
        request.write('out of memory\n')
        request.die()
      },
      (request) => {
        request.answer({ trusted: false })
      },
    ])
    const failure = await failureOf(powershell.run('Get-CertificateTrust', trust, { signal }))
    expect(failure).toMatchObject({ kind: 'link', code: 'powershell-ended', retry: 'backoff' })
    expect(failure.evidence.join()).toContain('out of memory')
    expect(await powershell.run('Get-CertificateTrust', trust, { signal })).toEqual({ trusted: false })
    expect(opened).toHaveLength(2)
    await powershell.close()
  })

  test('a script is sent once to each PowerShell', async () => {
    const { powershell, opened } = powershellWith([
      (request) => {
        request.answer({ trusted: false })
      },
    ])
    for (let i = 0; i < 3; i++) await powershell.run('Get-CertificateTrust', trust, { signal })
    expect(opened[0]?.received.filter((line) => line.startsWith('script ')).length).toBe(1)
    expect(opened[0]?.received.filter((line) => line.startsWith('run ')).length).toBe(3)
    await powershell.close()
  })

  test("an answer of the wrong shape is the host's failure, with the start of it as evidence", async () => {
    const { powershell } = powershellWith([
      (request) => {
        request.answer({ trusted: 'yes', more: 'x'.repeat(10_000) })
      },
    ])
    const failure = await failureOf(powershell.run('Get-CertificateTrust', trust, { signal }))
    expect(failure).toMatchObject({ kind: 'host', code: 'bad-answer' })
    expect(failure.evidence.join().length).toBeLessThanOrEqual(2_000)
    await powershell.close()
  })

  test('a host that never answers is given up some time after its limit', async () => {
    const { powershell, opened } = powershellWith([() => undefined], { limits: { graceMs: 20 } })
    expect(await failureOf(powershell.run('Get-CertificateTrust', trust, { signal, timeoutMs: 10 }))).toMatchObject({
      kind: 'link',
      code: 'no-answer',
    })
    expect(opened[0]?.killed()).toBe(true)
    await powershell.close()
  })

  test("an endless answer and an endless line fill nobody's memory", async () => {
    const { powershell } = powershellWith(
      [
        (request) => {
          for (let i = 0; i < 40; i++) request.send('data', 'x'.repeat(1_000))
        },
        (request) => {
          request.write('y'.repeat(3_000_000))
          request.write('\n')
          request.answer({ trusted: true })
        },
      ],
      { limits: { answerBytes: 20_000, outputCharacters: 1_000 } },
    )
    expect(await failureOf(powershell.run('Get-CertificateTrust', trust, { signal }))).toMatchObject({
      kind: 'host',
      code: 'answer-too-long',
    })
    let passed = 0
    expect(
      await powershell.run('Get-CertificateTrust', trust, {
        signal,
        onOutput: ({ text }) => {
          passed += text.length
        },
      }),
    ).toEqual({ trusted: true })
    expect(passed).toBeLessThan(1_100)
    await powershell.close()
  })

  test('a cancelled call tells the host and leaves the PowerShell usable', async () => {
    const asked = Promise.withResolvers<undefined>()
    const { powershell, opened } = powershellWith([
      (request) => {
        if (request.id === '1') asked.resolve(undefined)
        else request.answer({ trusted: true })
      },
    ])
    const cancel = new AbortController()
    const pending = failureOf(powershell.run('Get-CertificateTrust', trust, { signal: cancel.signal }))
    await asked.promise
    cancel.abort()
    expect(await pending).toMatchObject({ kind: 'uncertain', code: 'cancelled' })
    expect(await powershell.run('Get-CertificateTrust', trust, { signal })).toEqual({ trusted: true })
    expect(opened).toHaveLength(1)
    await powershell.close()
  })

  test('a host that is silent until its input ends is served by one PowerShell a script', async () => {
    let silent = true
    const opened: FakePeer[] = []
    const open = async () => {
      const peer = fakePeer(
        (request) => {
          request.answer({ trusted: true })
        },
        silent ? '' : undefined,
      )
      opened.push(peer)
      silent = false
      return peer
    }
    const powershell = new ResidentPowerShell({ open, limits: { startMs: 50 } })
    for (let i = 0; i < 2; i++)
      expect(await powershell.run('Get-CertificateTrust', trust, { signal })).toEqual({ trusted: true })
    expect(opened).toHaveLength(3)
    expect(opened[2]?.stdin.writableEnded).toBe(true)
    await powershell.close()
  })

  test('a restricted language mode is told as what it is', async () => {
    const powershell = new ResidentPowerShell({
      open: async () => fakePeer(() => undefined, 'exekra-rollout-refused language-mode\n'),
    })
    expect(await failureOf(powershell.run('Get-CertificateTrust', trust, { signal }))).toMatchObject({
      kind: 'host',
      code: 'powershell-restricted',
    })
    await powershell.close()
  })

  test('control sequences of a terminal in front of the first line hide neither a hello nor a refusal', async () => {
    const escapes = '\u001b[?1h\u001b[?1l'
    const greeted = new ResidentPowerShell({
      open: async () =>
        fakePeer((request) => {
          request.answer({ trusted: true })
        }, `${escapes}${helloLine}\r\n`),
      mode: 'resident',
      limits: { startMs: 200 },
    })
    expect(await greeted.run('Get-CertificateTrust', trust, { signal })).toEqual({ trusted: true })
    await greeted.close()
    const refused = new ResidentPowerShell({
      open: async () => fakePeer(() => undefined, `${escapes}exekra-rollout-refused version\r\n`),
      mode: 'resident',
      limits: { startMs: 200 },
    })
    expect((await failureOf(refused.run('Get-CertificateTrust', trust, { signal }))).code).toBe('powershell-too-old')
    await refused.close()
  })

  test('values of a question never show in a failure, for they may be secrets', async () => {
    const { powershell } = powershellWith([
      (request) => {
        request.answer({})
      },
    ])
    const wrong = {
      Folder: 1,
      Ticket: 't',
      File: 'f',
      Arguments: [],
      Environment: { A: 'canary' },
      TimeoutSeconds: 1,
    } as unknown as Parameters<typeof powershell.run<'Start-HostJob'>>[1]
    expect(JSON.stringify(await failureOf(powershell.run('Start-HostJob', wrong, { signal })))).not.toContain('canary')
    await powershell.close()
  })
})
