/** The record of a lab: its hosts, where they are, and how often they have booted. */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ProcessMark, isAlive, mark } from './process-tree.ts'
import { sshPort } from './ssh-server.ts'

export interface HostRecord {
  readonly name: string
  readonly roles: readonly string[]
  readonly address: string
  readonly port: number
  readonly user: string
  readonly privateKeyPath: string
  readonly hostKey: { readonly line: string; readonly fingerprint: string }
  readonly folder: string
  readonly prefix: string
  readonly driveC: string
}

export interface SiteRecord {
  readonly dir: string
  readonly supervisor: ProcessMark | null
  readonly hosts: readonly HostRecord[]
}

/** How far a host is: `boots` counts its starts, `ready` says that it accepts connections, `problem` that it never will. */
export interface BootRecord {
  readonly boots: number
  readonly ready: boolean
  readonly bootTime: string
  readonly problem: string | null
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  const part = `${path}.${process.pid}.part`
  await writeFile(part, JSON.stringify(value, null, 2) + '\n', { mode: 0o600 })
  await rename(part, path)
}

export async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as T)
}

export const siteFile = (dir: string): string => join(dir, 'site.json')
export const bootFile = (host: { readonly folder: string }): string => join(host.folder, 'boot.json')

const addressFolder = join(tmpdir(), 'rollout-lab-addresses')

/** A loopback address of its own for each host, also when several labs run at once: a folder by its number says that it is taken. */
export async function takeAddress(): Promise<string> {
  await mkdir(addressFolder, { recursive: true })
  for (let number = 1; number < 255; number++) {
    const claim = join(addressFolder, String(number))
    const address = `127.0.77.${number}`
    if (!(await claimFolder(claim))) continue
    await writeJson(join(claim, 'owner.json'), await mark(process.pid))
    if (await isFree(address)) return address
    await rm(claim, { recursive: true, force: true })
  }
  throw new Error('No loopback address of 127.0.77.0/24 is free for a lab host.')
}

/** The supervisor lives longer than the command that took the address. */
export async function handAddress(address: string, owner: ProcessMark): Promise<void> {
  await writeJson(join(addressFolder, address.split('.')[3] ?? '', 'owner.json'), owner)
}

export async function releaseAddress(address: string): Promise<void> {
  await rm(join(addressFolder, address.split('.')[3] ?? ''), { recursive: true, force: true })
}

async function claimFolder(claim: string): Promise<boolean> {
  try {
    await mkdir(claim)
    return true
  } catch {
    const owner = await readJson<ProcessMark>(join(claim, 'owner.json'))
    if (owner === undefined || (await isAlive(owner))) return false
    // Its lab died without a word. Whoever removes the claim first has it.
    await rm(claim, { recursive: true, force: true })
    return mkdir(claim).then(
      () => true,
      () => false,
    )
  }
}

function isFree(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host: address, port: sshPort }, () => probe.close(() => resolve(true)))
  })
}

export async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
