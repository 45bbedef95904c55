/** The lab as its users see it: start hosts, ask them things from outside, remove them without a trace. */
import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { buildHost, hostUnavailable } from './build.ts'
import { firewallUnavailable } from './firewall.ts'
import { HostLife } from './host-life.ts'
import { type Media, buildInstallers, installersUnavailable } from './installers/build.ts'
import { joinNetwork, networkUnavailable, releaseNetwork, takeNetwork, workstationOf } from './network.ts'
import { makePrefix } from './prefix.ts'
import { isAlive, mark } from './process-tree.ts'
import {
  type BootRecord,
  type HostRecord,
  type SiteRecord,
  bootFile,
  filesIn,
  readJson,
  siteFile,
  writeJson,
} from './site.ts'
import { loginUser, makeKey, prepareSsh, sshPort, sshUnavailable } from './ssh-server.ts'
import { hostTool, layers, runInPrefix, wineUnavailable } from './wine.ts'

export interface LabHost extends HostRecord {
  /** Restarts the host as its operator would and resolves when it accepts connections again. */
  restart(): Promise<void>
  /** Resolves when the host has been started at least this often; 1 is the first boot. */
  booted(boots: number): Promise<BootRecord>
  /** The values directly in one registry key as `reg query` shows them, or undefined when there is no such key. */
  registry(key: string): Promise<Record<string, string> | undefined>
  services(): Promise<readonly { name: string; status: string; startType: string }[]>
  /** How often each installer has been started on this host. */
  starts(): Promise<Record<string, number>>
}

export interface LabSite {
  readonly dir: string
  readonly hosts: readonly LabHost[]
  /** This machine's address as the hosts see it. */
  readonly workstation: string
  readonly media: Media
}
export interface LabOrder {
  readonly dir: string
  readonly hosts: readonly { readonly name: string; readonly roles: readonly string[] }[]
  readonly signal?: AbortSignal
}

/** One sentence on what is missing for a lab here, or undefined when nothing is. */
export function labUnavailable(): string | undefined {
  const mount = process.getuid?.() === 0 ? undefined : 'lab hosts need root (for mounts and for sshd)'
  return (
    mount ??
    wineUnavailable() ??
    sshUnavailable() ??
    installersUnavailable() ??
    hostUnavailable() ??
    networkUnavailable() ??
    firewallUnavailable()
  )
}

export async function upLab(order: LabOrder): Promise<LabSite> {
  const missing = labUnavailable()
  if (missing !== undefined) throw new Error(`No lab here: ${missing}.`)
  if ((await filesIn(order.dir)).includes('site.json')) throw new Error(`There is a lab in ${order.dir} already.`)
  await buildHost(['linux', 'win'])
  const media = await buildInstallers()
  const lower = await layers()
  await mkdir(order.dir, { recursive: true, mode: 0o700 })
  const privateKeyPath = join(order.dir, 'client-key')
  await makeKey(privateKeyPath, 'lab client')
  const hosts: HostRecord[] = []
  const network = await takeNetwork()
  try {
    for (const { name, roles } of order.hosts) {
      order.signal?.throwIfAborted()
      const folder = join(order.dir, 'hosts', name)
      const { address, namespace } = await joinNetwork(network, hosts.length + 1)
      const prefix = await makePrefix(lower, folder)
      const hostKey = await prepareSsh(folder, prefix, address, privateKeyPath)
      hosts.push({
        name,
        roles,
        address,
        namespace,
        port: sshPort,
        user: loginUser,
        privateKeyPath,
        hostKey,
        folder,
        prefix,
        driveC: join(prefix, 'drive_c'),
      })
    }
    const site: SiteRecord = { dir: order.dir, supervisor: null, network, hosts }
    await writeJson(siteFile(order.dir), site)
    await writeJson(join(order.dir, 'media.json'), media)
    await startSupervisor(site)
    for (const host of hosts) await booted(host, 1, order.signal)
  } catch (problem) {
    await writeJson(siteFile(order.dir), {
      ...((await readJson<SiteRecord>(siteFile(order.dir))) ?? { dir: order.dir, supervisor: null, network }),
      hosts,
    })
    await downLab(order.dir)
    throw problem
  }
  return { dir: order.dir, hosts: hosts.map(asHost), workstation: workstationOf(network), media }
}

