/** Compares hosts on which a step failed with hosts on which the same step succeeded, fact by fact. */
import type { Facts } from '../../../domain/remote/facts.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { FailureGroup } from './failure-groups.ts'
import { timingKey } from '../session/timings.ts'
import { factText } from './text.ts'

export interface Difference {
  readonly fact: string
  readonly failed: string
  readonly succeeded: string
}

export interface Comparison {
  /** How many hosts the same step succeeded on; without any, nothing is compared. */
  readonly succeeded: number
  readonly compared: number
  readonly differences: readonly Difference[]
}

interface Seen {
  readonly host: string
  readonly facts: Facts | null
}

type Reader = readonly [fact: string, read: (seen: Seen) => string | number | null, write?: (value: number) => string]

const gigabytes = (bytes: number): string => factText.gigabytes((bytes / 2 ** 30).toFixed(bytes < 10 * 2 ** 30 ? 1 : 0))

/** Compares the hosts of a group with the hosts of the run on which the same kind of step succeeded. */
export function compareGroup(state: RunState, plan: Plan, group: FailureGroup): Comparison {
  const first = group.pending[0]
  if (!first) return { succeeded: 0, compared: 0, differences: [] }
  const key = timingKey(first.step)
  const failing = new Set(group.pending.map(({ step }) => step.host))
  const succeeded = state.index.lanes.flatMap(({ host, steps }, n) =>
    !failing.has(host) &&
    steps.some((step, i) => timingKey(step) === key && laneAt(state, n).steps[i]?.status === 'succeeded')
      ? [host]
      : [],
  )
  const seen = (host: string): Seen => ({ host, facts: factsOf(state, host) })
  return differencesOf([...failing].map(seen), succeeded.map(seen), plan)
}

/**
 * Returns the facts that all hosts of one side share and no host of the other side has.
 * Numbers differ where their ranges do not touch. Pure, for any two sets of hosts.
 */
export function differencesOf(failed: readonly Seen[], succeeded: readonly Seen[], plan: Plan): Comparison {
  if (failed.length === 0 || succeeded.length === 0)
    return { succeeded: succeeded.length, compared: 0, differences: [] }
  const readers = readersFor([...failed, ...succeeded], plan)
  const differences = readers.flatMap(([fact, read, write = String]): Difference[] => {
    const bad = failed.map(read)
    const good = succeeded.map(read)
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
  return { succeeded: succeeded.length, compared: readers.length, differences }
}

function readersFor(all: readonly Seen[], plan: Plan): Reader[] {
  const hosts = new Map(plan.hosts.map((host) => [host.name, host]))
  const environments = new Map(plan.placements.map((placement) => [placement.host, placement.environment ?? null]))
  const drives = distinct(all.flatMap(({ facts }) => facts?.drives.map((drive) => drive.name) ?? []))
  const services = distinct(all.flatMap(({ facts }) => facts?.services.map((service) => service.name) ?? []))
  const ports = distinct(all.flatMap(({ facts }) => facts?.listening.map(String) ?? [])).slice(0, 200)
  const has = (facts: Facts | null, yes: (facts: Facts) => boolean, [yesText, noText]: readonly [string, string]) =>
    facts ? (yes(facts) ? yesText : noText) : null
  return [
    [factText.environment, ({ host }) => environments.get(host) ?? null],
    [factText.network, ({ host }) => hosts.get(host)?.network ?? subnetOf(hosts.get(host)?.address)],
    [factText.credential, ({ host }) => hosts.get(host)?.credential ?? plan.defaultCredential ?? null],
    [factText.reachedBy, ({ host }) => hosts.get(host)?.reach.kind ?? null],
    [factText.domain, ({ facts }) => (facts ? (facts.domain ?? factText.none) : null)],
    [factText.system, ({ facts }) => facts?.os.caption ?? null],
    [factText.build, ({ facts }) => facts?.os.version ?? null],
    [factText.edition, ({ facts }) => facts?.os.edition ?? null],
    [factText.architecture, ({ facts }) => facts?.os.architecture ?? null],
    [factText.powershell, ({ facts }) => (facts ? `${facts.powershell.version} ${facts.powershell.edition}` : null)],
    [factText.administrator, ({ facts }) => has(facts, (known) => known.administrator, factText.yesNo)],
    [factText.restartPending, ({ facts }) => has(facts, (known) => known.pendingReboot.length > 0, factText.yesNo)],
    [factText.processors, ({ facts }) => facts?.processors ?? null],
    [factText.memory, ({ facts }) => facts?.memoryBytes ?? null, gigabytes],
    ...drives.map((name): Reader => [
      factText.freeOn(name),
      ({ facts }) => facts?.drives.find((drive) => drive.name === name)?.freeBytes ?? null,
      gigabytes,
    ]),
    ...drives.map((name): Reader => [
      factText.drive(name),
      ({ facts }) => has(facts, (known) => known.drives.some((drive) => drive.name === name), factText.presentOrNone),
    ]),
    ...services.map((name): Reader => [
      factText.service(name),
      ({ facts }) =>
        facts ? (facts.services.find((service) => service.name === name)?.status ?? factText.none) : null,
    ]),
    ...ports.map((port): Reader => [
      factText.port(port),
      ({ facts }) => has(facts, (known) => known.listening.includes(Number(port)), factText.usedOrFree),
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
  return low === high ? low : factText.range(low, high)
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

function few(values: readonly (string | number | null)[]): string {
  const texts = values.map(String)
  return texts.length <= 3 ? texts.join(', ') : factText.more(texts.slice(0, 3).join(', '), texts.length - 3)
}
