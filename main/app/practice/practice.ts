/** Makes a practice site: a plan, its stand-in media, and the simulated hosts of the plan. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Clock } from '../../engine/ports.ts'
import { practiceCertificate, type PracticeCertificate } from '../../transports/simulated/world/certificate.ts'
import { createWorld, type WorldHost } from '../../transports/simulated/world/create-world.ts'
import { faultText, parseFault } from '../../transports/simulated/fault.ts'
import { worldTime } from '../../transports/simulated/verbs/inspect.ts'
import { isWorldInUse, type Durability } from '../../transports/simulated/world/world-file.ts'
import { systemClock, virtualClock } from '../workstation/clock.ts'
import { practiceInstallers } from './practice-installers.ts'
import { neededByRun } from './practice-runs.ts'
import { countOutOfRange, folderInUse, folderNotWritable, notAFolder, practiceSiteInUse } from './failures.ts'
import { rootName } from './text.ts'
import {
  hubAddress,
  type PracticeLayout,
  practicePlan,
  practicePorts,
  siteFileName,
  workstationNetwork,
} from './practice-plan.ts'

export interface PracticeOptions {
  readonly dir: string
  readonly layout: PracticeLayout
  /** 0 to 20,000. */
  readonly runners: number
  /** 0 to 20,000; 2 in an enterprise and 1 in a pilot unless given. */
  readonly studios?: number
  /** The same seed gives the same site; 1 unless given. */
  readonly seed?: number
  /** KIND@HOST[:STEP][+SKIP][*COUNT] each; by default one host restarts and one link is interrupted. */
  readonly faults?: readonly string[]
  /** The site lives in virtual time: nothing waits. */
  readonly virtual?: boolean
  /** Site milliseconds per real millisecond where time is real; 1 unless given. */
  readonly speed?: number
  /** When the site is created, Unix milliseconds; now unless given. */
  readonly at?: number
  readonly durability?: Durability
}

export interface PracticeSite {
  readonly planFile: string
  readonly siteFile: string
  readonly plan: Plan
  readonly faults: readonly string[]
}

/**
 * Writes a practice site into a folder: site.json (the plan), media/ (stand-ins), practice-site.sqlite (the hosts). An
 * earlier practice site there is replaced. Throws FailureError `request` or `workstation` when the folder contains
 * anything else, a run of the earlier site has not finished, a fault is invalid or names an unknown host, or a number
 * is out of range.
 */
export function makePracticeSite(options: PracticeOptions): PracticeSite {
  const { dir, layout } = options
  const enterprise = layout === 'enterprise'
  const seed = options.seed ?? 1
  const runners = inRange('runners', options.runners)
  const studios = inRange('studios', options.studios ?? (enterprise ? 2 : 1))
  const { root, hub } = certificates(seed, enterprise)
  const installers = practiceInstallers({
    seed,
    hubPort: practicePorts.hub,
    databasePort: practicePorts.database,
    redisPort: practicePorts.redis,
    bundledRedis: !enterprise,
    hubCertificate: hub,
    hubIssuer: (root ?? hub).sha256,
  })
  const certificate = root
    ? { sha256: hub.sha256, trust: { file: 'media/practice-root.cer', sha256: root.sha256 } }
    : undefined
  const { document, plan } = practicePlan({ layout, runners, studios, installers, certificate })
  const faults = (options.faults ?? usualFaults(plan)).map(parseFault)

  const planFile = join(dir, 'site.json')
  const siteFile = join(dir, siteFileName)
  const fresh = join(dir, freshName)
  mustBeFree(dir, siteFile)
  const isNew = !existsSync(dir)
  const media = installers.filter((installer) => plan.installers[installer.component])
  try {
    // All of the new site is written beside an earlier one, then takes its place.
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(join(fresh, 'media'), { recursive: true })
    createWorld(
      join(fresh, siteFileName),
      {
        seed,
        createdAt: options.at ?? Date.now(),
        speed: options.speed ?? 1,
        virtual: options.virtual ?? false,
        hosts: plan.hosts.map((host) => ({
          name: host.name,
          addresses: [host.address, `${host.name}.practice.example`],
          os: host.os ?? 'other',
          rules: opened(host.name),
        })),
        installers: media.map((installer) => installer.model),
        faults,
      },
      options.durability,
    )
    for (const installer of media) writeFileSync(join(fresh, installer.file), installer.bytes)
    if (root) writeFileSync(join(fresh, 'media/practice-root.cer'), root.der)
    writeFileSync(join(fresh, 'site.json'), `${JSON.stringify(document, null, 2)}\n`)
    takePlace(fresh, dir, siteFile)
  } catch (thrown) {
    rmSync(isNew ? dir : fresh, { recursive: true, force: true })
    throw refusedByDisk(thrown) ? folderNotWritable(dir, thrown.message) : thrown
  }
  return { planFile, siteFile, plan, faults: faults.map(faultText) }
}

