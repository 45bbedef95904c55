/** Inspects a practice site from outside the rollout, and does what a person at one of its hosts would do. */
import { unknownHost, unknownInstaller } from '../failures.ts'
import { type Fault, faultText } from '../fault.ts'
import {
  bootIdOf,
  type FileRecord,
  hostAt,
  hostOf,
  isDown,
  lastTime,
  listening,
  noteTime,
  pendingOf,
  type RuleRecord,
  servicesOf,
  statusOf,
} from '../world/records.ts'
import { applyInstaller, type JobRecord, advanceTime } from '../world/advance-time.ts'
import type { InstallerModel } from '../world/installer-model.ts'
import { openWorldFile, type WorldFile } from '../world/world-file.ts'

export interface InspectedHost {
  readonly up: boolean
  readonly boots: number
  readonly bootId: string
  readonly pendingReboot: readonly string[]
  /** Display name to version. */
  readonly products: Readonly<Record<string, string>>
  readonly services: Readonly<Record<string, 'running' | 'stopped' | 'start-pending'>>
  readonly rules: Readonly<Record<string, { readonly port: number; readonly remoteAddresses: readonly string[] }>>
  /** Path to hash; folders have none. */
  readonly files: Readonly<Record<string, string | null>>
  readonly certificates: readonly string[]
  readonly listening: readonly number[]
  readonly jobs: readonly {
    readonly path: string
    readonly ticket: string
    readonly state: 'running' | 'ended' | 'lost'
    readonly exitCode: number | null
  }[]
  /** Installer name to how often it was really started on this host. */
  readonly starts: Readonly<Record<string, number>>
  /** Tickets that were really started more than once; always empty unless something is wrong. */
  readonly startedTwice: readonly string[]
}

export interface InspectedWorld {
  readonly at: number
  readonly hosts: Readonly<Record<string, InspectedHost>>
  /** Every fault with how often it has shown and how often it still will (-1: for ever). */
  readonly faults: readonly { readonly fault: string; readonly shown: number; readonly remaining: number }[]
}

/**
 * The state of a practice site at the moment `at` (Unix milliseconds; by default the moment of its latest effect).
 * Changes nothing in the file: what would have happened by then is computed and undone again.
 */
export function inspectWorld(siteFile: string, at?: number): InspectedWorld {
  const world = openWorldFile(siteFile)
  try {
    const now = at ?? lastTime(world)
    let inspected: InspectedWorld | undefined
    try {
      world.change(() => {
        inspected = { at: now, hosts: inspectHosts(world, now), faults: inspectFaults(world) }
        throw new Undo()
      })
    } catch (thrown) {
      if (!(thrown instanceof Undo)) throw thrown
    }
    if (!inspected) throw new Error('the practice site was not read')
    return inspected
  } finally {
    world.close()
  }
}

/**
 * The moment of the latest effect on any host, Unix milliseconds: where virtual time goes on after a restart of ours.
 */
export function worldTime(siteFile: string): {
  readonly createdAt: number
  readonly lastAt: number
  readonly speed: number
  readonly virtual: boolean
} {
  const world = openWorldFile(siteFile)
  try {
    return { createdAt: world.createdAt, lastAt: lastTime(world), speed: world.speed, virtual: world.virtual }
  } finally {
    world.close()
  }
}

/** Removes the faults of a host, as a repair would; returns how many had not shown yet. */
export function mendHost(siteFile: string, hostName: string): number {
  return withHost(
    siteFile,
    hostName,
    (world, id) => world.statement('UPDATE faults SET remaining = 0 WHERE host = ? AND remaining <> 0').run(id).changes,
  )
}

