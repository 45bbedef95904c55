/**
 * What the client does when answers are lost, the host is at its quota, or a command must be ended. No recording shows
 * these, so a fake endpoint of ours does, which proves nothing about Windows.
 */
import { describe, expect, test } from 'vitest'
import { failed, toFailure, type Failure } from '../../../../domain/base/failure.ts'
import type { ByteChannel } from '../../../../main/transports/powershell/byte-channel.ts'
import { standardLimits } from '../../../../main/transports/winrm/limits.ts'
import { slotsFor } from '../../../../main/transports/shared/slots.ts'
import { winrsShell } from '../../../../main/transports/winrm/remote-shell.ts'
import { openChannel } from '../../../../main/transports/winrm/winrs-channel.ts'
import { createClient } from '../../../../main/transports/winrm/wsmv/client.ts'
import { channelOver } from '../../../../main/transports/winrm/wsmv/request-channel.ts'
import { fakeEndpoint, type Mishap, type Operation } from './fake-endpoint.ts'

const never = new AbortController().signal
const peer = { name: 'H1', address: '10.0.0.1', port: 5985 }
const limits = { ...standardLimits, killMs: 300, slackMs: 2_000, quotaMs: 10_000 }
const slots = slotsFor(2)

function world(mishap: (operation: Operation, count: number) => Mishap | undefined = () => undefined) {
  const endpoint = fakeEndpoint({ sh: '/bin/sh', cat: '/bin/cat' }, 30)
  endpoint.mishap = mishap
  const naps: number[] = []
  // Time passes at once, except where a program has to be given some.
  const sleep = (ms: number) => {
    naps.push(ms)
    return new Promise<void>((resolve) => {
      setTimeout(resolve, ms === limits.killMs ? ms : 0)
    })
  }
  const world: { refusing?: Failure['kind'] } = {}
  const open: typeof endpoint.open = (signal) =>
    world.refusing === undefined
      ? endpoint.open(signal)
      : Promise.reject(failed(world.refusing, 'not-now', 'It does not let us in.', 'See to it.', 'never'))
  const client = createClient({ peer, tls: false, limits, open, sleep })
  const shell = winrsShell({ peer, client, slots, limits, sleep })
  const run = (script: string, signal = never) =>
    openChannel(
      { client, shell, limits, sleep, powershell: 'sh' },
      { program: 'sh', arguments: ['-c', script], skipCmdShell: false },
      signal,
    )
  return { endpoint, client, shell, run, naps, world }
}

async function ended(
  channel: ByteChannel,
): Promise<{ stdout: string; stderr: string; code: number | null; reason: string }> {
  const [out, err]: Buffer[][] = [[], []]
  channel.stdout.on('data', (bytes: Buffer) => out?.push(bytes))
  channel.stderr.on('data', (bytes: Buffer) => err?.push(Buffer.from(bytes)))
  const drained = [channel.stdout, channel.stderr].map(
    (stream) =>
      new Promise((resolve) => {
        stream.once('end', resolve)
      }),
  )
  const exit = await channel.exit
  await Promise.all(drained)
  return { stdout: Buffer.concat(out ?? []).toString(), stderr: Buffer.concat(err ?? []).toString(), ...exit }
}

const outcome = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      const { kind, code } = toFailure(error)
      return `${kind} ${code}`
    },
  )

