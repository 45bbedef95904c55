/** The record of a lab: its hosts, where they are, and how often they have booted. */
import { readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessMark } from './process-tree.ts'

export interface HostRecord {
  readonly name: string
  readonly roles: readonly string[]
  readonly address: string
  /** Its network namespace. */
  readonly namespace: string
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
  /** The number of the lab's network. */
  readonly network: number
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

export async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
