/** Owns the comparison of hosts on which something failed with those on which the same succeeded: facts that tell the two apart. */
import type { Facts } from '../../../domain/remote/facts.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { FailureGroup } from './failure-groups.ts'
import { timingKey } from '../session/timings.ts'

export interface Difference {
  readonly fact: string
  readonly failed: string
  readonly succeeded: string
}

export interface Comparison {
  /** Hosts on which the same step succeeded; nothing can be compared where there is none. */
  readonly succeeded: number
  readonly compared: number
  readonly differences: readonly Difference[]
}

interface Seen {
  readonly host: string
  readonly facts: Facts | null
}

type Reader = readonly [fact: string, read: (seen: Seen) => string | number | null, write?: (value: number) => string]

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(bytes < 10 * 2 ** 30 ? 1 : 0)} GB`

/** Compares a group with the hosts of the run on which the same kind of step succeeded. */
export function compareGroup(state: RunState, plan: Plan, group: FailureGroup): Comparison {
  const first = group.pending[0]
  if (!first) return { succeeded: 0, compared: 0, differences: [] }
  const key = timingKey(first.step)
  const failing = new Set(group.pending.map(({ step }) => step.host))
  const well = state.index.lanes.flatMap(({ host, steps }, n) =>
    !failing.has(host) &&
    steps.some((step, i) => timingKey(step) === key && laneAt(state, n).steps[i]?.status === 'succeeded')
      ? [host]
      : [],
  )
  const seen = (host: string): Seen => ({ host, facts: factsOf(state, host) })
  return differencesOf([...failing].map(seen), well.map(seen), plan)
}

/** What all of one side have and none of the other; numbers differ where their ranges do not touch. Pure, for any two sets of hosts. */
export function differencesOf(failed: readonly Seen[], well: readonly Seen[], plan: Plan): Comparison {
  if (failed.length === 0 || well.length === 0) return { succeeded: well.length, compared: 0, differences: [] }
  const readers = readersFor([...failed, ...well], plan)
  const differences = readers.flatMap(([fact, read, write = String]): Difference[] => {
    const bad = failed.map(read)
    const good = well.map(read)
    if (bad.includes(null) || good.includes(null)) return []
    if (bad.every(isNumber) && good.every(isNumber)) {
      const apart = Math.max(...bad) < Math.min(...good) || Math.min(...bad) > Math.max(...good)
      return apart ? [{ fact, failed: range(bad, write), succeeded: range(good, write) }] : []
    }
    const badValues = distinct(bad)
    const goodValues = distinct(good)
    return badValues.some((value) => goodValues.includes(value))
      ? []
      : [{ fact, failed: few(badValues), succeeded: few(goodValues) }]
  })
  return { succeeded: well.length, compared: readers.length, differences }
}

function readersFor(all: readonly Seen[], plan: Plan): Reader[] {
  const hosts = new Map(plan.hosts.map((host) => [host.name, host]))
  const environments = new Map(plan.placements.map((placement) => [placement.host, placement.environment ?? null]))
  const drives = distinct(all.flatMap(({ facts }) => facts?.drives.map((drive) => drive.name) ?? []))
  const services = distinct(all.flatMap(({ facts }) => facts?.services.map((service) => service.name) ?? []))
  const ports = distinct(all.flatMap(({ facts }) => facts?.listening.map(String) ?? [])).slice(0, 200)
  const has = (facts: Facts | null, yes: (facts: Facts) => boolean, words: readonly [string, string]) =>
    facts ? words[yes(facts) ? 0 : 1] : null
  return [
    ['Environment', ({ host }) => environments.get(host) ?? null],
    ['Network', ({ host }) => hosts.get(host)?.network ?? subnetOf(hosts.get(host)?.address)],
    ['Credential', ({ host }) => hosts.get(host)?.credential ?? plan.defaultCredential ?? null],
    ['Reached by', ({ host }) => hosts.get(host)?.reach.kind ?? null],
    ['Domain', ({ facts }) => (facts ? (facts.domain ?? 'None') : null)],
    ['System', ({ facts }) => facts?.os.caption ?? null],
    ['Build', ({ facts }) => facts?.os.version ?? null],
    ['Edition', ({ facts }) => facts?.os.edition ?? null],
    ['Architecture', ({ facts }) => facts?.os.architecture ?? null],
    ['PowerShell', ({ facts }) => (facts ? `${facts.powershell.version} ${facts.powershell.edition}` : null)],
    ['Signed in as administrator', ({ facts }) => has(facts, (one) => one.administrator, ['Yes', 'No'])],
    ['Restart pending', ({ facts }) => has(facts, (one) => one.pendingReboot.length > 0, ['Yes', 'No'])],
    ['Processors', ({ facts }) => facts?.processors ?? null],
    ['Memory', ({ facts }) => facts?.memoryBytes ?? null, gib],
    ...drives.map((name): Reader => [
      `Free on ${name}`,
      ({ facts }) => facts?.drives.find((drive) => drive.name === name)?.freeBytes ?? null,
      gib,
    ]),
    ...drives.map((name): Reader => [
      `Drive ${name}`,
      ({ facts }) => has(facts, (one) => one.drives.some((drive) => drive.name === name), ['There', 'None']),
    ]),
    ...services.map((name): Reader => [
      `Service ${name}`,
      ({ facts }) => (facts ? (facts.services.find((service) => service.name === name)?.status ?? 'None') : null),
    ]),
    ...ports.map((port): Reader => [
      `Port ${port}`,
      ({ facts }) => has(facts, (one) => one.listening.includes(Number(port)), ['In use', 'Free']),
    ]),
  ]
}

function factsOf(state: RunState, host: string): Facts | null {
  const n = state.index.laneOf.get(host)
  return n === undefined ? null : laneAt(state, n).facts
}

function subnetOf(address: string | undefined): string | null {
  const found = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address ?? '')?.[1]
  return found === undefined ? null : `${found}.0/24`
}

function isNumber(value: string | number | null): value is number {
  return typeof value === 'number'
}

function range(values: readonly number[], write: (value: number) => string): string {
  const [low, high] = [write(Math.min(...values)), write(Math.max(...values))]
  return low === high ? low : `${low} to ${high}`
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

function few(values: readonly (string | number | null)[]): string {
  const words = values.map(String)
  return words.length <= 3 ? words.join(', ') : `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`
}