/** Installs by hand, at the moment `at`, what the installer of that name installs; services start at once. */
export function installByHand(siteFile: string, hostName: string, installerName: string, at: number): void {
  withHost(siteFile, hostName, (world, id) => {
    const models = (world.statement('SELECT model FROM installers').all() as { model: string }[]).map(
      (row) => JSON.parse(row.model) as InstallerModel,
    )
    const model = models.find(({ name }) => name === installerName)
    if (!model)
      throw unknownInstaller(
        installerName,
        models.map(({ name }) => name),
      )
    applyInstaller(world, advanceTime(world, hostOf(world, id), at), model, at, true)
    noteTime(world, at)
  })
}

class Undo extends Error {}

function withHost<T>(siteFile: string, hostName: string, work: (world: WorldFile, id: number) => T): T {
  const world = openWorldFile(siteFile)
  try {
    const host = hostAt(world, hostName)
    if (!host) throw unknownHost(hostName)
    return world.change(() => work(world, host.id))
  } finally {
    world.close()
  }
}

function inspectHosts(world: WorldFile, now: number): Record<string, InspectedHost> {
  const rows = world.statement('SELECT id, name FROM hosts ORDER BY id').all() as { id: number; name: string }[]
  return Object.fromEntries(rows.map(({ id, name }) => [name, inspectHost(world, id, now)]))
}

function inspectHost(world: WorldFile, id: number, now: number): InspectedHost {
  const host = advanceTime(world, hostOf(world, id), now)
  const all = <T>(text: string) => world.statement(text).all(id) as T[]
  const jobs = all<JobRecord>('SELECT * FROM jobs WHERE host = ? ORDER BY id')
  const starts = all<{ installer: string; ticket: string; count: number }>(
    'SELECT installer, ticket, count FROM starts WHERE host = ? ORDER BY installer, ticket',
  )
  const perInstaller: Record<string, number> = {}
  for (const start of starts) perInstaller[start.installer] = (perInstaller[start.installer] ?? 0) + start.count
  return {
    up: !isDown(host, now),
    boots: host.boots,
    bootId: bootIdOf(world, host),
    pendingReboot: pendingOf(host).map((signal) => signal.kind),
    products: Object.fromEntries(
      all<{ name: string; version: string }>('SELECT name, version FROM products WHERE host = ? ORDER BY name').map(
        (row) => [row.name, row.version],
      ),
    ),
    services: Object.fromEntries(servicesOf(world, id).map((service) => [service.name, statusOf(service, now)])),
    rules: Object.fromEntries(
      all<RuleRecord>('SELECT * FROM rules WHERE host = ? ORDER BY name').map((rule) => [
        rule.name,
        { port: rule.port, remoteAddresses: JSON.parse(rule.remote) as string[] },
      ]),
    ),
    files: Object.fromEntries(
      all<FileRecord>('SELECT * FROM files WHERE host = ? ORDER BY key').map((file) => [file.path, file.sha256]),
    ),
    certificates: all<{ sha256: string }>('SELECT sha256 FROM certificates WHERE host = ? ORDER BY sha256').map(
      (row) => row.sha256,
    ),
    listening: listening(world, id, now).map((listener) => listener.port),
    jobs: jobs.map((job) => ({
      path: job.path,
      ticket: job.ticket,
      state: job.state,
      exitCode: job.state === 'ended' ? (JSON.parse(job.outcome) as { exitCode: number | null }).exitCode : null,
    })),
    starts: perInstaller,
    startedTwice: starts.filter((start) => start.count > 1).map((start) => start.ticket),
  }
}

function inspectFaults(world: WorldFile): InspectedWorld['faults'] {
  const rows = world
    .statement(
      'SELECT faults.*, hosts.name AS hostName FROM faults JOIN hosts ON hosts.id = faults.host ORDER BY faults.id',
    )
    .all() as (Fault & { hostName: string; shown: number; remaining: number })[]
  return rows.map((row) => ({
    fault: faultText({ kind: row.kind, host: row.hostName, step: row.step, skip: row.skip, count: row.count }),
    shown: row.shown,
    remaining: row.remaining,
  }))
}
