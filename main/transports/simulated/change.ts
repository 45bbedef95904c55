/** Owns the answers of a practice host to the verbs that change it. Each runs inside one transaction: the effect and the trace of it stand or fall together. */
import { createHash } from 'node:crypto'
import { type Answers, type Asked, refused } from './answer.ts'
import { strike } from './fault-memory.ts'
import { planJob } from './installer-model.ts'
import { freeBytes, jobOf, ruleState, serviceState } from './look.ts'
import { ruleAddresses } from './network.ts'
import { bootIdOf, fileAt, noteTime, pathKey, removeFile, serviceNamed, setService, statusOf, trusts, writeFile } from './records.ts'
import { installerWith, restart, schedule, servicesFail } from './settle.ts'

const restartGraceMs = 2000

type Changes = 'Start-HostJob' | 'Start-HostService' | 'Publish-File' | 'New-WorkFolder' | 'Remove-WorkFolder' | 'Set-FirewallRule' | 'Add-TrustedCertificate' | 'Restart-Host'

export const changes: Answers<Changes> = {
  'Start-HostJob': (asked, params) => {
    const { site, host, now } = asked
    const folder = pathKey(params.Folder)
    const installer = installerOf(asked, [params.File, ...params.Arguments])
    const count = (column: 'count' | 'refused') =>
      site.statement(`INSERT INTO starts (host, installer, folder, ticket, count, refused) VALUES (@host, @installer, @folder, @ticket, @first, @other)
        ON CONFLICT DO UPDATE SET ${column} = ${column} + 1`).run({ host: host.id, installer: installer.name, folder, ticket: params.Ticket, first: column === 'count' ? 1 : 0, other: column === 'count' ? 0 : 1 })
    if (jobOf(asked, params.Folder, params.Ticket)) {
      count('refused')
      return { result: { started: false, alreadyStarted: true } }
    }
    const busy = site.statement("SELECT 1 FROM jobs WHERE host = ? AND state = 'running'").get(host.id) !== undefined
    const fault = installer.model && !busy ? strike(site, host, 'Start-HostJob', 'exit-1603', 'exit-1618', 'exit-3010', 'exit-1641', 'reboot-during-install', 'disk-full') : undefined
    const slow = strike(site, host, 'Start-HostJob', 'slow') !== undefined
    const plan = planJob(installer.model, { seed: site.seed, host: host.name, ticket: params.Ticket, file: params.File, timeoutSeconds: params.TimeoutSeconds, fault: fault?.kind, slow, busy })
    site.statement("INSERT INTO jobs (host, folder, ticket, installer, started_at, ends_at, state, outcome, lines, boot_id) VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)")
      .run(host.id, folder, params.Ticket, installer.model?.sha256 ?? '', now, now + plan.milliseconds, JSON.stringify(plan.outcome), JSON.stringify(plan.lines), bootIdOf(site, host))
    count('count')
    noteTime(site, now)
    schedule(site, host.id)
    return { result: { started: true, alreadyStarted: false } }
  },

  'Start-HostService': (asked, { Name, TimeoutMs }) => {
    const { site, host, now } = asked
    const service = serviceNamed(site, host.id, Name)
    if (!service) throw refused('service-missing', `There is no service ${Name} on ${host.name}.`, 'Check that the installer ended well and that the service name in the plan is right.')
    if (statusOf(service, now) === 'running') return { result: serviceState(asked, Name) }
    if (service.start_type === 'disabled') throw refused('service-disabled', `The service ${Name} on ${host.name} is disabled.`, 'Set its start type to automatic or manual, then retry.')
    if (!service.wanted) {
      const fails = servicesFail(site, host) && service.installed === 1
      if (fails) strike(site, host, 'Start-HostService', 'service-never-starts')
      else setService(site, host.id, service.key, true, now + service.start_ms)
      noteTime(site, now)
    }
    return { waitMs: Math.min(TimeoutMs, service.start_ms), look: (later) => serviceState(later, Name) }
  },

  'Publish-File': ({ site, host, now }, { PartPath, Path, Sha256 }) => {
    const part = fileAt(site, host.id, PartPath)
    if (!part) {
      const there = fileAt(site, host.id, Path)
      const right = there?.sha256 === Sha256
      return { result: { published: right, sha256: there?.sha256 ?? null, length: there?.length ?? null } }
    }
    const right = part.sha256 === Sha256
    // What is not what was meant must not be gone on with: the next try begins anew.
    removeFile(site, host.id, PartPath)
    if (right) writeFile(site, host.id, Path, { length: part.length ?? 0, sha256: Sha256 })
    noteTime(site, now)
    return { result: { published: right, sha256: part.sha256, length: part.length } }
  },

  'New-WorkFolder': (asked, { Path }) => {
    const { site, host } = asked
    const there = fileAt(site, host.id, Path)
    if (there && !there.folder) throw refused('path-is-a-file', `${Path} on ${host.name} is a file, not a folder.`, 'Choose another work folder, or remove the file.')
    if (!there) site.statement('INSERT INTO files (host, key, path, folder) VALUES (?, ?, ?, 1)').run(host.id, pathKey(Path), Path)
    return { result: { created: !there, freeBytes: freeBytes(asked) } }
  },

  'Remove-WorkFolder': ({ site, host }, { Root, Path }) => {
    const root = pathKey(Root)
    const key = pathKey(Path)
    const separator = key.includes('\\') ? '\\' : '/'
    if (key !== root && !key.startsWith(`${root}${separator}`) || /(^|[\\/])\.\.([\\/]|$)/.test(key)) {
      throw refused('outside-root', `${Path} does not lie in ${Root}, so it is not removed.`, 'Name a folder inside the work folder of the host.')
    }
    const from = `${key}${separator}`
    const to = `${key}${String.fromCharCode(separator.charCodeAt(0) + 1)}`
    const inUse = site.statement("SELECT 1 FROM jobs WHERE host = ? AND state = 'running' AND (folder = ? OR (folder >= ? AND folder < ?))").get(host.id, key, from, to)
    if (inUse) throw refused('in-use', `A program still runs in ${Path} on ${host.name}.`, 'Wait until it has ended, then retry.')
    const removed = site.statement('DELETE FROM files WHERE host = ? AND (key = ? OR (key >= ? AND key < ?))').run(host.id, key, from, to)
    site.statement('DELETE FROM jobs WHERE host = ? AND (folder = ? OR (folder >= ? AND folder < ?))').run(host.id, key, from, to)
    return { result: { removed: removed.changes > 0 } }
  },

  'Set-FirewallRule': (asked, { Name, DisplayName, Port, RemoteAddresses }) => {
    const { site, host, now } = asked
    site.statement('INSERT OR REPLACE INTO rules (host, name, display, port, remote) VALUES (?, ?, ?, ?, ?)').run(host.id, Name, DisplayName, Port, JSON.stringify(ruleAddresses(RemoteAddresses)))
    noteTime(site, now)
    return { result: ruleState(asked, Name) }
  },

  'Add-TrustedCertificate': ({ site, host, now }, { Der, Sha256 }) => {
    const actual = createHash('sha256').update(Buffer.from(Der, 'base64')).digest('hex')
    if (actual !== Sha256) throw refused('certificate-mismatch', `The certificate sent to ${host.name} has the SHA-256 ${actual}, not ${Sha256}.`, 'Check which certificate the plan names.')
    if (trusts(site, host.id, Sha256)) return { result: { added: false } }
    site.statement('INSERT INTO certificates (host, sha256) VALUES (?, ?)').run(host.id, Sha256)
    noteTime(site, now)
    return { result: { added: true } }
  },

  'Restart-Host': ({ site, host, now }, { BootId }) => {
    const bootId = bootIdOf(site, host)
    if (bootId !== BootId) return { result: { requested: false, bootId } }
    restart(site, host, now + restartGraceMs)
    noteTime(site, now)
    schedule(site, host.id)
    return { result: { requested: true, bootId } }
  },
}

// The program itself, or what it is told to install (a package handed to Windows Installer by path).
function installerOf({ site, host }: Asked, texts: readonly string[]) {
  for (const text of texts) {
    const file = fileAt(site, host.id, text)
    const model = file ? installerWith(site, file.sha256) : undefined
    if (model) return { model, name: model.name }
  }
  return { model: undefined, name: texts[0] ?? '' }
}
