/** The answers of a practice host to verbs that only read. */
import type { Facts } from '../../../../domain/remote/facts.ts'
import type { JournalLine, VerbResult } from '../../../../domain/remote/verb.ts'
import type { Answers, Asked } from './answer.ts'
import { isOn, strike } from '../fault-memory.ts'
import { JobLines, JobOutcome } from '../world/installer-model.ts'
import {
  bootIdOf,
  bytesUsed,
  fileAt,
  listening,
  pathKey,
  pendingOf,
  ruleNamed,
  serviceNamed,
  servicesOf,
  statusOf,
  trusts,
  writeFile,
} from '../world/records.ts'
import { installerText } from '../text.ts'
import { sizeOf, systemOf } from '../world/profile.ts'
import { hexDigits } from '../world/seeded.ts'
import { installerWith, type JobRecord } from '../world/advance-time.ts'

const clockOffsetMs = 17 * 60_000
const almostNothing = 2 ** 20

/** A moment as the host writes it. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** Bytes free on the system drive. */
export function freeBytes({ world, host }: Asked): number {
  if (isOn(world, host, 'disk-full')) return almostNothing
  const size = sizeOf(world.seed, host)
  return Math.max(0, size.totalBytes - size.usedBytes - bytesUsed(world, host.id))
}

/** The state of a service, also of one that does not exist. */
export function serviceState({ world, host, now }: Asked, name: string): VerbResult<'Start-HostService'> {
  const service = serviceNamed(world, host.id, name)
  if (!service) return { name, exists: false, status: null, startType: null }
  return { name: service.name, exists: true, status: statusOf(service, now), startType: service.start_type }
}

/** The state of a firewall rule. */
export function ruleState({ world, host }: Asked, name: string): VerbResult<'Set-FirewallRule'> {
  const rule = ruleNamed(world, host.id, name)
  const policy = [
    { profile: 'domain', effect: 'applies', active: false },
    { profile: 'private', effect: 'applies', active: true },
    { profile: 'public', effect: 'applies', active: false },
  ] as const
  if (!rule) return { exists: false, enabled: false, port: null, remoteAddresses: [], policy: [...policy] }
  return {
    exists: true,
    enabled: true,
    port: rule.port,
    remoteAddresses: JSON.parse(rule.remote) as string[],
    action: 'allow',
    direction: 'inbound',
    protocol: 'tcp',
    profiles: ['domain', 'private', 'public'],
    policy: [...policy],
  }
}

/** The key of the folder a job has to itself. */
export function jobKey(folder: string, ticket: string): string {
  const parent = pathKey(folder)
  return `${parent}${parent.includes('\\') ? '\\' : '/'}${ticket.toLowerCase()}`
}

/** The job of a ticket, if the host knows one. */
export function jobOf({ world, host }: Asked, folder: string, ticket: string): JobRecord | undefined {
  return world.statement('SELECT * FROM jobs WHERE host = ? AND path = ?').get(host.id, jobKey(folder, ticket)) as
    JobRecord | undefined
}

export const readVerbs: Answers<
  | 'Get-HostFacts'
  | 'Get-BootId'
  | 'Get-ServiceState'
  | 'Get-FileState'
  | 'Get-ProductState'
  | 'Get-FirewallRule'
  | 'Get-CertificateTrust'
  | 'Read-HostJob'
