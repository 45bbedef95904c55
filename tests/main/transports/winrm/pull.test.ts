/**
 * How large files get to a host of WinRM: fetched by the complete PowerShell over real TLS on loopback (rung 3), or copied;
 * and who may connect meanwhile. SChannel and Windows PowerShell 5.1 are not here; the script uses only what the 5.1
 * gate knows.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { request, createServer as createHttpsServer } from 'node:https'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { LargeFiles } from '../../../../domain/plan/host.ts'
import type { Session } from '../../../../main/engine/ports.ts'
import { makeOwnCertificate } from '../../../../main/transports/winrm/pull/own-certificate.ts'
import { pullDoors, type PullDoors } from '../../../../main/transports/winrm/pull/pull-door.ts'
import { pullFile, type Pulling } from '../../../../main/transports/winrm/pull/pull-file.ts'
import { copyBySmb } from '../../../../main/transports/winrm/smb-copy.ts'
import { createWinrmTransport } from '../../../../main/transports/winrm/transport.ts'
import { labPowerShell } from '../local/lab-powershell.ts'
import { fakeEndpoint } from './fake-endpoint.ts'
import { failureOf, patient } from './http/reach.ts'
import { credential, hostAt } from './reach.ts'

const { executable, unavailable } = labPowerShell()
const skip = unavailable !== undefined
const needs = skip ? ` [needs the lab's PowerShell: ${unavailable}]` : ''
const here = '127.0.0.1'
const there = '127.0.0.2'
const size = 3_000_000
const content = randomBytes(size)
const sha256 = createHash('sha256').update(content).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'rollout-pull-'))
const localPath = join(folder, 'large.bin')
writeFileSync(localPath, content)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const portOf = (server: Pick<Server, 'address'>) => (server.address() as AddressInfo).port
const listens = async (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, here, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => {
      resolve(false)
    })
  })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, here)
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function offering(doors: PullDoors, to = here, onSent: (bytes: number) => void = () => undefined) {
  const file = await open(localPath)
  const offer = await doors.offer(here, 0, { file, size, to, onSent })
  const close = async () => {
    await offer.close()
    await file.close()
  }
  onTestFinished(close)
  return { ...offer, close }
}

/** Asks as a host would; the length of what came, or the status, or how it was cut off. */
async function asking(
  port: number,
  path: string,
  {
    from = here,
    range = 'bytes=0-',
    method = 'GET',
  }: { readonly from?: string; readonly range?: string; readonly method?: string } = {},
): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = request(
      {
        host: here,
        port,
        path,
        method,
        localAddress: from,
        rejectUnauthorized: false,
        agent: false,
        headers: range === '' ? {} : { Range: range },
      },
      (response) => {
        let length = 0
        response.on('data', (piece: Buffer) => {
          length += piece.length
        })
        response.on('end', () => {
          resolve(response.statusCode === 206 ? length : `status ${response.statusCode}`)
        })
        response.on('error', () => {
          resolve('cut off')
        })
      },
    )
    asked.on('error', () => {
      resolve('turned away')
    })
    asked.end()
  })
}

describe('the door for one file', () => {
  test('opens for the one address, the one path and one whole reading, and is gone afterwards', async () => {
    const { port, path, strangers, close } = await offering(
      pullDoors(() => Date.now()),
      there,
    )
    expect(await asking(port, path)).toBe('turned away')
    expect([...strangers]).toEqual([here])
    expect(await asking(port, '/', { from: there })).toBe('status 404')
    expect(await asking(port, path, { from: there, range: '' })).toBe('status 400')
    expect(await asking(port, path, { from: there, method: 'POST' })).toBe('status 400')
    expect(await asking(port, path, { from: there, range: `bytes=${size}-` })).toBe('status 416')
    expect(await asking(port, path, { from: there, range: `bytes=${size - 10}-` })).toBe(10)
    expect(await asking(port, path, { from: there })).toBe('status 404')
    await close()
    expect(await listens(port)).toBe(false)
  })

  test('serves two hosts by one listener, each its own file, and shuts with the last', async () => {
    const doors = pullDoors(() => Date.now())
    const port = await freePort()
    const file = await open(localPath)
    const [one, two] = await Promise.all(
      [here, there].map((to) => doors.offer(here, port, { file, size, to, onSent: () => undefined })),
    )
    expect([one?.port, two?.port]).toEqual([port, port])
    expect(await asking(port, one?.path ?? '', { from: there })).toBe('status 404')
    await one?.close()
    expect(await asking(port, two?.path ?? '', { from: there })).toBe(size)
    await two?.close()
    await file.close()
    expect(await listens(port)).toBe(false)
  })

  test('has a certificate of its own for every process, good for its own key', () => {
    const [one, two] = [makeOwnCertificate(Date.now()), makeOwnCertificate(Date.now())]
    expect(one.sha256).not.toBe(two.sha256)
    expect(() => createHttpsServer({ cert: one.certificate, key: one.privateKey })).not.toThrow()
    expect(() => createHttpsServer({ cert: one.certificate, key: two.privateKey })).toThrow(/key values mismatch/)
  })
})

