/** The answers of a practice host to verbs that change it. Each runs in one transaction with its traces. */
import { createHash } from 'node:crypto'
import type { Answers, Asked } from './answer.ts'
import * as failures from './failures.ts'
import { strike } from '../fault-memory.ts'
import { planJob } from '../world/installer-model.ts'
import { freeBytes, jobKey, jobOf, ruleState, serviceState } from './read-verbs.ts'
import { ruleAddresses } from '../world/network.ts'
import {
  bootIdOf,
  fileAt,
  makeFolder,
  noteTime,
  pathKey,
  removeFile,
  serviceNamed,
  setService,
  statusOf,
  trusts,
  writeFile,
} from '../world/records.ts'
import { installerWith, restart, schedule, servicesFail } from '../world/advance-time.ts'

const restartGraceMs = 2000

type Changes =
  | 'Start-HostJob'
  | 'Start-HostService'
  | 'Publish-File'
  | 'New-WorkFolder'
  | 'Remove-WorkFolder'
  | 'Set-FirewallRule'
  | 'Add-TrustedCertificate'
  | 'Restart-Host'

export const changes: Answers<Changes> = {
  'Start-HostJob': (asked, params) => {
    const { world, host, now } = asked
    if (jobOf(asked, params.Folder, params.Ticket)) return { result: { started: false, alreadyStarted: true } }
    const program = fileAt(world, host.id, params.File)
    if (!program || program.folder) throw failures.noProgram(params.File)
    if (/\.(cmd|bat)$/i.test(params.File)) throw failures.batchFile(params.File)
    const installer = installerOf(asked, [params.File, ...params.Arguments])
    const path = jobKey(params.Folder, params.Ticket)
    const busy = world.statement("SELECT 1 FROM jobs WHERE host = ? AND state = 'running'").get(host.id) !== undefined
    const fault =
      installer.model && !busy
        ? strike(
            world,
            host,
            'Start-HostJob',
            'exit-1603',
            'exit-1618',
            'exit-3010',
            'exit-1641',
            'reboot-during-install',
            'disk-full',
          )
        : undefined
    const slow = strike(world, host, 'Start-HostJob', 'slow') !== undefined
    const plan = planJob(installer.model, {
      seed: world.seed,
      host: host.name,
      ticket: params.Ticket,
      file: params.File,
      timeoutSeconds: params.TimeoutSeconds,
      fault: fault?.kind,
      slow,
      busy,
    })
    world
      .statement(
        "INSERT INTO jobs (host, path, ticket, installer, started_at, ends_at, state, outcome, lines, boot_id) VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)",
      )
      .run(
        host.id,
        path,
        params.Ticket,
        installer.model?.sha256 ?? '',
        now,
        now + plan.milliseconds,
        JSON.stringify(plan.outcome),
        JSON.stringify(plan.lines),
        bootIdOf(world, host),
      )
    // Outlives the job's folder, so that a second start of the same ticket would be noticed.
    world
      .statement(
        'INSERT INTO starts (host, installer, path, ticket, count) VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
      )
      .run(host.id, installer.name, path, params.Ticket)
    makeFolder(world, host.id, `${params.Folder}${params.Folder.includes('\\') ? '\\' : '/'}${params.Ticket}`)
    noteTime(world, now)
    schedule(world, host.id)
    return { result: { started: true, alreadyStarted: false } }
  },

  'Start-HostService': (asked, { Name, TimeoutMs }) => {
    const { world, host, now } = asked
    const service = serviceNamed(world, host.id, Name)
    if (!service) throw failures.noService(Name)
    if (statusOf(service, now) === 'running') return { result: serviceState(asked, Name) }
    if (service.start_type === 'disabled') throw failures.serviceDisabled(Name, host.name)
    if (!service.wanted) {
      const fails = servicesFail(world, host) && service.installed === 1
      if (fails) strike(world, host, 'Start-HostService', 'service-never-starts')
      else setService(world, host.id, service.key, true, now + service.start_ms)
      noteTime(world, now)
    }
    return {
      waitMs: Math.min(TimeoutMs, service.start_ms),
      read: (later) => {
        const state = serviceState(later, Name)
        if (state.status === 'running') return state
        throw failures.serviceNotStarted(Name, TimeoutMs, state.status)
      },
    }
  },

  'Publish-File': ({ world, host, now }, { PartPath, Path, Sha256 }) => {
    const part = fileAt(world, host.id, PartPath)
    if (!part) {
      const existing = fileAt(world, host.id, Path)
      const right = existing?.sha256 === Sha256
      return { result: { published: right, sha256: existing?.sha256 ?? null, length: existing?.length ?? null } }
    }
    const right = part.sha256 === Sha256
    if (right) {
      removeFile(world, host.id, PartPath)
      writeFile(world, host.id, Path, { length: part.length ?? 0, sha256: Sha256 })
      noteTime(world, now)
    }
    return { result: { published: right, sha256: part.sha256, length: part.length } }
  },

  'New-WorkFolder': (asked, { Path }) => {
    const { world, host } = asked
    const existing = fileAt(world, host.id, Path)
    if (existing && !existing.folder) throw failures.notAFolder(Path)
    return { result: { created: makeFolder(world, host.id, Path), freeBytes: freeBytes(asked) } }
  },

  'Remove-WorkFolder': ({ world, host }, { Root, Path }) => {
    const root = pathKey(Root)
    const key = pathKey(Path)
    const separator = key.includes('\\') ? '\\' : '/'
    if (!key.startsWith(`${root}${separator}`) || /(^|[\\/])\.\.([\\/]|$)/.test(key)) {
      throw failures.outsideRoot(Path, Root)
    }
    const from = `${key}${separator}`
    const to = `${key}${String.fromCharCode(separator.charCodeAt(0) + 1)}`
    const inUse = world
      .statement("SELECT 1 FROM jobs WHERE host = ? AND state = 'running' AND (path = ? OR (path >= ? AND path < ?))")
      .get(host.id, key, from, to)
    if (inUse) throw failures.folderInUse(Path)
    const removed = world
      .statement('DELETE FROM files WHERE host = ? AND (key = ? OR (key >= ? AND key < ?))')
      .run(host.id, key, from, to)
    world
      .statement('DELETE FROM jobs WHERE host = ? AND (path = ? OR (path >= ? AND path < ?))')
      .run(host.id, key, from, to)
    return { result: { removed: removed.changes > 0 } }
  },

  'Set-FirewallRule': (asked, { Name, DisplayName, Port, RemoteAddresses }) => {
    const { world, host, now } = asked
    world
      .statement('INSERT OR REPLACE INTO rules (host, name, display, port, remote) VALUES (?, ?, ?, ?, ?)')
      .run(host.id, Name, DisplayName, Port, JSON.stringify(ruleAddresses(RemoteAddresses)))
    noteTime(world, now)
    return { result: ruleState(asked, Name) }
  },

  'Add-TrustedCertificate': ({ world, host, now }, { Der, Sha256 }) => {
    const actual = createHash('sha256').update(Buffer.from(Der, 'base64')).digest('hex')
    if (actual !== Sha256) throw failures.wrongCertificateHash(actual, Sha256)
    if (trusts(world, host.id, Sha256)) return { result: { added: false } }
    world.statement('INSERT INTO certificates (host, sha256) VALUES (?, ?)').run(host.id, Sha256)
    noteTime(world, now)
    return { result: { added: true } }
  },

  'Restart-Host': ({ world, host, now }, { BootId }) => {
    const bootId = bootIdOf(world, host)
    if (bootId !== BootId) return { result: { requested: false, bootId } }
    restart(world, host, now + restartGraceMs)
    noteTime(world, now)
    schedule(world, host.id)
    return { result: { requested: true, bootId } }
  },
}

// The program itself, or the package that it installs (for example one given to Windows Installer by path).
function installerOf({ world, host }: Asked, texts: readonly string[]) {
  for (const text of texts) {
    const file = fileAt(world, host.id, text)
    const model = file ? installerWith(world, file.sha256) : undefined
    if (model) return { model, name: model.name }
  }
  return { model: undefined, name: texts[0] ?? '' }
}