describe('a fake endpoint: a command over WinRM', () => {
  test('gives its streams and its exit code, standard input and its end going the other way', async () => {
    const { run, shell, endpoint } = world()
    const channel = await run('read line; echo "got $line"; cat; echo problem >&2; exit 194')
    channel.stdin.write('first\n')
    channel.stdin.write('second ö 漢')
    channel.stdin.end()
    expect(await ended(channel)).toEqual({
      stdout: 'got first\nsecond ö 漢',
      stderr: 'problem\n',
      code: 194,
      reason: 'sh ended on the host with exit code 194.',
    })
    await shell.close()
    expect([endpoint.shells(), endpoint.running()]).toEqual([0, 0])
  })

  test('waits through many "not yet", and sends a megabyte in as few requests as envelopes allow', async () => {
    const { run, shell, endpoint, client } = world()
    const channel = await run('cat | wc -c; sleep 0.3; echo end')
    for (let n = 0; n < 64; n++) channel.stdin.write('x'.repeat(16_384))
    channel.stdin.end()
    expect((await ended(channel)).stdout.split(/\s+/)).toEqual(['1048576', 'end', ''])
    expect(endpoint.asked.filter((one) => one === 'send').length).toBe(Math.ceil(1_048_576 / client.payloadBytes()))
    expect(endpoint.asked.filter((one) => one === 'receive').length).toBeGreaterThan(5)
    await shell.close()
  })

  test('is asked again when a Receive was lost before it arrived, on a fresh connection, and loses nothing', async () => {
    const { run, shell, client } = world((operation, count) =>
      operation === 'receive' && count % 2 === 0 ? 'request-lost' : undefined,
    )
    const { stdout, code } = await ended(await run('for n in 1 2 3 4 5 6 7 8; do echo $n; sleep 0.05; done'))
    expect([stdout.split('\n').join(''), code]).toEqual(['12345678', 0])
    expect(client.repeats()).toBeGreaterThan(1)
    await shell.close()
  })

  test('has no exit code when the link stays away: none is made up', async () => {
    const { run, shell, endpoint, naps } = world()
    const channel = await run('sleep 20')
    endpoint.cut(true)
    const { code, reason } = await ended(channel)
    expect(code).toBeNull()
    expect(reason).toMatch(/Nobody listens/)
    expect(naps).toEqual([500, 1_000, 2_000, 4_000])
    endpoint.cut(false)
    await shell.close()
    expect(endpoint.running()).toBe(0)
  })

  test('has none when its shell is gone either', async () => {
    const { run, shell } = world((operation, count) =>
      operation === 'receive' && count === 3 ? { fault: 2150858843 } : undefined,
    )
    expect(await ended(await run('sleep 20'))).toMatchObject({
      code: null,
      reason: expect.stringMatching(/no longer knows the shell/) as string,
    })
    await shell.close()
  })

  test('is ended by a signal on a second connection while a Receive waits, with the processes of the host', async () => {
    const { run, shell, endpoint } = world()
    const channel = await run('echo there; exec sleep 20')
    const end = ended(channel)
    await new Promise((resolve) => {
      channel.stdout.once('data', resolve)
    })
    channel.kill()
    channel.kill()
    expect((await end).stdout).toBe('there\n')
    expect(endpoint.connections()).toBe(2)
    expect(endpoint.running()).toBe(0)
    await shell.close()
  })

  test('that does not heed an interrupt is terminated', async () => {
    const { run, shell, endpoint } = world()
    const channel = await run('trap "" INT; echo there; sleep 20; sleep 20')
    const end = ended(channel)
    await new Promise((resolve) => {
      channel.stdout.once('data', resolve)
    })
    channel.kill()
    expect((await end).stdout).toBe('there\n')
    expect(endpoint.signals.slice(0, 2)).toEqual(['interrupt', 'terminate'])
    await shell.close()
    expect(endpoint.running()).toBe(0)
  })

  test('that ended by itself is let go of by the host, so that it no longer counts against the shell', async () => {
    const { run, shell, endpoint } = world()
    await ended(await run('exit 3'))
    await ended(await run('exit 4'))
    expect(endpoint.signals).toEqual(['terminate', 'terminate'])
    await shell.close()
  })

  test('ends with the failure that every new connection would meet too, and else only with a reason', async () => {
    for (const kind of ['trust', 'credential', 'host', 'link'] as const) {
      const { run, shell, endpoint, world: now } = world()
      const channel = await run('sleep 20')
      now.refusing = kind
      endpoint.cut(true)
      endpoint.cut(false)
      const { code, failure } = await channel.exit
      expect(code).toBeNull()
      expect(failure?.failure.kind, kind).toBe(kind === 'link' ? undefined : kind)
      delete now.refusing
      await shell.close()
    }
  })

  test('ends with an error on standard input when a Send was lost, because it may have arrived', async () => {
    const { run, shell, endpoint } = world((operation) => (operation === 'send' ? 'answer-lost' : undefined))
    const channel = await run('cat')
    const broken = new Promise((resolve) => {
      channel.stdin.once('error', resolve)
    })
    channel.stdin.write('once\n')
    expect(toFailure(await broken).kind).toBe('link')
    expect(endpoint.asked.filter((one) => one === 'send')).toHaveLength(1)
    await channel.exit
    await shell.close()
  })
})

describe('a fake endpoint: connections', () => {
  test('one that the host signed out is replaced, and the request goes out again on the new one', async () => {
    let sent = 0
    const lane = channelOver(() => {
      let good = 2
      return Promise.resolve({
        send: () =>
          good-- > 0
            ? Promise.resolve({ status: 200, body: String(++sent) })
            : Promise.reject(failed('link', 'signed-out', 'Who are you.', 'Nothing.', 'backoff')),
        close: () => undefined,
      })
    }, 60_000)
    const bodies = []
    for (let n = 0; n < 5; n++) bodies.push((await lane.send('x', { signal: never, timeoutMs: 1 })).body)
    expect(bodies).toEqual(['1', '2', '3', '4', '5'])
  })

  test('none is made for what is asked after the end, and nothing is asked again', async () => {
    const { client, endpoint, naps } = world()
    client.close()
    expect(await outcome(client.receive('S', 'C', never))).toBe('link session-closed')
    expect([endpoint.connections(), endpoint.asked, naps]).toEqual([0, [], []])
  })

  test('one that signs out whoever has just come is not tried for ever', async () => {
    let opened = 0
    const lane = channelOver(() => {
      opened++
      return Promise.resolve({
        send: () => Promise.reject(failed('link', 'signed-out', 'Who are you.', 'Nothing.', 'backoff')),
        close: () => undefined,
      })
    }, 60_000)
    expect(await outcome(lane.send('x', { signal: never, timeoutMs: 1 }))).toBe('link signed-out')
    expect(opened).toBe(1)
  })
})

