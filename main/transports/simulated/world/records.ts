/** Typed reads and writes of a practice site's records; the only file that shapes its rows. */
import { z } from 'zod'
import { RebootSignal } from '../../../../domain/remote/facts.ts'
import type { OperatingSystem } from '../../../../domain/plan/host.ts'
import type { WorldFile } from './world-file.ts'
import { guid } from './seeded.ts'

export interface HostRecord {
  readonly id: number
  readonly name: string
  readonly ip: string
  readonly os: OperatingSystem
  readonly faulty: number
  readonly boots: number
  readonly booted_at: number
  readonly down_from: number | null
  readonly down_until: number | null
  readonly went_down: number
  readonly pending: string
  /** When the next thing happens on the host by itself; null for nothing. */
  readonly due_at: number | null
}

export interface FileRecord {
  readonly key: string
  readonly path: string
  readonly folder: number
  readonly length: number | null
  readonly sha256: string | null
  readonly version: string | null
  /** Of a file half sent: the hash of what is being sent. */
  readonly source: string | null
}

export interface ServiceRecord {
  readonly key: string
  readonly name: string
  readonly start_type: 'automatic' | 'manual' | 'disabled'
  readonly start_ms: number
  readonly wanted: number
  readonly ready_at: number
  readonly installed: number
}

export const Endpoint = z.strictObject({ der: z.string(), issuer: z.string(), status: z.int() })
export type Endpoint = z.infer<typeof Endpoint>

export interface ListenerRecord {
  readonly port: number
  readonly service: string | null
  readonly endpoint: string | null
}

export interface RuleRecord {
  readonly name: string
  readonly display: string
  readonly port: number
  /** Addresses as JSON, sorted. */
  readonly remote: string
}

/** The host that answers to an address or a name, in any case. */
export function hostAt(world: WorldFile, address: string): HostRecord | undefined {
  return world
    .statement('SELECT hosts.* FROM addresses JOIN hosts ON hosts.id = addresses.host WHERE address = ?')
    .get(address.toLowerCase()) as HostRecord | undefined
}

/** The host of that id, as it stands now; throws when there is none, which only a bug asks for. */
export function hostOf(world: WorldFile, id: number): HostRecord {
  const row = world.statement('SELECT * FROM hosts WHERE id = ?').get(id) as HostRecord | undefined
  if (!row) throw new Error(`no host ${id} in the practice site`)
  return row
}

/** The boot id of the host's present start. */
export function bootIdOf(world: WorldFile, host: HostRecord): string {
  return guid(world.seed, host.name, 'boot', host.boots)
}

/** True while the host answers nobody. */
export function isDown(host: HostRecord, now: number): boolean {
  return host.down_from !== null && now >= host.down_from && (host.down_until === null || now < host.down_until)
}

/** What wants a restart on the host. */
export function pendingOf(host: HostRecord): z.infer<typeof RebootSignal>[] {
  return host.pending === '[]' ? [] : z.array(RebootSignal).parse(JSON.parse(host.pending))
}

/** One spelling for a path, as Windows compares them: lower case, backslashes, no trailing one. */
export function pathKey(path: string): string {
  const slashes = /^[A-Za-z]:/.test(path) ? path.replaceAll('/', '\\') : path
  return slashes.replace(/[\\/]+$/, '').toLowerCase()
}

/** The file or folder at a path. */
export function fileAt(world: WorldFile, host: number, path: string): FileRecord | undefined {
  return world.statement('SELECT * FROM files WHERE host = ? AND key = ?').get(host, pathKey(path)) as
    FileRecord | undefined
}

/** Writes or replaces the file at a path. */
export function writeFile(
  world: WorldFile,
  host: number,
  path: string,
  file: { length: number; sha256: string; version?: string | null; source?: string | null },
): void {
  world
    .statement(
      'INSERT OR REPLACE INTO files (host, key, path, folder, length, sha256, version, source) VALUES (?, ?, ?, 0, ?, ?, ?, ?)',
    )
    .run(host, pathKey(path), path, file.length, file.sha256, file.version ?? null, file.source ?? null)
}

