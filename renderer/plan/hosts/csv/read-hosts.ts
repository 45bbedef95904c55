/** Owns what the rows of a list say about hosts: each row read by itself, with everything that is wrong with it in words. */
import { Host, OperatingSystem, operatingSystems, type Reach } from '../../../../domain/plan/host.ts'
import type { ComponentName } from '../../../../domain/base/ids.ts'
import type { Plan } from '../../../../domain/plan/plan.ts'
import { toProblems } from '../../../../domain/plan/plan-problem.ts'
import { fieldTitles, type Columns, type HostField } from './columns.ts'
import type { Row } from './rows.ts'

/** What a row says; what it does not say is undefined. */
export interface ListedHost {
  readonly name: string
  readonly address: string | undefined
  readonly os: OperatingSystem | undefined
  readonly network: string | undefined
  readonly environment: string | undefined
  readonly components: readonly { readonly component: ComponentName; readonly provision: 'install' | 'existing' }[]
  readonly reach: Reach | undefined
  readonly credential: string | undefined
}

export interface ReadRow {
  readonly line: number
  readonly name: string
  /** Null where the row cannot be taken. */
  readonly host: ListedHost | null
  /** Why it cannot be taken, each in words. */
  readonly problems: readonly string[]
  /** The plan has a host of that name. */
  readonly known: boolean
}

const componentOf: Readonly<Record<string, ComponentName>> = {
  hub: 'hub',
  orchestrator: 'hub',
  postgresql: 'postgresql',
  postgres: 'postgresql',
  database: 'postgresql',
  redis: 'redis',
  studio: 'studio',
  runner: 'runner',
}

/** Every row of the list but its head. */
export function readHosts(rows: readonly Row[], columns: Columns, plan: Plan): ReadRow[] {
  const known = new Set(plan.hosts.map((host) => host.name.toLowerCase()))
  const firstLine = new Map<string, number>()
  return rows.slice(columns.header ? 1 : 0).map((row) => {
    const read = readRow(row, columns, plan)
    const key = read.name.toLowerCase()
    const first = firstLine.get(key)
    if (first === undefined) firstLine.set(key, row.line)
    const problems =
      first === undefined || key === ''
        ? read.problems
        : [...read.problems, `${read.name} stands in line ${first} already`]
    return { ...read, known: known.has(key), problems, host: problems.length > 0 ? null : read.host }
  })
}

function readRow({ line, cells }: Row, columns: Columns, plan: Plan): Omit<ReadRow, 'known'> {
  const cell = (field: HostField): string => cells[columns.of.indexOf(field)] ?? ''
  const given = (field: HostField): string | undefined => (cell(field) === '' ? undefined : cell(field))
  const name = cell('name')
  const problems: string[] = []
  const os = osOf(cell('os'))
  if (os === null) problems.push(`System: ${cell('os')} must be one of ${operatingSystems.join(', ')}`)
  const reach = reachOf(cell('reach'), plan)
  if (typeof reach === 'string') problems.push(`Reach: ${reach}`)
  const components = componentsOf(cell('components'))
  if (typeof components === 'string') problems.push(`Components: ${components}`)
  const environment = given('environment')
  if (environment !== undefined && environment.length > 80)
    problems.push('Environment: must have at most 80 characters')
  const host: ListedHost = {
    name,
    address: given('address'),
    os: os ?? undefined,
    network: given('network'),
    environment,
    credential: given('credential'),
    components: typeof components === 'string' ? [] : components,
    reach: typeof reach === 'string' ? undefined : reach,
  }
  if (name === '') problems.push('Name: must not be empty')
  else problems.push(...schemaProblems(host))
  return { line, name, host, problems }
}

function schemaProblems({ name, address, os, network, credential, reach }: ListedHost): string[] {
  // Where no address is given, the name is one, if it can be.
  const document = {
    name,
    address: address ?? name,
    reach: reach ?? { kind: 'auto' },
    ...(os ? { os } : {}),
    ...(network === undefined ? {} : { network }),
    ...(credential === undefined ? {} : { credential }),
  }
  const read = Host.safeParse(document)
  return read.success
    ? []
    : toProblems(read.error.issues, document).map(({ path, message }) => `${titleOf(path)}: ${message}`)
}

function titleOf(path: string): string {
  const [field] = path.split('.')
  return Object.entries(fieldTitles).find(([one]) => one === field)?.[1] ?? path
}

function osOf(text: string): OperatingSystem | undefined | null {
  if (text === '') return undefined
  const word = text
    .toLowerCase()
    .replace(/^microsoft\s+/, '')
    .replace(/\b(standard|datacenter|professional)\b/g, (edition) => (edition === 'professional' ? 'pro' : ''))
    .trim()
    .replace(/[\s_]+/g, '-')
  const read = OperatingSystem.safeParse(word)
  return read.success ? read.data : null
}

const reachWords = 'must be auto, ssh, winrm, local or unmanaged, with a port where it is another, such as ssh:2222'

/** A reach in a word; a text says what is wrong with it. */
function reachOf(text: string, plan: Plan): Reach | undefined | string {
  if (text === '') return undefined
  const [, kind = '', port] = /^([a-z]+)(?::(\d{1,5}))?$/i.exec(text.replace(/\s+/g, '')) ?? []
  const number = port === undefined ? undefined : Number(port)
  switch (kind.toLowerCase()) {
    case 'ssh':
      return { kind: 'ssh', port: number ?? 22 }
    case 'winrm':
      return { kind: 'winrm', tls: number !== 5985, auth: 'ntlm', ...(number === undefined ? {} : { port: number }) }
    case 'simulated':
      return plan.practice ? { kind: 'simulated' } : 'simulated hosts are of practice sites only'
    case 'auto':
    case 'local':
    case 'unmanaged':
      return number === undefined
        ? { kind: kind.toLowerCase() as 'auto' | 'local' | 'unmanaged' }
        : `${text} ${reachWords}`
    default:
      return `${text} ${reachWords}`
  }
}

function componentsOf(text: string): ListedHost['components'] | string {
  const words = text
    .split(/[+/|,;&]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  const found: { component: ComponentName; provision: 'install' | 'existing' }[] = []
  for (const word of words) {
    const [, name = '', existing] = /^(.*?)\s*(\(existing\))?$/i.exec(word) ?? []
    const component = componentOf[name.toLowerCase()]
    if (component === undefined) return `${name} must be Hub, PostgreSQL, Redis, Studio or Runner`
    if (!found.some((one) => one.component === component))
      found.push({ component, provision: existing === undefined ? 'install' : 'existing' })
  }
  return found
}
