import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FileToPut } from '../../../../main/engine/ports.ts'
import { download } from '../../../../main/transports/ssh/download.ts'
import { standardLimits, type SshLimits } from '../../../../main/transports/ssh/limits.ts'
import type { Link } from '../../../../main/transports/ssh/link.ts'
import { putFile } from '../../../../main/transports/ssh/put-file.ts'
import { partPathOf } from '../../../../domain/base/host-path.ts'
import { openSftp } from '../../../../main/transports/ssh/sftp.ts'
import { openLink } from '../../../../main/transports/ssh/transport.ts'
import type { Sending } from '../../../../main/transports/ssh/upload.ts'
import { failureOf, hostAt, memoryTrust, patient, publishHere, sha256Of } from './reach.ts'
import { needsSshd, skipWithoutSshd, startSshd, type Sshd } from './sshd.ts'
import { startUnreliableLink } from './unreliable-link.ts'

const mebibyte = 2 ** 20
const chunk = standardLimits.chunkBytes

describe.skipIf(skipWithoutSshd)(needsSshd('rung 2: files over a real OpenSSH server'), () => {
  let sshd: Sshd
  let counter = 0
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

  const fileOf = (size: number): FileToPut => {
    const folder = join(sshd.folder, `files-${++counter}`)
    mkdirSync(folder)
    const bytes = randomBytes(size)
    writeFileSync(join(folder, 'local'), bytes)
    return { localPath: join(folder, 'local'), remotePath: join(folder, 'remote'), sha256: sha256Of(bytes), size }
  }
  const reach = async (limits: Partial<SshLimits> = {}, port = sshd.port) => {
    const link = await openLink(
      hostAt(port),
      { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
      { trust: memoryTrust(), limits },
      patient(),
    )
    links.push(link)
    return { link, sftp: await openSftp(link, patient()), limits: { ...standardLimits, ...limits } }
  }
  const put = async (
    file: FileToPut,
    sending: Sending = { signal: patient() },
    at?: Awaited<ReturnType<typeof reach>>,
  ) => {
    const { link, sftp, limits } = at ?? (await reach())
    await putFile(link, sftp, limits, publishHere, file, sending)
  }
  const arrived = (file: FileToPut) =>
    sha256Of(readFileSync(file.remotePath)) === file.sha256 && !existsSync(partPathOf(file))

  test('files of every awkward size arrive whole, under their name only when they are right', async () => {
    const at = await reach()
    for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 3 * mebibyte + 17]) {
      const file = fileOf(size)
      await put(file, { signal: patient() }, at)
      expect(arrived(file), `${size} bytes`).toBe(true)
      expect(
        Buffer.from(await download(at.link, at.sftp, at.limits, file.remotePath, size, patient())).equals(
          readFileSync(file.localPath),
        ),
      ).toBe(true)
    }
  })

  test('progress grows, and ends at the size', async () => {
    const file = fileOf(5 * mebibyte)
    const steps: number[] = []
    await put(file, { signal: patient(), onProgress: (sent) => steps.push(sent) })
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps[0]).toBe(0)
    expect(steps.at(-1)).toBe(file.size)
  })

  test('a connection cut in the middle is a lost link, and the next try goes on where it stopped', async () => {
    const file = fileOf(48 * mebibyte)
    let cutAt = 0
    const onProgress = (sent: number) => {
      if (cutAt > 0 || sent < 12 * mebibyte) return
      cutAt = sent
      sshd.cut()
    }
    expect(await failureOf(put(file, { signal: patient(), onProgress }))).toMatchObject({
      kind: 'link',
      code: 'link-lost',
    })
    expect(existsSync(file.remotePath)).toBe(false)
    const steps: number[] = []
    await put(file, { signal: patient(), onProgress: (sent) => steps.push(sent) })
    expect(steps[0]).toBeGreaterThanOrEqual(12 * mebibyte)
    expect(steps[0]).toBeLessThan(file.size)
    expect(arrived(file)).toBe(true)
  })

  test('a put can be called off; the link stays, and the next try goes on', async () => {
    const file = fileOf(24 * mebibyte)
    const calling = new AbortController()
    const at = await reach()
    const onProgress = (sent: number) => {
      if (sent > 4 * mebibyte) calling.abort()
    }
    expect(await failureOf(put(file, { signal: calling.signal, onProgress }, at))).toMatchObject({ code: 'cancelled' })
    expect(statSync(partPathOf(file)).size).toBeGreaterThan(mebibyte)
    await put(file, { signal: patient() }, at)
    expect(arrived(file)).toBe(true)
  })

  test('a part left wrong by an earlier try is sent again from its first byte', async () => {
    for (const left of [1000, 2 * mebibyte, 3 * mebibyte]) {
      const file = fileOf(2 * mebibyte)
      writeFileSync(partPathOf(file), randomBytes(left))
      await put(file)
      expect(arrived(file)).toBe(true)
    }
  })

  test('a file that is not what its hash says is never published, and nothing of it stays', async () => {
    const file = { ...fileOf(mebibyte), sha256: 'a'.repeat(64) }
    const failure = await failureOf(put(file))
    expect(failure).toMatchObject({ kind: 'host', code: 'hash-mismatch', retry: 'never' })
    expect(failure.message).toContain(sha256Of(readFileSync(file.localPath)))
    expect(existsSync(file.remotePath) || existsSync(partPathOf(file))).toBe(false)
  })

  test('a local file that is gone, or is not the one that was checked, is refused before anything is sent', async () => {
    const file = fileOf(1000)
    expect(await failureOf(put({ ...file, localPath: `${file.localPath}-gone` }))).toMatchObject({
      kind: 'workstation',
      code: 'local-file',
    })
    expect(await failureOf(put({ ...file, size: 1001 }))).toMatchObject({
      kind: 'workstation',
      code: 'local-file-changed',
    })
    expect(existsSync(partPathOf(file))).toBe(false)
  })

  test('a file that is not there, too large or not allowed is told so', async () => {
    const { link, sftp, limits } = await reach()
    const file = fileOf(1000)
    const get = (path: string, maxBytes: number) => download(link, sftp, limits, path, maxBytes, patient())
    expect(await failureOf(get(`${file.localPath}-gone`, 10))).toMatchObject({ kind: 'host', code: 'file-missing' })
    expect(await failureOf(get(file.localPath, 999))).toMatchObject({ kind: 'host', code: 'file-too-large' })
    expect(await failureOf(sftp.open(sshd.folder, 'create', patient()))).toMatchObject({
      kind: 'host',
      code: 'file-failed',
    })
  })

  test('a slow link is not taken for a dead one', async () => {
    const network = await startUnreliableLink(sshd.port)
    try {
      const at = await reach({ keepaliveMs: 150, silentLooks: 4, slowAnswerMs: 50 }, network.port)
      const file = fileOf(1.5 * mebibyte)
      network.slowDown(1.5 * mebibyte)
      await put(file, { signal: patient() }, at)
      expect(arrived(file)).toBe(true)
    } finally {
      network.stop()
    }
  })

  test('a link that falls silent in the middle of a put fails it, and the next try goes on', async () => {
    const network = await startUnreliableLink(sshd.port)
    const file = fileOf(16 * mebibyte)
    try {
      const at = await reach({ keepaliveMs: 100, silentLooks: 4 }, network.port)
      const onProgress = (sent: number) => {
        if (sent > 3 * mebibyte) network.fallSilent()
      }
      expect(await failureOf(put(file, { signal: patient(), onProgress }, at))).toMatchObject({
        kind: 'link',
        code: 'link-lost',
      })
    } finally {
      network.stop()
    }
    await put(file)
    expect(arrived(file)).toBe(true)
  })
})
