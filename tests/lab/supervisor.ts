/** Owns the process that keeps a lab up after the command that started it has ended: `node supervisor.ts DIR`. */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { HostLife } from './host-life.ts'
import { mark } from './process-tree.ts'
import { type SiteRecord, handAddress, readJson, releaseAddress, siteFile, writeJson } from './site.ts'

const dir = process.argv[2] ?? ''
const site = await readJson<SiteRecord>(siteFile(dir))
if (site === undefined) throw new Error(`There is no lab in ${dir}.`)
const self = await mark(process.pid)
await writeJson(siteFile(dir), { ...site, supervisor: self })
for (const host of site.hosts) await handAddress(host.address, self)

const lives = site.hosts.map((host) => new HostLife(host))
let ending = false

// Two boots at a time: this machine has few cores, and a boot is mostly waiting.
const waiting = [...lives]
await Promise.all([0, 1].map(async () => {
  for (let life = waiting.shift(); life !== undefined && !ending; life = waiting.shift()) {
    const one = life
    await one.start().catch((problem: unknown) => one.fail(problem))
  }
}))

const busy = new Set<HostLife>()
async function look(life: HostLife): Promise<void> {
  if (ending || busy.has(life) || !life.restartAsked) return
  busy.add(life)
  try {
    await life.restart()
  } catch (problem) {
    await life.fail(problem)
  } finally {
    busy.delete(life)
  }
}

const watchers = lives.map((life) => watch(join(life.host.driveC, 'LabState'), () => void look(life)))
// A layered file system may keep a change to itself.
const round = setInterval(() => { for (const life of lives) void look(life) }, 500)

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end())
process.send?.('watching')

async function end(): Promise<void> {
  if (ending) return
  ending = true
  clearInterval(round)
  for (const watcher of watchers) watcher.close()
  for (const life of lives) {
    await life.end().catch((problem: unknown) => { process.stderr.write(`${life.host.name}: ${String(problem)}\n`) })
    await releaseAddress(life.host.address)
  }
  process.exit(0)
}
