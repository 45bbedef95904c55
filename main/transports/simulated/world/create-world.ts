/** Creates a practice site: its hosts before anything is rolled out. */
import type { OperatingSystem } from '../../../../domain/plan/host.ts'
import type { Fault } from '../fault.ts'
import { faultWithoutHost } from '../failures.ts'
import { addFault } from '../fault-memory.ts'
import { InstallerModel } from './installer-model.ts'
import { ruleAddresses } from './network.ts'
import { windowsPorts, windowsServices } from './profile.ts'
import { between } from './seeded.ts'
import { applyInstaller } from './advance-time.ts'
import { hostOf } from './records.ts'
import { createWorldFile, type Durability, type WorldFile } from './world-file.ts'

export interface WorldHost {
  readonly name: string
  /** Its IPv4 address, then every name it answers to. */
  readonly addresses: readonly [string, ...string[]]
  readonly os: OperatingSystem
  /** Names of installers whose products are on the host from the beginning. */
  readonly has?: readonly string[]
  readonly rules?: readonly {
    readonly name: string
    readonly port: number
    readonly remoteAddresses: readonly string[]
  }[]
}

export interface WorldDescription {
  readonly seed: number
  /** Unix milliseconds. */
  readonly createdAt: number
  /** Site milliseconds per real millisecond, if real time runs the site. */
  readonly speed: number
  /** True if virtual time runs the site. */
  readonly virtual: boolean
  readonly hosts: readonly WorldHost[]
  readonly installers: readonly InstallerModel[]
  readonly faults: readonly Fault[]
}

/**
 * Writes a new site file. Throws FailureError `request` if a fault names a host that does not exist; the file must not
 * exist.
 */
export function createWorld(file: string, description: WorldDescription, durability: Durability = 'full'): void {
  const ids = new Map(description.hosts.map((host, i) => [host.name.toLowerCase(), i + 1]))
  for (const fault of description.faults) {
    if (!ids.has(fault.host.toLowerCase()))
      throw faultWithoutHost(
        fault.host,
        fault.kind,
        description.hosts.map((host) => host.name),
      )
  }
  const { seed, createdAt, speed, virtual } = description
  const world = createWorldFile(file, { seed, createdAt, speed, virtual }, durability)
  try {
    world.change(() => {
      for (const model of description.installers)
        world
          .statement('INSERT INTO installers (sha256, model) VALUES (?, ?)')
          .run(model.sha256, JSON.stringify(InstallerModel.parse(model)))
      description.hosts.forEach((host, i) => addHost(world, i + 1, host, description))
      for (const fault of description.faults) addFault(world, ids.get(fault.host.toLowerCase()) ?? 0, fault)
    })
  } finally {
    world.close()
  }
}

function addHost(
  world: WorldFile,
  id: number,
  host: WorldHost,
  { seed, createdAt, installers }: WorldDescription,
): void {
  const booted = createdAt - between(3_600_000, 20 * 86_400_000, seed, host.name, 'booted')
  world
    .statement('INSERT INTO hosts (id, name, ip, os, faulty, boots, booted_at) VALUES (?, ?, ?, ?, 0, 1, ?)')
    .run(id, host.name, host.addresses[0], host.os, booted)
  for (const address of new Set([...host.addresses, host.name].map((text) => text.toLowerCase())))
    world.statement('INSERT INTO addresses (address, host) VALUES (?, ?)').run(address, id)
  for (const service of windowsServices) {
    world
      .statement(
        "INSERT INTO services (host, key, name, start_type, start_ms, wanted, ready_at, installed) VALUES (?, ?, ?, 'automatic', ?, 1, ?, 0)",
      )
      .run(id, service.name.toLowerCase(), service.name, service.startMs, booted + service.startMs)
  }
  for (const port of windowsPorts) world.statement('INSERT INTO listeners (host, port) VALUES (?, ?)').run(id, port)
  for (const rule of host.rules ?? [])
    world
      .statement('INSERT INTO rules (host, name, display, port, remote) VALUES (?, ?, ?, ?, ?)')
      .run(id, rule.name, rule.name, rule.port, JSON.stringify(ruleAddresses(rule.remoteAddresses)))
  for (const name of host.has ?? []) {
    const model = installers.find((installer) => installer.name === name)
    if (!model) throw new Error(`${host.name} has ${name}, which no installer of the site brings`)
    applyInstaller(world, hostOf(world, id), model, booted, true)
  }
}
