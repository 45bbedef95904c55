import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ClientChannel } from 'ssh2'
import type { Link } from '../../../../main/transports/ssh/link.ts'
import type { SshLimits } from '../../../../main/transports/ssh/limits.ts'
import { createSshTransport, openLink } from '../../../../main/transports/ssh/transport.ts'
import { failureOf, hostAt, memoryTrust, patient } from './reach.ts'
import { freePort, needsSshd, skipWithoutSshd, startSshd, type Sshd } from './sshd.ts'
import { startUnreliableLink } from './unreliable-link.ts'

const output = async (channel: ClientChannel) => {
  let text = ''
  for await (const chunk of channel) text += String(chunk)
  return text
}

describe.skipIf(skipWithoutSshd)(needsSshd('rung 2: a connection to a real OpenSSH server'), () => {
  let sshd: Sshd
  const links: Link[] = []
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.close()))
  })
  afterAll(async () => {
    await sshd.stop()
  })

  const reach = async (limits: Partial<SshLimits> = {}, server = sshd, port = server.port, signal = patient()) => {
    const link = await openLink(
      hostAt(port),
      { kind: 'key', user: server.user, privateKey: server.privateKey },
      { trust: memoryTrust(), limits },
      signal,
    )
    links.push(link)
    return link
  }

  test('30 commands at once are all answered, and OpenSSH, which allows 10 sessions, never has to refuse one', async () => {
    const link = await reach()
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => output(await link.exec(`sleep 0.02; echo ${n}`, patient()))),
    )
    expect(answers.map(Number)).toEqual(Array.from({ length: 30 }, (_, n) => n))
    expect(sshd.log()).not.toContain('no more sessions')
  })

  test('a channel the host has no room for is asked for again, until the time limit', async () => {
    const narrow = await startSshd({ settings: ['MaxSessions 1'] })
    try {
      const link = await reach({ channelMs: 15_000 }, narrow)
      const answers = await Promise.all(
        Array.from({ length: 6 }, async (_, n) => output(await link.exec(`echo ${n}`, patient()))),
      )
      expect(answers.map(Number)).toEqual([0, 1, 2, 3, 4, 5])
      const hurried = await reach({ channelMs: 100 }, narrow)
      const held = await hurried.exec('cat', patient())
      expect(await failureOf(hurried.exec('echo no', patient()))).toMatchObject({
        kind: 'host',
        code: 'channel-refused',
        retry: 'backoff',
      })
      held.end()
    } finally {
      await narrow.stop()
    }
  })

  test('a command costs no 40 ms of waiting for acknowledgements', async () => {
    const link = await reach()
    const times: number[] = []
    for (let n = 0; n < 40; n++) {
      const since = performance.now()
      await output(await link.exec('echo', patient()))
      times.push(performance.now() - since)
    }
    // Nagle's algorithm would delay every command, so the fastest one tells, however busy the machine is.
    expect(Math.min(...times)).toBeLessThan(40)
  })

  test('a host that falls silent is noticed, and everything pending fails as a lost link', async () => {
    const network = await startUnreliableLink(sshd.port)
    try {
      const link = await reach({ keepaliveMs: 100, silentLooks: 4 }, sshd, network.port)
      const channel = (await link.exec('cat', patient())).resume()
      network.fallSilent()
      const since = performance.now()
      const failures = await Promise.all([
        failureOf(link.during(() => new Promise(() => undefined))),
        failureOf(link.exec('echo', patient())),
        failureOf(link.sftp(patient())),
        new Promise((resolve) => channel.once('close', resolve)).then(() =>
          failureOf(link.exec('echo later', patient())),
        ),
      ])
      for (const failure of failures)
        expect(failure).toMatchObject({ kind: 'link', code: 'link-lost', retry: 'backoff' })
      expect(performance.now() - since).toBeLessThan(5_000)
    } finally {
      network.stop()
    }
  })

  test('an idle but living link is left alone', async () => {
    const link = await reach({ keepaliveMs: 100, silentLooks: 3 })
    const channel = await link.exec('sleep 1; echo still here', patient())
    expect(await output(channel)).toBe('still here\n')
    expect(link.lost.aborted).toBe(false)
  })

  test('a killed server process is a lost link, and the next session is let in', async () => {
    const link = await reach()
    const pending = failureOf(link.during(() => new Promise(() => undefined)))
    sshd.cut()
    expect(await pending).toMatchObject({ kind: 'link', code: 'link-lost' })
    expect(await output(await (await reach()).exec('echo again', patient()))).toBe('again\n')
  })

  test('closing ends the server process, and what is asked afterwards says that the session was closed', async () => {
    const lonely = await startSshd()
    try {
      const link = await reach({}, lonely)
      await link.exec('cat', patient())
      await link.close()
      expect(await failureOf(link.exec('echo', patient()))).toMatchObject({ kind: 'link', code: 'session-closed' })
      await expect.poll(() => lonely.connections()).toEqual([])
    } finally {
      await lonely.stop()
    }
  })

  test('opening and waiting for a channel can be called off', async () => {
    expect(await failureOf(reach({}, sshd, sshd.port, AbortSignal.abort()))).toMatchObject({ code: 'cancelled' })
    const link = await reach({ channels: 1 })
    const held = await link.exec('cat', patient())
    const calling = new AbortController()
    const waiting = failureOf(link.exec('echo never', calling.signal))
    calling.abort()
    expect(await waiting).toMatchObject({ code: 'cancelled' })
    held.resume().close()
    expect(await output(await link.exec('echo next', patient()))).toBe('next\n')
  })

  test('a host without PowerShell, or with one that will not start, is told so', async () => {
    const open = (powershell: string) =>
      createSshTransport({ trust: memoryTrust(), powershell }).open(
        hostAt(sshd.port),
        { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
        patient(),
      )
    expect(await failureOf(open('no-such-powershell.exe'))).toMatchObject({
      kind: 'host',
      code: 'no-powershell',
      retry: 'never',
    })
    expect(await failureOf(open('false'))).toMatchObject({
      kind: 'host',
      code: 'powershell-not-started',
      retry: 'never',
    })
  })
})

describe('a host that cannot be reached', () => {
  const reach = (port: number, address = '127.0.0.1', limits: Partial<SshLimits> = {}) =>
    failureOf(
      openLink(
        hostAt(port, { address }),
        { kind: 'password', user: 'operator', password: 'x' },
        { trust: memoryTrust(), limits },
        patient(),
      ),
    )

  test('a name nobody knows, a closed port and an unanswered call are told apart, each with what to do', async () => {
    expect(await reach(22, 'no-such-host.invalid')).toMatchObject({
      kind: 'link',
      code: 'name-unresolved',
      retry: 'backoff',
    })
    const refused = await reach(await freePort())
    expect(refused).toMatchObject({ kind: 'link', code: 'connection-refused', retry: 'backoff' })
    expect(refused.hint).toContain('sshd')
  })

  test('a server that takes the connection and says nothing runs into the time limit', async () => {
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await reach(port, '127.0.0.1', { readyMs: 60 })).toMatchObject({
      kind: 'link',
      code: 'handshake-timeout',
      retry: 'backoff',
    })
    server.close()
  })

  test('a server that is no SSH server, or hangs up at once, is told so', async () => {
    for (const greeting of ['HTTP/1.1 400 Bad Request\r\n\r\n', '']) {
      const server = createServer((socket) => socket.on('error', () => undefined).end(greeting))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      expect(await reach(port)).toMatchObject({ kind: 'link', code: 'handshake-failed' })
      server.close()
    }
  })
})
