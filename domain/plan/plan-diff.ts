/** Owns what changed between two revisions of a plan: thing by thing, field by field, in the words of the plan document. */
import type { Plan } from './plan.ts'

/** One difference. `subject` is named as findings name it: `plan`, `host HUB01`, `placement runner on RUN003`, `environment Production`, `installer hub`. */
export interface PlanChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly subject: string
  /** The field inside the subject, such as reach.port; empty where the whole thing came or went. */
  readonly path: string
  /** As text; null where there was, or is, nothing. */
  readonly before: string | null
  readonly after: string | null
}

/** Everything that differs. Empty where, and only where, both plans are the same document. Things are told apart by name, so a renamed host went and another came. */
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
    ...fields('plan', '', restBefore, rest),
    ...named('hosts', hostsBefore, hosts, (host) => `host ${host.name}`),
    ...named(
      'placements',
      placementsBefore,
      placements,
      (placement) => `placement ${placement.component} on ${placement.host}`,
    ),
    ...named('environments', environmentsBefore, environments, (environment) => `environment ${environment.name}`),
    ...named(
      'installers',
      Object.entries(installersBefore),
      Object.entries(installers),
      ([component]) => `installer ${component}`,
      ([, installer]) => installer,
    ),
  ]
}

function named<T>(
  list: string,
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
  bodyOf: (one: T) => unknown = (one) => one,
): PlanChange[] {
  const old = new Map(before.map((one) => [nameOf(one), one]))
  const fresh = new Map(after.map((one) => [nameOf(one), one]))
  const gone = [...old.keys()]
    .filter((name) => !fresh.has(name))
    .map((subject): PlanChange => ({ kind: 'removed', subject, path: '', before: '', after: null }))
  const rest = [...fresh].flatMap(([subject, one]): PlanChange[] => {
    const was = old.get(subject)
    return was === undefined
      ? [{ kind: 'added', subject, path: '', before: null, after: '' }]
      : fields(subject, '', bodyOf(was), bodyOf(one))
  })
  // An order of its own is a difference too: the hash is made of it. Keys of an object have none.
  const kept = [...old.keys()].filter((name) => fresh.has(name))
  const now = [...fresh.keys()].filter((name) => old.has(name))
  const moved = list !== 'installers' && kept.some((name, i) => name !== now[i])
  return [
    ...gone,
    ...rest,
    ...(moved
      ? [
          {
            kind: 'changed' as const,
            subject: 'plan',
            path: `${list} (order)`,
            before: kept.map(bare).join(', '),
            after: now.map(bare).join(', '),
          },
        ]
      : []),
  ]
}

function bare(subject: string): string {
  return subject.replace(/^\w+ /, '')
}

function fields(subject: string, path: string, before: unknown, after: unknown): PlanChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => fields(subject, path === '' ? key : `${path}.${key}`, before[key], after[key]))
  }
  const [was, is] = [valueText(before), valueText(after)]
  return was === is
    ? []
    : [{ kind: was === null ? 'added' : is === null ? 'removed' : 'changed', subject, path, before: was, after: is }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
          .map(([key, one]) => [key, sorted(one)]),
      )
    : value
}
