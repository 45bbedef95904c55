/** Benchmark of file transfer: 200 MB to a local OpenSSH server, with our SFTP and with scp in turn. */
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, openSync, writeSync, closeSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openLink } from '../../main/transports/ssh/transport.ts'
import { limitsFor, standardLimits, type SshLimits } from '../../main/transports/ssh/limits.ts'
import { openSftp } from '../../main/transports/ssh/sftp.ts'
import { partPathOf } from '../../domain/base/host-path.ts'
import { upload } from '../../main/transports/ssh/upload.ts'
import type { FileToPut } from '../../main/engine/ports.ts'
import { hostAt, memoryTrust, patient } from '../main/transports/ssh/reach.ts'
import { sshdInstalled, startSshd, type Sshd } from '../main/transports/ssh/sshd.ts'

const megabytes = 200
const rounds = Number(process.argv[2] ?? 5)

await main()

async function main(): Promise<void> {
  if (!sshdInstalled) {
    console.log('sftp against scp: not run, no OpenSSH server here (install openssh-server)')
    return
  }
  const sshd = await startSshd()
  try {
    const file = await fileOf(sshd)
    const ours: number[] = []
    const asToWindows: number[] = []
    const theirs: number[] = []
    for (let round = 1; round <= rounds; round++) {
      ours.push(await bySftp(sshd, file, limitsFor(standardLimits, file.remotePath)))
      asToWindows.push(await bySftp(sshd, file, standardLimits))
      theirs.push(await byScp(sshd, file))
      console.log(`round ${round}: ours ${rate(ours.at(-1))} MB/s, scp ${rate(theirs.at(-1))} MB/s`)
    }
    const ratio = median(theirs) / median(ours)
    console.log(
      `sftp against scp, ${megabytes} MB over loopback, connecting included, median of ${rounds}: ours ${rate(median(ours))} MB/s, scp ${rate(median(theirs))} MB/s, ours is ${ratio.toFixed(2)} times as fast (goal: not slower)`,
    )
    console.log(
      `in the 64 KiB chunks that Windows hosts get: ${rate(median(asToWindows))} MB/s, ${(median(theirs) / median(asToWindows)).toFixed(2)} times as fast as scp`,
    )
  } finally {
    await sshd.stop()
  }
}

// Both begin without a connection and end when the server has every byte; the hash is compared outside the measured time.
async function bySftp(sshd: Sshd, file: FileToPut, limits: SshLimits): Promise<number> {
  const part = partPathOf(file)
  rmSync(part, { force: true })
  const since = performance.now()
  const link = await openLink(
    hostAt(sshd.port),
    { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
    { trust: memoryTrust() },
    patient(),
  )
  const sftp = await openSftp(link, patient())
  await upload(link, sftp, limits, file, { signal: patient() }, () => Promise.reject(new Error('its folder is there')))
  await link.close()
  const elapsed = performance.now() - since
  await check(part, file)
  return elapsed
}

async function byScp(sshd: Sshd, file: FileToPut): Promise<number> {
  rmSync(file.remotePath, { force: true })
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'].flatMap((option) => [
    '-o',
    option,
  ])
  const since = performance.now()
  execFileSync('scp', [
    '-q',
    ...options,
    '-i',
    join(sshd.folder, 'user'),
    '-P',
    String(sshd.port),
    file.localPath,
    `${sshd.user}@127.0.0.1:${file.remotePath}`,
  ])
  const elapsed = performance.now() - since
  await check(file.remotePath, file)
  return elapsed
}

async function fileOf(sshd: Sshd): Promise<FileToPut> {
  const localPath = join(sshd.folder, 'media.bin')
  const handle = openSync(localPath, 'w')
  const hash = createHash('sha256')
  for (let n = 0; n < megabytes; n++) {
    const bytes = randomBytes(1_000_000)
    hash.update(bytes)
    writeSync(handle, bytes)
  }
  closeSync(handle)
  return {
    localPath,
    remotePath: join(sshd.folder, 'arrived.bin'),
    sha256: hash.digest('hex'),
    size: megabytes * 1_000_000,
  }
}

async function check(path: string, file: FileToPut): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  if (hash.digest('hex') !== file.sha256) throw new Error(`${path} is not what was sent`)
}

function rate(milliseconds = Number.NaN): string {
  return (megabytes / (milliseconds / 1000)).toFixed(0)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
