/** `auto` against real sockets on loopback: which port it chooses, why, and what it never chooses by itself. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DoorReach, Host } from '../../../../domain/plan/host.ts'
import type { Credential, Session } from '../../../../main/engine/ports.ts'
import { chooseReach } from '../../../../main/transports/auto/choose-reach.ts'
import { createAutoTransport } from '../../../../main/transports/auto/transport.ts'
import { failureOf, memoryTrust, patient, type MemoryTrust } from '../winrm/http/reach.ts'

const password: Credential = { kind: 'password', user: 'SITE\\installer', password: 'not-a-secret' }
const key: Credential = { kind: 'key', user: 'installer', privateKey: 'none' }
const host = Host.parse({ name: 'RUN001', address: '127.0.0.1', reach: { kind: 'auto' } })

async function portThat(answers: boolean): Promise<number> {
  const server = createServer((socket) => {
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = async () => {
    server.close()
    await once(server, 'close')
  }
  if (answers) onTestFinished(close)
  else await close()
  return address.port
}

/** WinRM over HTTPS, WinRM over HTTP, SSH. */
async function ways(
  ...answers: readonly [boolean, boolean, boolean]
): Promise<{ readonly reaches: readonly DoorReach[]; readonly ports: readonly number[] }> {
  const ports: number[] = []
  for (const answer of answers) ports.push(await portThat(answer))
  const [https, http, ssh] = ports
  return {
    ports,
    reaches: [
      { kind: 'winrm', tls: true, port: https },
      { kind: 'winrm', tls: false, port: http },
      { kind: 'ssh', port: ssh },
    ].map((reach) => DoorReach.parse(reach)),
  }
}

const choose = (
  reaches: readonly DoorReach[],
  credential: Credential | undefined = password,
  trust: MemoryTrust = memoryTrust(),
) => chooseReach({ host, credential, trust, ways: reaches, waitMs: 3_000, signal: patient() })

describe('auto', () => {
  test('takes the best port that answers, and says what it saw of the better ones', async () => {
    const all = await ways(true, true, true)
    expect(await choose(all.reaches)).toEqual({ reach: all.reaches[0], why: `Port ${all.ports[0]} answers.` })
    const some = await ways(false, true, true)
    expect(await choose(some.reaches)).toEqual({
      reach: some.reaches[1],
      why: `Nothing listens on port ${some.ports[0]}. Port ${some.ports[1]} answers.`,
    })
    const last = await ways(false, false, true)
    expect((await choose(last.reaches)).reach).toEqual(last.reaches[2])
  })

  test('with a key there is only SSH, and it is said why', async () => {
    const { reaches } = await ways(true, true, true)
    expect(await choose(reaches, key)).toMatchObject({
      reach: { kind: 'ssh' },
      why: expect.stringMatching(/^Rollout skips WinRM: .* Port \d+ answers\.$/) as string,
    })
  })

  test('where no port answers each is named, and it is tried again', async () => {
    const { reaches, ports } = await ways(false, false, false)
    const failure = await failureOf(choose(reaches))
    expect(failure).toMatchObject({ kind: 'link', code: 'no-door-answers', retry: 'backoff' })
    for (const port of ports) expect(failure.evidence).toContain(`Nothing listens on port ${port}.`)
  })

  test('a name that does not resolve is one cause, not three', async () => {
    const { reaches } = await ways(false, false, false)
    expect(
      await failureOf(
        chooseReach({
          host: { ...host, address: 'run001.invalid' },
          credential: password,
          trust: memoryTrust(),
          ways: reaches,
          waitMs: 10_000,
          signal: patient(),
        }),
      ),
    ).toMatchObject({ code: 'name-unresolved' })
  })

  test('a host that was known by a better port is not reached by a worse one', async () => {
    const { reaches, ports } = await ways(false, true, true)
    const trust = memoryTrust()
    trust.pin('127.0.0.1', ports[0] ?? 0, 'SHA256:known')
    expect(await failureOf(choose(reaches, password, trust))).toMatchObject({
      kind: 'link',
      code: 'known-door-shut',
      message: expect.stringContaining(`port ${ports[0]}`) as string,
    })
  })

  test('called off, it chooses nothing', async () => {
    const { reaches } = await ways(true, true, true)
    const stop = new AbortController()
    stop.abort()
    expect(
      await failureOf(
        chooseReach({
          host,
          credential: password,
          trust: memoryTrust(),
          ways: reaches,
          waitMs: 3_000,
          signal: stop.signal,
        }),
      ),
    ).toMatchObject({ code: 'cancelled' })
  })

  test('the session says what was chosen, and is that of the chosen transport', async () => {
    const { reaches } = await ways(false, false, true)
    const asked: string[] = []
    const session = {
      run: () => Promise.reject(new Error('not asked')),
      put: () => Promise.resolve(),
      get: () => Promise.resolve(new Uint8Array()),
      close: () => Promise.resolve(),
    } satisfies Session
    const transport = createAutoTransport({
      trust: memoryTrust(),
      ways: reaches,
      transportOf: ({ kind }) => ({
        open: ({ reach }) => {
          asked.push(`${kind} ${reach.kind}`)
          return Promise.resolve(session)
        },
      }),
    })
    const opened = await transport.open(host, password, patient())
    expect(asked).toEqual(['ssh ssh'])
    expect(opened.chosen).toMatchObject({ reach: reaches[2], why: expect.stringContaining('answers') as string })
  })
})
