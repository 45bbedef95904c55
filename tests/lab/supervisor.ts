/** The process that keeps a lab up after the command that started it has ended: `node supervisor.ts DIR`. */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { HostLife } from './host-life.ts'
import { handNetwork, releaseNetwork } from './network.ts'
import { mark } from './process-tree.ts'
import { type SiteRecord, readJson, siteFile, writeJson } from './site.ts'

const dir = process.argv[2] ?? ''
let ending = false
const site = await readJson<SiteRecord>(siteFile(dir))
if (site === undefined) throw new Error(`There is no lab in ${dir}.`)
const { network } = site
const lives = site.hosts.map((host) => new HostLife(host))
const self = await mark(process.pid)
await writeJson(siteFile(dir), { ...site, supervisor: self })
await handNetwork(site.network, self)

// Two boots at a time: this machine has few cores, and a boot is mostly waiting.
const waiting = [...lives]
const booting = Promise.all(
  [0, 1].map(async () => {
    for (let life = waiting.shift(); life !== undefined && !ending; life = waiting.shift()) {
      const one = life
      await one.start().catch((problem: unknown) => one.fail(problem))
    }
  }),
)
/** What is being done for a host: one thing at a time. */
const busy = new Map<HostLife, Promise<void>>()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end())
await booting

function look(life: HostLife): void {
  if (signalled() || busy.has(life)) return
  busy.set(
    life,
    (life.restartAsked ? life.restart() : life.followFirewall())
      .catch((problem: unknown) => life.fail(problem))
      .finally(() => busy.delete(life)),
  )
}

if (!signalled())
  for (const life of lives)
    watch(join(life.host.driveC, 'LabState'), () => {
      look(life)
    })
// A layered file system may keep a change to itself, and a change may come while a host is busy.
setInterval(() => {
  for (const life of lives) look(life)
}, 100)

/** A function, because a signal changes the answer between two statements. */
function signalled(): boolean {
  return ending
}

async function end(): Promise<void> {
  if (ending) return
  ending = true
  // A host in the middle of a boot or a restart is let through to its end, or that end would leave something behind.
  await booting
  await Promise.all(busy.values())
  for (const life of lives) {
    await life.end().catch((problem: unknown) => {
      process.stderr.write(`${life.host.name}: ${String(problem)}\n`)
    })
  }
  await releaseNetwork(network)
  process.exit(0)
}