// In the folder only while a site is written; what an interrupted call leaves there is replaced.
const freshName = 'new-practice-site'

function takePlace(fresh: string, dir: string, siteFile: string): void {
  mkdirSync(join(dir, 'media'), { recursive: true })
  for (const name of readdirSync(join(fresh, 'media')))
    renameSync(join(fresh, 'media', name), join(dir, 'media', name))
  for (const suffix of ['-wal', '-shm']) rmSync(`${siteFile}${suffix}`, { force: true })
  renameSync(join(fresh, siteFileName), siteFile)
  renameSync(join(fresh, 'site.json'), join(dir, 'site.json'))
  rmSync(fresh, { recursive: true })
}

/** Whether the operating system refused to write, directly or to SQLite: a full disk, a quota, no rights. */
function refusedByDisk(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return false
  return 'errno' in thrown || /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/.test(thrown.code)
}

/**
 * The clock of a practice site, as it was made: virtual time from the site's latest effect on, or real time at the
 * site's speed. `since` raises the start of virtual time, for example to the last event of a run that is resumed.
 */
export function practiceClock(siteFile: string, since = 0): Clock {
  const { createdAt, lastAt, speed, virtual } = worldTime(siteFile)
  return virtual ? virtualClock(Math.max(lastAt, since)) : systemClock({ speed, since: createdAt })
}

function certificates(
  seed: number,
  enterprise: boolean,
): { root: PracticeCertificate | undefined; hub: PracticeCertificate } {
  const root = enterprise ? practiceCertificate({ seed, commonName: rootName }) : undefined
  const hub = practiceCertificate({
    seed,
    commonName: 'hub01.practice.example',
    names: ['hub01.practice.example', 'hub01', hubAddress],
    ...(root ? { issuer: root } : {}),
  })
  return { root, hub }
}

// Firewall rules that exist from the beginning, so that a survey shows proven paths beside those Rollout will open.
function opened(host: string): NonNullable<WorldHost['rules']> {
  switch (host) {
    case 'DB01':
      return [{ name: 'Practice-Network-Database', port: practicePorts.database, remoteAddresses: [hubAddress] }]
    case 'REDIS01':
      return [{ name: 'Practice-Network-Redis', port: practicePorts.redis, remoteAddresses: [hubAddress] }]
    case 'HUB01':
      return [{ name: 'Practice-Network-Workstations', port: practicePorts.hub, remoteAddresses: [workstationNetwork] }]
    default:
      return []
  }
}

// A first run shows a restart in the middle of a wave, and a link lost during an installer, which is found again.
function usualFaults(plan: Plan): string[] {
  const runners = plan.placements
    .filter((placement) => placement.component === 'runner')
    .map((placement) => placement.host)
  const restarts = runners[1] ?? 'HUB01'
  const breaks = runners[2] ?? 'HUB01'
  return [`exit-3010@${restarts}`, `drop@${breaks}:run-installer+4`]
}

function inRange(what: string, count: number): number {
  if (Number.isInteger(count) && count >= 0 && count <= 20_000) return count
  throw countOutOfRange(count, what)
}

function mustBeFree(dir: string, siteFile: string): void {
  if (!existsSync(dir)) return
  let entries: string[]
  try {
    entries = readdirSync(dir).filter((name) => name !== freshName && !name.startsWith(`new-${siteFileName}`))
  } catch {
    throw notAFolder(dir)
  }
  if (entries.length === 0) return
  const foreign = folderInUse(dir)
  if (!existsSync(siteFile)) throw foreign
  try {
    worldTime(siteFile)
  } catch {
    throw foreign
  }
  if (isWorldInUse(siteFile))
    throw practiceSiteInUse(dir)
  const needed = neededByRun(dir, siteFile)
  if (needed) throw needed
}
