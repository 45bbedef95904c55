/** Import of a list of hosts into a plan, and export of the plan's hosts as such a list. */
import type { Host, Reach } from '../../../../domain/plan/host.ts'
import { doorOf } from '../../../../domain/plan/host.ts'
import type { Plan } from '../../../../domain/plan/plan.ts'
import { componentTitles } from '../../../../domain/base/titles.ts'
import { fields } from './columns.ts'
import type { ListedHost } from './read-hosts.ts'
import { csvText } from './rows.ts'
import { fieldTitles } from './text.ts'

/** merge: adds or updates the hosts of the list. replace: also removes all other hosts. */
export type Taking = 'merge' | 'replace'

/** The plan with the hosts of the list. Known hosts keep values that the list lacks; new environments are added. */
export function takeHosts(plan: Plan, list: readonly ListedHost[], taking: Taking): Plan {
  const listed = new Map(list.map((listed) => [listed.name.toLowerCase(), listed]))
  const known = new Map(plan.hosts.map((host) => [host.name.toLowerCase(), host]))
  const kept = plan.hosts.filter((host) => taking === 'merge' || listed.has(host.name.toLowerCase()))
  const hosts = [
    ...kept.map((host) => changed(host, listed.get(host.name.toLowerCase()))),
    ...list.filter((row) => !known.has(row.name.toLowerCase())).map((one) => fresh(plan, one)),
  ]
  const there = new Set(hosts.map((host) => host.name))
  // A known host keeps the plan's spelling of its name.
  const nameOf = (row: ListedHost): string => known.get(row.name.toLowerCase())?.name ?? row.name
  const placements = plan.placements.filter((placement) => there.has(placement.host))
  for (const row of list) {
    const host = nameOf(row)
    for (const { component, provision } of row.components) {
      const at = placements.findIndex((placement) => placement.host === host && placement.component === component)
      const before = placements[at]
      if (before) placements[at] = { ...before, provision }
      else placements.push({ component, host, provision })
    }
    if (row.environment !== undefined)
      placements.forEach((placement, i) => {
        if (placement.host === host && placement.component === 'runner' && row.environment !== undefined)
          placements[i] = { ...placement, environment: spelled(plan, list, row.environment) }
      })
  }
  const used = new Set(placements.flatMap((placement) => placement.environment ?? []))
  const names = new Set(plan.environments.map((environment) => environment.name))
  return {
    ...plan,
    hosts,
    placements,
    environments: [
      ...plan.environments,
      ...[...used].filter((name) => !names.has(name)).map((name) => ({ name, separation: 'runner-labels' as const })),
    ],
  }
}

// Environment names ignore case: the plan's spelling wins, else the first in the list.
function spelled(plan: Plan, list: readonly ListedHost[], name: string): string {
  const all = [
    ...plan.environments.map((environment) => environment.name),
    ...list.flatMap((row) => row.environment ?? []),
  ]
  return all.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
}

function fresh(plan: Plan, { name, address, os, network, reach, credential }: ListedHost): Host {
  return {
    name,
    address: address ?? name,
    reach: reach ?? (plan.practice ? { kind: 'simulated' } : { kind: 'auto' }),
    workFolder: 'C:\\ProgramData\\ExekraRollout',
    ...(os === undefined ? {} : { os }),
    ...(network === undefined ? {} : { network }),
    ...(credential === undefined ? {} : { credential }),
  }
}

function changed(host: Host, row: ListedHost | undefined): Host {
  if (!row) return host
  const { address, os, network, reach, credential } = row
  return {
    ...host,
    ...(address === undefined ? {} : { address }),
    ...(os === undefined ? {} : { os }),
    ...(network === undefined ? {} : { network }),
    ...(credential === undefined ? {} : { credential }),
    // A list has way and port only: keep fingerprints and sign-in methods when both are unchanged.
    ...(reach === undefined || reachWord(reach) === reachWord(host.reach) ? {} : { reach }),
  }
}

/** The hosts of a plan as CSV that an import can read. */
export function hostsAsCsv(plan: Plan): string {
  const rows = plan.hosts.map((host) => {
    const placements = plan.placements.filter((placement) => placement.host === host.name)
    const cells = {
      name: host.name,
      address: host.address,
      os: host.os ?? '',
      network: host.network ?? '',
      environment: placements.find((placement) => placement.component === 'runner')?.environment ?? '',
      components: placements
        .map(
          (placement) =>
            componentTitles[placement.component] + (placement.provision === 'existing' ? ' (existing)' : ''),
        )
        .join(' + '),
      reach: reachWord(host.reach),
      credential: host.credential ?? '',
    }
    return fields.map((field) => cells[field])
  })
  return csvText([fields.map((field) => fieldTitles[field]), ...rows])
}

/** A reach as a list writes it: its kind, and its port if that is not the default. */
export function reachWord(reach: Reach): string {
  if (reach.kind !== 'ssh' && reach.kind !== 'winrm') return reach.kind
  const { port } = doorOf(reach)
  return port === (reach.kind === 'ssh' ? 22 : 5986) ? reach.kind : `${reach.kind}:${port}`
}