/** A lab that another command brought up. */
export async function openLab(dir: string): Promise<LabSite> {
  const site = await readJson<SiteRecord>(siteFile(dir))
  const media = await readJson<Media>(join(dir, 'media.json'))
  if (site === undefined || media === undefined) throw new Error(`There is no lab in ${dir}.`)
  return { dir, hosts: site.hosts.map(asHost), workstation: workstationOf(site.network), media }
}

export async function downLab(dir: string): Promise<void> {
  const site = await readJson<SiteRecord>(siteFile(dir))
  if (site === undefined) return
  if (site.supervisor !== null && (await isAlive(site.supervisor))) {
    process.kill(site.supervisor.pid, 'SIGTERM')
    await until(async () => !(await isAlive(site.supervisor!)), 120_000, 'The supervisor of the lab did not end')
  }
  // What a supervisor that died has left is ended here; after one that lived there is nothing to do.
  for (const host of site.hosts) await new HostLife(host).end()
  await releaseNetwork(site.network)
  await rm(dir, { recursive: true, force: true })
}

async function startSupervisor(site: SiteRecord): Promise<void> {
  const log = await open(join(site.dir, 'supervisor.log'), 'a')
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'supervisor.ts'), site.dir], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: '/',
    })
    child.unref()
    // Written here too: a lab that is taken down at once must find whom to tell.
    if (child.pid !== undefined) await writeJson(siteFile(site.dir), { ...site, supervisor: await mark(child.pid) })
  } finally {
    await log.close()
  }
}

async function booted(host: HostRecord, boots: number, signal?: AbortSignal): Promise<BootRecord> {
  let record: BootRecord | undefined
  await until(
    async () => {
      signal?.throwIfAborted()
      record = await readJson<BootRecord>(bootFile(host))
      if (typeof record?.problem === 'string')
        throw new Error(`The lab host ${host.name} did not start: ${record.problem}`)
      return record !== undefined && record.ready && record.boots >= boots
    },
    180_000,
    `The lab host ${host.name} did not become ready`,
  )
  return record!
}

function asHost(record: HostRecord): LabHost {
  return {
    ...record,
    booted: (boots) => booted(record, boots),
    async restart() {
      const before = await booted(record, 1)
      await writeJson(join(record.driveC, 'LabState', 'restart.request'), {
        at: new Date().toISOString(),
        by: 'the lab',
      })
      await booted(record, before.boots + 1)
    },
    async registry(key) {
      const ran = await runInPrefix(record, ['reg', 'query', key])
      if (ran.code !== 0) return undefined
      return Object.fromEntries(
        [...ran.stdout.matchAll(/^ {4}(.+?) {4}REG_\w+ {4}(.*?)\r?$/gm)].map((match) => [
          match[1] ?? '',
          match[2] ?? '',
        ]),
      )
    },
    async services() {
      const text = "Get-Service | ForEach-Object { '{0}|{1}|{2}' -f $_.Name, $_.Status, $_.StartType }"
      const ran = await runInPrefix(record, [hostTool, '--session'], {
        env: { ROLLOUT_LAB_COMMAND: `powershell.exe -NoProfile -Command ${text}` },
      })
      return ran.stdout
        .split(/\r?\n/)
        .filter((line) => line.includes('|'))
        .map((line) => {
          const [name = '', status = '', startType = ''] = line.split('|')
          return { name, status, startType }
        })
    },
    async starts() {
      const folder = join(record.driveC, 'LabState', 'starts')
      const counted: Record<string, number> = {}
      for (const name of await filesIn(folder))
        counted[name.replace(/\.log$/, '')] = (await readFile(join(folder, name), 'utf8'))
          .split('\n')
          .filter((line) => line.trim() !== '').length
      return counted
    },
  }
}

/** Waits for a condition of the outside world, which has no event to wait for. */
async function until(condition: () => Promise<boolean>, withinMs: number, otherwise: string): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${otherwise} within ${Math.round(withinMs / 1000)} s.`)
    await delay(50)
  }
}