/** Makes a folder with all folders above it, as Windows does; true when it was not there. */
export function makeFolder(world: WorldFile, host: number, path: string): boolean {
  const key = pathKey(path)
  if (key === '' || fileAt(world, host, key)) return false
  const parent = key.slice(0, Math.max(key.lastIndexOf('\\'), key.lastIndexOf('/')))
  if (!parent.endsWith(':')) makeFolder(world, host, path.slice(0, parent.length))
  world.statement('INSERT INTO files (host, key, path, folder) VALUES (?, ?, ?, 1)').run(host, key, path)
  return true
}

export function removeFile(world: WorldFile, host: number, path: string): void {
  world.statement('DELETE FROM files WHERE host = ? AND key = ?').run(host, pathKey(path))
}

/** Bytes of all files of the host. */
export function bytesUsed(world: WorldFile, host: number): number {
  const row = world.statement('SELECT coalesce(sum(length), 0) AS bytes FROM files WHERE host = ?').get(host) as {
    bytes: number
  }
  return row.bytes
}

export function servicesOf(world: WorldFile, host: number): ServiceRecord[] {
  return world.statement('SELECT * FROM services WHERE host = ? ORDER BY key').all(host) as ServiceRecord[]
}

export function serviceNamed(world: WorldFile, host: number, name: string): ServiceRecord | undefined {
  return world.statement('SELECT * FROM services WHERE host = ? AND key = ?').get(host, name.toLowerCase()) as
    ServiceRecord | undefined
}

/** Turns a service on (running once it has had its time to start) or off. */
export function setService(world: WorldFile, host: number, key: string, wanted: boolean, readyAt: number): void {
  world
    .statement('UPDATE services SET wanted = ?, ready_at = ? WHERE host = ? AND key = ?')
    .run(wanted ? 1 : 0, readyAt, host, key)
}

export function statusOf(service: ServiceRecord, now: number): 'running' | 'stopped' | 'start-pending' {
  if (!service.wanted) return 'stopped'
  return now >= service.ready_at ? 'running' : 'start-pending'
}

/** The listeners of the host whose service runs. */
export function listening(world: WorldFile, host: number, now: number): ListenerRecord[] {
  return world
    .statement(
      'SELECT l.port, l.service, l.endpoint FROM listeners l LEFT JOIN services s ON s.host = l.host AND s.key = l.service WHERE l.host = ? AND (l.service IS NULL OR (s.wanted = 1 AND s.ready_at <= ?)) ORDER BY l.port',
    )
    .all(host, now) as ListenerRecord[]
}

export function ruleNamed(world: WorldFile, host: number, name: string): RuleRecord | undefined {
  return world.statement('SELECT * FROM rules WHERE host = ? AND name = ?').get(host, name) as RuleRecord | undefined
}

export function rulesFor(world: WorldFile, host: number, port: number): RuleRecord[] {
  return world.statement('SELECT * FROM rules WHERE host = ? AND port = ?').all(host, port) as RuleRecord[]
}

export function trusts(world: WorldFile, host: number, sha256: string): boolean {
  return world.statement('SELECT 1 FROM certificates WHERE host = ? AND sha256 = ?').get(host, sha256) !== undefined
}

/** Remembers the moment of the latest effect, so that virtual time can go on from there after a restart of ours. */
export function noteTime(world: WorldFile, now: number): void {
  world.statement("UPDATE site SET value = ? WHERE key = 'lastAt' AND CAST(value AS INTEGER) < ?").run(String(now), now)
}

/** The moment of the latest effect, Unix milliseconds. */
export function lastTime(world: WorldFile): number {
  const row = world.statement("SELECT value FROM site WHERE key = 'lastAt'").get() as { value: string }
  return Number(row.value)
}