> = {
  'Get-HostFacts': (asked) => ({ result: factsOf(asked) }),

  'Get-BootId': ({ world, host }) => ({
    result: { bootId: bootIdOf(world, host), bootTime: iso(host.booted_at), pendingReboot: pendingOf(host) },
  }),

  'Get-ServiceState': (asked, { Name }) => ({ result: { services: Name.map((name) => serviceState(asked, name)) } }),

  'Get-FileState': (asked, { Path, Hash, Signature }) => {
    const { world, host } = asked
    if (Hash) spoilFile(asked, Path)
    const file = fileAt(world, host.id, Path)
    if (!file) return { result: { exists: false, length: null, sha256: null, signature: null } }
    if (file.folder) return { result: { exists: true, length: null, sha256: null, signature: null } }
    const signer = Signature ? installerWith(world, file.sha256)?.signer : undefined
    const signature = {
      status: signer ? 'Valid' : 'NotSigned',
      thumbprint: signer?.thumbprint ?? null,
      subject: signer?.subject ?? null,
    }
    return {
      result: {
        exists: true,
        length: file.length,
        sha256: Hash ? file.sha256 : null,
        signature: Signature ? signature : null,
      },
    }
  },

  'Get-ProductState': (asked, { Detect }) => {
    const { world, host } = asked
    const uninstall =
      Detect.uninstallName === undefined
        ? undefined
        : (world
            .statement('SELECT name, version FROM products WHERE host = ? AND name = ?')
            .get(host.id, Detect.uninstallName) as { name: string; version: string } | undefined)
    const file = Detect.file === undefined ? undefined : fileAt(world, host.id, Detect.file)
    return {
      result: {
        uninstall: uninstall
          ? { displayName: uninstall.name, version: uninstall.version, scope: 'machine', account: null }
          : null,
        file:
          Detect.file === undefined
            ? null
            : { path: Detect.file, exists: file !== undefined, version: file?.version ?? null },
        service: Detect.service === undefined ? null : serviceState(asked, Detect.service),
      },
    }
  },

  'Get-FirewallRule': (asked, { Name }) => ({ result: ruleState(asked, Name) }),

  'Get-CertificateTrust': ({ world, host }, { Sha256 }) => ({ result: { trusted: trusts(world, host.id, Sha256) } }),

  'Read-HostJob': (asked, { Folder, Ticket, Offset, MaxBytes }) => {
    const job = jobOf(asked, Folder, Ticket)
    if (!job)
      return {
        result: {
          state: 'absent',
          journal: '',
          offset: Offset,
          exitCode: null,
          error: null,
          journalLost: null,
          bootId: null,
        },
      }
    const journal = journalFrom(job, asked.now, Offset, MaxBytes)
    const outcome = JobOutcome.parse(JSON.parse(job.outcome))
    const ended = job.state === 'ended'
    const state = job.state === 'running' && asked.now < job.started_at + workerStartMs ? 'starting' : job.state
    return {
      result: {
        state,
        journal: journal.toString('base64'),
        offset: Offset + journal.length,
        exitCode: ended ? outcome.exitCode : null,
        error: ended ? outcome.error : null,
        journalLost: null,
        bootId: job.boot_id,
      },
    }
  },
}

const workerStartMs = 150

function factsOf(asked: Asked): Facts {
  const { world, host, now } = asked
  const old = strike(world, host, 'Get-HostFacts', 'old-os') !== undefined
  const off = strike(world, host, 'Get-HostFacts', 'clock-off') !== undefined
  const os = systemOf(host, old)
  const size = sizeOf(world.seed, host)
  return {
    hostName: host.name.toUpperCase(),
    domain: null,
    os,
    powershell: { version: old ? '4.0' : `5.1.${os.build}.1`, edition: 'Desktop' },
    processors: size.processors,
    memoryBytes: size.memoryBytes,
    drives: [{ name: 'C:', freeBytes: freeBytes(asked), totalBytes: size.totalBytes }],
    bootId: bootIdOf(world, host),
    bootTime: iso(host.booted_at),
    clock: iso(off ? now + clockOffsetMs : now),
    pendingReboot: pendingOf(host),
    administrator: true,
    listening: listening(world, host.id, now).map((listener) => listener.port),
    services: servicesOf(world, host.id).map((service) => ({
      name: service.name,
      status: statusWords[statusOf(service, now)],
    })),
  }
}

const statusWords = { running: 'Running', stopped: 'Stopped', 'start-pending': 'StartPending' } as const

// The fault wrong-hash of the step verify-artefact: the file is another one from now on, until it is sent again.
function spoilFile({ world, host }: Asked, path: string): void {
  const file = fileAt(world, host.id, path)
  if (!file?.sha256 || !strike(world, host, 'Get-FileState', 'wrong-hash')) return
  writeFile(world, host.id, file.path, {
    length: file.length ?? 0,
    sha256: hexDigits(64, world.seed, host.name, 'spoilt', file.key),
    version: file.version,
  })
}

// The journal is not stored but derived from the job's record, up to now: whole lines, from an offset in bytes.
function journalFrom(job: JobRecord, now: number, offset: number, maxBytes: number): Buffer {
  const until = Math.min(now, job.stopped_at ?? now)
  const entries: { at: number; kind: JournalLine['kind']; text: string }[] = JobLines.parse(JSON.parse(job.lines)).map(
    ([after, kind, text]) => ({ at: job.started_at + after, kind, text }),
  )
  const outcome = JobOutcome.parse(JSON.parse(job.outcome))
  if (job.state === 'ended')
    entries.push({ at: job.ends_at, kind: 'ended', text: outcome.error ?? installerText.exitCode(outcome.exitCode) })
  const lines = entries
    .filter((line) => line.at <= until)
    .map((line) => Buffer.from(`${JSON.stringify({ ...line, at: iso(line.at) })}\n`))
  const pieces: Buffer[] = []
  let position = 0
  let size = 0
  for (const line of lines) {
    const begin = position
    position += line.length
    if (position <= offset) continue
    const rest = begin < offset ? line.subarray(offset - begin) : line
    if (size > 0 && size + rest.length > maxBytes) break
    pieces.push(rest)
    size += rest.length
  }
  return Buffer.concat(pieces)
}
