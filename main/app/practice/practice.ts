/** Owns the making of a practice site: a plan, its stand-in media, and the simulated hosts the plan is for. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Clock } from '../../engine/ports.ts'
import { practiceCertificate, type PracticeCertificate } from '../../transports/simulated/world/certificate.ts'
import { createWorld, type WorldHost } from '../../transports/simulated/world/create-world.ts'
import { faultText, parseFault } from '../../transports/simulated/fault.ts'
import { siteTime } from '../../transports/simulated/verbs/inspect.ts'
import { isWorldInUse, type Durability } from '../../transports/simulated/world/world-file.ts'
import { systemClock, virtualClock } from '../workstation/clock.ts'
import { practiceInstallers } from './practice-installers.ts'
import { neededByRun } from './practice-runs.ts'
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
  /** KIND@HOST[:STEP][+SKIP][*COUNT] each; unless given one host restarts and one link is interrupted, so that a first run shows both. */
  readonly faults?: readonly string[]
  /** Drive the site by virtual time: nothing waits. */
  readonly virtual?: boolean
  /** Site milliseconds per real millisecond where time is real; 1 unless given. */
  readonly speed?: number
  /** The moment at which the site comes into being, Unix milliseconds; now unless given. */
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
 * Writes a practice site into a folder: site.json (the plan), media/ (stand-ins), practice-site.sqlite (the hosts). An earlier practice site there is replaced.
 * Throws FailureError `request` or `workstation` when the folder holds anything else, when a run of the earlier site is not over, when a fault cannot be read or names an unknown host, or when a number is out of range.
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
  const planned = installers.filter((installer) => plan.installers[installer.component])

  const planFile = join(dir, 'site.json')
  const siteFile = join(dir, siteFileName)
  const fresh = join(dir, `new-${siteFileName}`)
  mustBeFree(dir, siteFile)
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK)
  } catch (error) {
    throw failed(
      'workstation',
      'folder-not-writable',
      `The practice site cannot be written into ${dir}: ${error instanceof Error ? error.message : String(error)}.`,
      'Name a folder that this user may write to.',
    )
  }
  removeSite(fresh)
  try {
    createWorld(
      fresh,
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
        installers: planned.map((installer) => installer.model),
        faults,
      },
      options.durability,
    )
  } catch (thrown) {
    removeSite(fresh)
    throw thrown
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${siteFile}${suffix}`, { force: true })
  renameSync(fresh, siteFile)
  mkdirSync(join(dir, 'media'), { recursive: true })
  for (const installer of planned) writeFileSync(join(dir, installer.file), installer.bytes)
  if (root) writeFileSync(join(dir, 'media/practice-root.cer'), root.der)
  writeFileSync(planFile, `${JSON.stringify(document, null, 2)}\n`)
  return { planFile, siteFile, plan, faults: faults.map(faultText) }
}

/**
 * The clock that drives a practice site, as it was made: virtual time that goes on after the site's latest effect, or real time at the site's speed.
 * `since` raises the start of virtual time, for example to the time of the last event of a run that goes on.
 */
export function practiceClock(siteFile: string, since = 0): Clock {
  const { createdAt, lastAt, speed, virtual } = siteTime(siteFile)
  return virtual ? virtualClock(Math.max(lastAt, since)) : systemClock({ speed, since: createdAt })
}

function certificates(
  seed: number,
  enterprise: boolean,
): { root: PracticeCertificate | undefined; hub: PracticeCertificate } {
  const root = enterprise ? practiceCertificate({ seed, commonName: 'Practice site root' }) : undefined
  const hub = practiceCertificate({
    seed,
    commonName: 'hub01.practice.example',
    names: ['hub01.practice.example', 'hub01', hubAddress],
    ...(root ? { issuer: root } : {}),
  })
  return { root, hub }
}

// What this imagined site's network team has opened before anybody comes: its survey then shows paths that are proven beside those that Rollout will open itself.
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

// The story of a first run: a restart in the middle of a wave, and a link that breaks while an installer is being watched, which goes on and is found again.
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
  throw failed(
    'request',
    'out-of-range',
    `A practice site cannot have ${count} ${what}.`,
    `Give a whole number of ${what} from 0 to 20000.`,
  )
}

function mustBeFree(dir: string, siteFile: string): void {
  if (!existsSync(dir)) return
  let entries: string[]
  try {
    // A making that was cut short leaves only its unfinished file.
    entries = readdirSync(dir).filter((name) => !name.startsWith(`new-${siteFileName}`))
  } catch {
    throw failed(
      'request',
      'not-a-folder',
      `${dir} is not a folder.`,
      'Name a folder that is empty or does not exist yet.',
    )
  }
  if (entries.length === 0) return
  const foreign = failed(
    'request',
    'folder-in-use',
    `${dir} holds something other than a practice site, and nothing there was touched.`,
    'Name a folder that is empty, does not exist yet, or holds an earlier practice site.',
  )
  if (!existsSync(siteFile)) throw foreign
  try {
    siteTime(siteFile)
  } catch {
    throw foreign
  }
  if (isWorldInUse(siteFile))
    throw failed(
      'workstation',
      'practice-site-in-use',
      `A rollout or survey is at work on the practice site in ${dir}; nothing there was touched.`,
      'Let it end, or end it with Ctrl-C; or name another folder.',
    )
  const needed = neededByRun(dir, siteFile)
  if (needed) throw needed
}

function removeSite(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