/** A session whose host is this machine, at another address of it. */
async function session(largeFiles: LargeFiles): Promise<{
  readonly session: Session
  readonly sends: () => number
  readonly notes: string[]
  readonly put: (name: string, onProgress?: (bytes: number) => void) => Promise<void>
}> {
  const endpoint = fakeEndpoint({ 'powershell.exe': executable })
  const opened = async (signal: AbortSignal) => ({
    ...(await endpoint.open(signal)),
    addresses: { local: here, remote: there },
  })
  const transport = createWinrmTransport({ connect: () => opened, limits: { largeBytes: 1_000_000 } })
  const made = await transport.open({ ...hostAt(), largeFiles }, credential, patient())
  onTestFinished(() => made.close())
  const notes: string[] = []
  const put = (name: string, onProgress?: (bytes: number) => void) =>
    made.put(
      { localPath, remotePath: join(folder, name), sha256, size },
      { signal: patient(), onNote: (note) => notes.push(note), ...(onProgress && { onProgress }) },
    )
  return { session: made, sends: () => endpoint.asked.filter((one) => one === 'send').length, notes, put }
}

describe(`rung 3: a large file to a host with the complete PowerShell${needs}`, { skip, timeout: 60_000 }, () => {
  test('is fetched by the host, hashed and published; nothing listens before and after', async () => {
    const port = await freePort()
    const { put, sends, notes } = await session({ by: 'pull', port })
    const before = sends()
    const progress: number[] = []
    await put('fetched.bin', (bytes) => progress.push(bytes))
    expect(readFileSync(join(folder, 'fetched.bin')).equals(content)).toBe(true)
    expect([notes, progress[0], progress.at(-1), sends() - before < 30]).toEqual([[], 0, size, true])
    expect(await listens(port)).toBe(false)
  })

  test('goes on where an earlier try stopped, whoever made it', async () => {
    const { put, notes } = await session({ by: 'pull', port: await freePort() })
    writeFileSync(join(folder, `resumed.bin.${sha256.slice(0, 12)}.part`), content.subarray(0, 700_000))
    const progress: number[] = []
    await put('resumed.bin', (bytes) => progress.push(bytes))
    expect(readFileSync(join(folder, 'resumed.bin')).equals(content)).toBe(true)
    expect([notes, progress[0]]).toEqual([[], 700_000])
  })

  test('that cannot be fetched goes through the session, and it is said why; the next one is not tried in vain', async () => {
    const busy = createServer().listen(0, here)
    await once(busy, 'listening')
    onTestFinished(() => {
      busy.close()
    })
    const { put, notes } = await session({ by: 'pull', port: portOf(busy) })
    await put('sent.bin')
    expect(readFileSync(join(folder, 'sent.bin')).equals(content)).toBe(true)
    expect(notes).toEqual([
      `This workstation cannot listen on ${here} port ${portOf(busy)} (EADDRINUSE). The file goes through WinRM instead, which is slower.`,
    ])
    await put('sent too.bin')
    expect(notes).toHaveLength(1)
  })

  test(
    'over SMB is refused in words where the workstation is not Windows',
    { skip: process.platform === 'win32' },
    async () => {
      const { put } = await session({ by: 'smb' })
      expect(await failureOf(put('copied.bin'))).toMatchObject({ kind: 'workstation', code: 'smb-needs-windows' })
    },
  )
})

