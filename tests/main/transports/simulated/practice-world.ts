/** A small practice site for tests: three hosts and one virtual clock, in a folder that is removed afterwards. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Failure, FailureError } from '../../../../domain/base/failure.ts'
import { Host } from '../../../../domain/plan/host.ts'
import type { Verb, VerbParams, VerbResult } from '../../../../domain/remote/verb.ts'
import { virtualClock, type VirtualClock } from '../../../../main/app/workstation/clock.ts'
import { makePracticeSite, type PracticeSite } from '../../../../main/app/practice/practice.ts'
import type { Session } from '../../../../main/engine/ports.ts'
import { type SimulatedTransport, simulatedTransport } from '../../../../main/transports/simulated/transport.ts'

export const start = Date.parse('2026-11-23T20:00:00.000Z')
const never = new AbortController().signal

export interface PracticeWorld {
  readonly dir: string
  readonly site: PracticeSite
  readonly clock: VirtualClock
  readonly transport: SimulatedTransport
  host(name: string): Host
  open(name: string): Promise<Session>
  /** A handle to one host that opens a new session whenever it has none. */
  on(name: string): HostHandle
}

export interface HostHandle {
  ask<V extends Verb>(verb: V, params: VerbParams<V>): Promise<VerbResult<V>>
  put(component: string, remotePath?: string): Promise<string>
  install(component: string, ticket?: string, seconds?: number): Promise<VerbResult<'Start-HostJob'>>
  read(ticket?: string): Promise<VerbResult<'Read-HostJob'>>
  /** Watches a job until it has come to an end, in steps of two seconds. */
  await(ticket?: string): Promise<VerbResult<'Read-HostJob'>>
}

export interface WorldOptions {
  readonly faults?: readonly string[]
  readonly seed?: number
  readonly layout?: 'enterprise' | 'pilot'
  readonly runners?: number
}

/** Makes a practice site, and what a test needs to act on it; inside a test. */
export function practiceWorld(options: WorldOptions = {}): PracticeWorld {
  const dir = mkdtempSync(join(tmpdir(), 'practice-'))
  onTestFinished(() => void rmSync(dir, { recursive: true, force: true }))
  return makeWorld(dir, options)
}

/** The same without a test around it; whoever calls it removes the folder. */
export function makeWorld(dir: string, options: WorldOptions = {}): PracticeWorld {
  const site = makePracticeSite({
    dir,
    layout: options.layout ?? 'enterprise',
    runners: options.runners ?? 3,
    studios: 1,
    seed: options.seed ?? 1,
    faults: options.faults ?? [],
    virtual: true,
    at: start,
    durability: 'relaxed',
  })
  return reopen(dir, site, virtualClock(start))
}

/** Another process's view of the same site: a new transport on the same file. */
export function reopen(dir: string, site: PracticeSite, clock: VirtualClock): PracticeWorld {
  const transport = simulatedTransport({ siteFile: site.siteFile, clock, durability: 'relaxed' })
  const host = (name: string) => {
    const found = site.plan.hosts.find((one) => one.name === name)
    return found ?? Host.parse({ name, address: name, reach: { kind: 'simulated' } })
  }
  const open = (name: string) => transport.open(host(name), undefined, never)
  return { dir, site, clock, transport, host, open, on: (name) => handle(dir, site, clock, () => open(name)) }
}

/** The failure a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure
    throw thrown
  }
  throw new Error('nothing failed')
}

export const folder = 'C:\\ProgramData\\ExekraRollout\\job'

function handle(dir: string, site: PracticeSite, clock: VirtualClock, open: () => Promise<Session>): HostHandle {
  let session: Session | undefined
  const using = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    session ??= await open()
    try {
      return await work(session)
    } catch (thrown) {
      if (thrown instanceof FailureError && thrown.failure.kind === 'link') session = undefined
      throw thrown
    }
  }
  const ask: HostHandle['ask'] = (verb, params) => using((s) => s.run(verb, params, { signal: never }))
  const mediaOf = (component: string) => {
    const installer = site.plan.installers[component as keyof typeof site.plan.installers]
    if (installer?.mode !== 'unattended') throw new Error(`no installer of ${component}`)
    return { localPath: join(dir, installer.artefact.file), sha256: installer.artefact.sha256 ?? '' }
  }
  const remote = (component: string) => `C:\\ProgramData\\ExekraRollout\\media\\${component}.exe`
  const read: HostHandle['read'] = (ticket = 't1') =>
    ask('Read-HostJob', { Folder: folder, Ticket: ticket, Offset: 0, MaxBytes: 1 << 20 })
  return {
    ask,
    read,
    put: async (component, remotePath = remote(component)) => {
      const media = mediaOf(component)
      const size = sizeOf(media.localPath)
      await using((s) => s.put({ ...media, remotePath, size }, { signal: never }))
      return remotePath
    },
    install: (component, ticket = 't1', seconds = 3600) =>
      ask('Start-HostJob', {
        Folder: folder,
        Ticket: ticket,
        File: remote(component),
        Arguments: ['/practice-silent'],
        Environment: { SECRET: 'canary-secret' },
        TimeoutSeconds: seconds,
      }),
    await: async (ticket) => {
      for (;;) {
        const seen = await read(ticket)
        if (seen.state === 'ended' || seen.state === 'lost') return seen
        await clock.sleep(2000)
      }
    },
  }
}

function sizeOf(path: string): number {
  return statSync(path).size
}

/** Writes a file of that content and says what Session.put wants to know of it. */
export function localFile(
  dir: string,
  name: string,
  content: string | Uint8Array,
): { localPath: string; sha256: string; size: number } {
  const localPath = join(dir, name)
  writeFileSync(localPath, content)
  const bytes = Buffer.from(content)
  return { localPath, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}
