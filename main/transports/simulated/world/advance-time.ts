/** Time on a practice host: installers end and restarts finish at their own moments, whenever somebody asks. */
import type { InstallerModel, JobOutcome } from './installer-model.ts'
import { type HostRecord, hostOf, noteTime, pendingOf, servicesOf, setService, writeFile } from './records.ts'
import { between } from './seeded.ts'
import type { WorldFile } from './world-file.ts'

export interface JobRecord {
  readonly id: number
  readonly host: number
  /** The key of the job's own folder, FOLDER\TICKET. */
  readonly path: string
  readonly ticket: string
  readonly installer: string
  readonly started_at: number
  readonly ends_at: number
  readonly state: 'running' | 'ended' | 'lost'
  /** A JobOutcome as JSON. */
  readonly outcome: string
  /** JobLines as JSON. */
  readonly lines: string
  readonly boot_id: string
  /** When it was cut off by a restart. */
  readonly stopped_at: number | null
}

/**
 * Brings a host to the moment `now` (Unix milliseconds) and returns it. What happened meanwhile happens in the order of
 * its own moments, so that looking often or seldom makes no difference. Call it inside a transaction.
 */
export function advanceTime(world: WorldFile, host: HostRecord, now: number): HostRecord {
  let current = host
  while (current.due_at !== null && current.due_at <= now) {
    noteTime(world, current.due_at)
    next(world, current)
    current = schedule(world, current.id)
  }
  return current
}

/** True where settle would change something. */
export function isDue(host: HostRecord, now: number): boolean {
  return host.due_at !== null && host.due_at <= now
}

/** Recomputes when the next thing happens on the host by itself; to be called after a job or a restart was put in. */
export function schedule(world: WorldFile, hostId: number): HostRecord {
  const host = hostOf(world, hostId)
  const moments = [firstJob(world, hostId)?.ends_at, restartMoment(host)].filter((moment) => moment !== undefined)
  const due = moments.length > 0 ? Math.min(...moments) : null
  world.statement('UPDATE hosts SET due_at = ? WHERE id = ?').run(due, hostId)
  return { ...host, due_at: due }
}

/**
 * Lets the host go down at `from` and come back as the seed says, with a new boot id. A restart that is already due
 * stands.
 */
export function restart(world: WorldFile, host: HostRecord, from: number): void {
  if (host.down_from !== null) return
  const until = from + between(35_000, 75_000, world.seed, host.name, 'restart', host.boots)
  world
    .statement('UPDATE hosts SET down_from = ?, down_until = ?, went_down = 0 WHERE id = ?')
    .run(from, until, host.id)
}

/**
 * Lays on the host what the installer brings. `start`: its services start now; otherwise they wait for the next start
 * of the host.
 */
export function applyInstaller(
  world: WorldFile,
  host: HostRecord,
  model: InstallerModel,
  at: number,
  start: boolean,
): void {
  const id = host.id
  if (model.product)
    world
      .statement('INSERT OR REPLACE INTO products (host, name, version) VALUES (?, ?, ?)')
      .run(id, model.product.displayName, model.product.version)
  for (const file of model.files) writeFile(world, id, file.path, file)
  const wanted = start && !servicesFail(world, host)
  for (const service of model.services) {
    world
      .statement(
        'INSERT OR REPLACE INTO services (host, key, name, start_type, start_ms, wanted, ready_at, installed) VALUES (?, ?, ?, ?, ?, ?, ?, 1)',
      )
      .run(
        id,
        service.name.toLowerCase(),
        service.name,
        service.startType,
        service.startMs,
        wanted ? 1 : 0,
        at + service.startMs,
      )
  }
  for (const { port, service, endpoint } of model.listens) {
    world
      .statement('INSERT OR REPLACE INTO listeners (host, port, service, endpoint) VALUES (?, ?, ?, ?)')
      .run(id, port, service.toLowerCase(), endpoint ? JSON.stringify(endpoint) : null)
  }
}

/** True while the fault service-never-starts is on the host. */
export function servicesFail(world: WorldFile, host: HostRecord): boolean {
  if (!host.faulty) return false
  return (
    world
      .statement("SELECT 1 FROM faults WHERE host = ? AND kind = 'service-never-starts' AND remaining <> 0")
      .get(host.id) !== undefined
  )
}

/** The model of the installer with that hash. */
export function installerWith(world: WorldFile, sha256: string | null): InstallerModel | undefined {
  if (sha256 === null) return undefined
  const row = world.statement('SELECT model FROM installers WHERE sha256 = ?').get(sha256) as
    { model: string } | undefined
  return row ? (JSON.parse(row.model) as InstallerModel) : undefined
}

function firstJob(world: WorldFile, hostId: number): JobRecord | undefined {
  return world
    .statement("SELECT * FROM jobs WHERE host = ? AND state = 'running' ORDER BY ends_at, id LIMIT 1")
    .get(hostId) as JobRecord | undefined
}

function restartMoment(host: HostRecord): number | undefined {
  if (host.down_from === null || host.down_until === null) return undefined
  return host.went_down ? host.down_until : host.down_from
}

function next(world: WorldFile, host: HostRecord): void {
  const job = firstJob(world, host.id)
  const restartAt = restartMoment(host)
  if (job && (restartAt === undefined || job.ends_at <= restartAt)) endJob(world, host, job)
  else if (restartAt !== undefined && host.went_down) comeUp(world, host, restartAt)
  else if (restartAt !== undefined) goDown(world, host, restartAt)
}

function endJob(world: WorldFile, host: HostRecord, job: JobRecord): void {
  const outcome = JSON.parse(job.outcome) as JobOutcome
  const model = installerWith(world, job.installer)
  const cutOff = outcome.restarts === 'during'
  world
    .statement('UPDATE jobs SET state = ?, stopped_at = ? WHERE id = ?')
    .run(cutOff ? 'lost' : 'ended', cutOff ? job.ends_at : null, job.id)
  if (outcome.installs && model) {
    applyInstaller(world, host, model, job.ends_at, !outcome.pending)
    if (outcome.pending && !cutOff) {
      const signal = { kind: 'file-rename' as const, evidence: [`C:\\Windows\\Temp\\${model.name}.tmp`] }
      world
        .statement('UPDATE hosts SET pending = ? WHERE id = ?')
        .run(JSON.stringify([...pendingOf(host), signal]), host.id)
    }
  }
  if (outcome.restarts === 'during') restart(world, host, job.ends_at)
  if (outcome.restarts === 'after') restart(world, host, job.ends_at + 1000)
}

// Programs do not survive a restart, and nobody writes a result for them.
function goDown(world: WorldFile, host: HostRecord, at: number): void {
  world
    .statement("UPDATE jobs SET state = 'lost', stopped_at = ? WHERE host = ? AND state = 'running'")
    .run(at, host.id)
  world.statement('UPDATE services SET wanted = 0, ready_at = ? WHERE host = ?').run(at, host.id)
  world.statement('UPDATE hosts SET went_down = 1 WHERE id = ?').run(host.id)
}

function comeUp(world: WorldFile, host: HostRecord, at: number): void {
  world
    .statement(
      "UPDATE hosts SET boots = boots + 1, booted_at = ?, down_from = NULL, down_until = NULL, went_down = 0, pending = '[]' WHERE id = ?",
    )
    .run(at, host.id)
  const fail = servicesFail(world, host)
  for (const service of servicesOf(world, host.id)) {
    if (service.start_type === 'automatic')
      setService(world, host.id, service.key, !(fail && service.installed), at + service.start_ms)
  }
}