describe(`rung 3: fetching, with something in the way${needs}`, { skip, timeout: 60_000 }, () => {
  async function pulled(
    name: string,
    between: (port: number) => Promise<{ readonly port?: number; readonly certificateSha256?: string }>,
  ) {
    const partPath = join(folder, `${name}.part`)
    writeFileSync(partPath, '')
    const { run } = (await session({ by: 'session' })).session
    const doors = pullDoors(() => Date.now())
    const instead: PullDoors = {
      offer: async (...asked) => {
        const offer = await doors.offer(...asked)
        return { ...offer, ...(await between(offer.port)) }
      },
    }
    const file = await open(localPath)
    onTestFinished(() => file.close())
    const pulling: Pulling = {
      run,
      doors: instead,
      addresses: { local: here, remote: there },
      port: 0,
      file,
      size,
      partPath,
      offset: 0,
      signal: patient(),
      onProgress: () => undefined,
    }
    return { answer: await pullFile(pulling), bytes: existsSync(partPath) ? readFileSync(partPath) : Buffer.alloc(0) }
  }

  /** Cuts the first connections off after so many bytes. */
  async function cutting(port: number, times: number, after: number): Promise<{ readonly port: number }> {
    let left = times
    const relay = createServer((socket) => {
      const onward = connect({ port, host: here, localAddress: there })
      const cut = left-- > 0
      let passed = 0
      onward.on('data', (piece: Buffer) => {
        passed += piece.length
        if (cut && passed > after) {
          socket.destroy()
          onward.destroy()
        } else socket.write(piece)
      })
      socket.on('data', (piece: Buffer) => {
        onward.write(piece)
      })
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const)
        one
          .on('error', () => undefined)
          .on('close', () => {
            other.end()
          })
    }).listen(0, here)
    await once(relay, 'listening')
    onTestFinished(() => {
      relay.close()
    })
    return { port: portOf(relay) }
  }

  test('a connection that breaks is made again, and goes on', async () => {
    const { answer, bytes } = await pulled('broken', (port) => cutting(port, 3, 500_000))
    expect(answer).toEqual({ whole: true })
    expect(bytes.equals(content)).toBe(true)
  })

  test('one that breaks before anything comes is given up after three tries, with what there is', async () => {
    const { answer } = await pulled('hopeless', (port) => cutting(port, Infinity, 0))
    expect(answer).toMatchObject({
      whole: false,
      length: 0,
      why: expect.stringMatching(
        /^The host connected to 127\.0\.0\.1 port \d+ of this workstation and got no answer\./,
      ) as string,
    })
  })

  test('a closed port is told as what it is', async () => {
    const closed = await freePort()
    const { answer } = await pulled('closed', () => Promise.resolve({ port: closed }))
    expect(answer).toMatchObject({
      whole: false,
      length: 0,
      why: expect.stringMatching(
        /^The host cannot connect to .* A firewall on this workstation or on the path may block it\.$/,
      ) as string,
    })
  })

  test('to another certificate nothing is said, not even the path', async () => {
    const own = makeOwnCertificate(Date.now())
    const asked: string[] = []
    const impostor = createHttpsServer({ cert: own.certificate, key: own.privateKey }, (request, response) => {
      asked.push(request.url ?? '')
      response.end()
    }).listen(0, here)
    await once(impostor, 'listening')
    onTestFinished(() => {
      impostor.closeAllConnections()
      impostor.close()
    })
    const { answer } = await pulled('impostor', () => Promise.resolve({ port: portOf(impostor) }))
    expect(answer).toMatchObject({
      whole: false,
      length: 0,
      why: expect.stringContaining('it shows another certificate') as string,
    })
    expect(asked).toEqual([])
  })
})

describe('a copy to a share', () => {
  const peer = { name: 'RUN001', address: '10.0.0.1', port: 5986 }
  async function copied(
    name: string,
    offset: number,
    shareOf = (_address: string, path: string) => join(folder, path.replace('C:\\', 'share-').replaceAll('\\', '-')),
  ) {
    const file = await open(localPath)
    onTestFinished(() => file.close())
    await copyBySmb(
      peer,
      { file, size, partPath: `C:\\${name}`, offset, signal: patient(), onProgress: () => undefined },
      { platform: 'win32', shareOf },
    )
    return readFileSync(join(folder, `share-${name}`))
  }

  test('writes what is missing at its place', async () => {
    expect((await copied('new.part', 0)).equals(content)).toBe(true)
    writeFileSync(
      join(folder, 'share-half.part'),
      Buffer.concat([content.subarray(0, 1_000_000), Buffer.alloc(9_000_000)]),
    )
    expect((await copied('half.part', 1_000_000)).equals(content)).toBe(true)
  })

  test('says what to do where the share cannot be had', async () => {
    expect(await failureOf(copied('x', 0, () => join(folder, 'no such folder', 'x')))).toMatchObject({
      kind: 'link',
      code: 'smb-unreachable',
      hint: expect.stringContaining('TCP port 445') as string,
    })
  })
})