describe('a fake endpoint: shells', () => {
  test('a lost Command is not sent again; its shell is deleted, so that nothing goes on unseen', async () => {
    const { run, shell, endpoint } = world((operation) => (operation === 'command' ? 'answer-lost' : undefined))
    expect(await outcome(run('sleep 20'))).toBe('link link-lost')
    await shell.close()
    expect([endpoint.asked.filter((one) => one === 'command').length, endpoint.shells(), endpoint.running()]).toEqual([
      1, 0, 0,
    ])
  })

  test('a lost Create is not sent again; the shell is deleted by the id we gave it', async () => {
    const { run, shell, endpoint } = world((operation) => (operation === 'create' ? 'answer-lost' : undefined))
    expect(await outcome(run('true'))).toBe('link link-lost')
    await shell.close()
    expect([endpoint.asked.filter((one) => one === 'create').length, endpoint.mostShells(), endpoint.shells()]).toEqual(
      [1, 1, 0],
    )
  })

  test('a shell the host no longer knows is made anew, once', async () => {
    const { run, shell, endpoint } = world((operation, count) =>
      operation === 'command' && count === 1 ? { fault: 2150858843 } : undefined,
    )
    expect((await ended(await run('echo again'))).stdout).toBe('again\n')
    await shell.close()
    expect(endpoint.shells()).toBe(0)
    const stubborn = world((operation) => (operation === 'command' ? { fault: 2150858843 } : undefined))
    expect(await outcome(stubborn.run('true'))).toBe('link wsman-2150858843')
    expect(stubborn.endpoint.asked.filter((one) => one === 'command')).toHaveLength(2)
    await stubborn.shell.close()
  })

  test('a host at its quota is asked again after longer and longer waits, and given up in the end', async () => {
    const { run, shell, naps } = world((operation, count) =>
      operation === 'create' && count < 4 ? { fault: 2150859173 } : undefined,
    )
    expect((await ended(await run('echo in'))).stdout).toBe('in\n')
    expect(naps).toEqual([1_000, 2_000, 4_000])
    await shell.close()
    const full = world((operation) => (operation === 'create' ? { fault: 2150859173 } : undefined))
    expect(await outcome(full.run('true'))).toBe('host wsman-2150859173')
    await full.shell.close()
  })

  test('there are never more than the host allows one user, however many sessions there are', async () => {
    const { client, endpoint } = world()
    const shared = slotsFor(2)
    const shells = [1, 2, 3, 4, 5].map(() =>
      winrsShell({ peer, client, slots: shared, limits, sleep: () => Promise.resolve() }),
    )
    await Promise.all(
      shells.map(async (one) => {
        await one.start({ program: 'sh', arguments: ['-c', 'true'], skipCmdShell: false }, never)
        await one.close()
      }),
    )
    expect([endpoint.mostShells(), endpoint.shells()]).toEqual([2, 0])
    const waiting = new AbortController()
    for (const one of shells.slice(0, 2))
      await one.start({ program: 'sh', arguments: ['-c', 'true'], skipCmdShell: false }, never)
    const third = outcome(
      shells[2]?.start({ program: 'sh', arguments: [], skipCmdShell: false }, waiting.signal) ?? Promise.resolve(),
    )
    waiting.abort()
    expect(await third).toBe('uncertain cancelled')
    await Promise.all(shells.map((one) => one.close()))
  })

  test('fewer slots are given where the host turns out to allow fewer, also to those who wait already', async () => {
    const few = slotsFor(3)
    for (let n = 0; n < 3; n++) await few.take(never)
    const order: string[] = []
    const waits = few.take(never).then(() => order.push('served'))
    few.atMost(2)
    few.give()
    order.push('one given back')
    await Promise.resolve()
    few.give()
    await waits
    expect(order).toEqual(['one given back', 'served'])
    few.atMost(0)
    few.give()
    few.give()
    await few.take(never)
  })

  test('are deleted when the start is called off while the host thinks about it', async () => {
    const stop = new AbortController()
    const { run, shell, endpoint } = world((operation) => {
      if (operation === 'command')
        queueMicrotask(() => {
          stop.abort()
        })
      return undefined
    })
    expect(['done', 'uncertain cancelled']).toContain(await outcome(run('sleep 20', stop.signal)))
    await shell.close()
    expect([endpoint.shells(), endpoint.running()]).toEqual([0, 0])
  })
})
