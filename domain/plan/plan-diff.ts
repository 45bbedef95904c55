/** What changed between two revisions of a plan: thing by thing, field by field, in the keys of the plan document. */
import { onEnvironment, onHost, onInstaller, onPlacement, wholePlan, type Subject } from '../base/subject.ts'
import { componentNames } from '../base/ids.ts'
import type { Plan } from './plan.ts'

/** One difference. */
export interface PlanChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly subject: Subject
  /** The field inside the subject, such as reach.port; empty where the whole thing came or went. */
  readonly path: string
  /** As text; null where there was, or is, nothing. */
  readonly before: string | null
  readonly after: string | null
}

/**
 * Every difference; empty exactly when both plans are the same document. Entries are matched by name, so a renamed host
 * counts as one removed and one added.
 */
export function diffPlans(before: Plan, after: Plan): PlanChange[] {
  const {
    hosts: hostsBefore,
    placements: placementsBefore,
    environments: environmentsBefore,
    installers: installersBefore,
    ...restBefore
  } = before
  const { hosts, placements, environments, installers, ...rest } = after
  return [
    ...fields(wholePlan, '', restBefore, rest),
    ...named('hosts', hostsBefore, hosts, {
      nameOf: ({ name }) => name,
      subjectOf: ({ name }) => onHost(name),
    }),
    ...named('placements', placementsBefore, placements, {
      nameOf: ({ component, host }) => `${component} on ${host}`,
      subjectOf: ({ component, host }) => onPlacement(component, host),
    }),
    ...named('environments', environmentsBefore, environments, {
      nameOf: ({ name }) => name,
      subjectOf: ({ name }) => onEnvironment(name),
    }),
    ...componentNames.flatMap((component) =>
      named('installers', alone(installersBefore[component]), alone(installers[component]), {
        nameOf: () => component,
        subjectOf: () => onInstaller(component),
      }),
    ),
  ]
}

function alone<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}

interface Naming<T> {
  readonly nameOf: (item: T) => string
  readonly subjectOf: (item: T) => Subject
}

function named<T>(
  list: string,
  before: readonly T[],
  after: readonly T[],
  { nameOf, subjectOf }: Naming<T>,
): PlanChange[] {
  const old = new Map(before.map((item) => [nameOf(item), item]))
  const fresh = new Map(after.map((item) => [nameOf(item), item]))
  const removed = before
    .filter((item) => !fresh.has(nameOf(item)))
    .map((item): PlanChange => ({ kind: 'removed', subject: subjectOf(item), path: '', before: '', after: null }))
  const others = after.flatMap((item): PlanChange[] => {
    const was = old.get(nameOf(item))
    return was === undefined
      ? [{ kind: 'added', subject: subjectOf(item), path: '', before: null, after: '' }]
      : fields(subjectOf(item), '', was, item)
  })
  // The order is a difference too: the hash of the plan depends on it.
  const orderBefore = [...old.keys()].filter((name) => fresh.has(name))
  const orderAfter = [...fresh.keys()].filter((name) => old.has(name))
  if (orderBefore.every((name, i) => name === orderAfter[i])) return [...removed, ...others]
  const order = {
    kind: 'changed' as const,
    subject: wholePlan,
    path: `${list} (order)`,
    before: orderBefore.join(', '),
    after: orderAfter.join(', '),
  }
  return [...removed, ...others, order]
}

function fields(subject: Subject, path: string, before: unknown, after: unknown): PlanChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => fields(subject, path === '' ? key : `${path}.${key}`, before[key], after[key]))
  }
  // A part that came or went is told field by field.
  if (before === undefined && hasFields(after)) return fields(subject, path, {}, after)
  if (after === undefined && hasFields(before)) return fields(subject, path, before, {})
  const [was, is] = [valueText(before), valueText(after)]
  return was === is
    ? []
    : [{ kind: was === null ? 'added' : is === null ? 'removed' : 'changed', subject, path, before: was, after: is }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasFields(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Object.keys(value).length > 0
}

function valueText(value: unknown): string | null {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(sorted(value))
}

// The same object is the same text, whatever order its keys were written in.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, nested]) => [key, sorted(nested)]),
      )
    : value
}
