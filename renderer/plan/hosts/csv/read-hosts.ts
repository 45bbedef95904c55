/** Rows of a list read as hosts, each with its problems. */
import { Host, OperatingSystem, type Reach } from '../../../../domain/plan/host.ts'
import type { ComponentName } from '../../../../domain/base/ids.ts'
import type { Plan } from '../../../../domain/plan/plan.ts'
import { toProblems } from '../../../../domain/plan/plan-problem.ts'
import type { Columns, HostField } from './columns.ts'
import type { Row } from './rows.ts'
import { fieldTitles, listText } from './text.ts'

/** The values of a row; undefined where the row has none. */
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
  /** Null for an invalid row. */
  readonly host: ListedHost | null
  /** Why the row is invalid: one text for each problem. */
  readonly problems: readonly string[]
  /** The plan already has a host with this name. */
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

/** Reads every row of the list, without its header. */
export function readHosts(rows: readonly Row[], columns: Columns, plan: Plan): ReadRow[] {
  const known = new Set(plan.hosts.map((host) => host.name.toLowerCase()))
  const firstLine = new Map<string, number>()
  return rows.slice(columns.header ? 1 : 0).map((row) => {
    const read = readRow(row, columns, plan)
    const key = read.name.toLowerCase()
    const first = firstLine.get(key)
    if (first === undefined) firstLine.set(key, row.line)
    const problems =
      first === undefined || key === '' ? read.problems : [...read.problems, listText.repeated(read.name, first)]
    return { ...read, known: known.has(key), problems, host: problems.length > 0 ? null : read.host }
  })
}

function readRow({ line, cells }: Row, columns: Columns, plan: Plan): Omit<ReadRow, 'known'> {
  const cell = (field: HostField): string => cells[columns.of.indexOf(field)] ?? ''
  const given = (field: HostField): string | undefined => (cell(field) === '' ? undefined : cell(field))
  const name = cell('name')
  const problems: string[] = []
  const os = osOf(cell('os'))
  if (os === null) problems.push(listText.system(cell('os')))
  const reach = reachOf(cell('reach'), plan)
  if (typeof reach === 'string') problems.push(reach)
  const components = componentsOf(cell('components'))
  if (typeof components === 'string') problems.push(components)
  const environment = given('environment')
  if (environment !== undefined && environment.length > 80) problems.push(listText.environmentLength)
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
  if (name === '') problems.push(listText.noName)
  else problems.push(...schemaProblems(host))
  return { line, name, host, problems }
}

function schemaProblems({ name, address, os, network, credential, reach }: ListedHost): string[] {
  // Without an address, the name is the address.
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
    : toProblems(read.error.issues, document).map(({ path, message }) => listText.field(titleOf(path), message))
}

function titleOf(path: string): string {
  const [field] = path.split('.')
  return Object.entries(fieldTitles).find(([name]) => name === field)?.[1] ?? path
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

/** The reach of a cell; the text of its problem when it has one. */
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
      return plan.practice ? { kind: 'simulated' } : listText.simulated
    case 'auto':
    case 'local':
    case 'unmanaged':
      return number === undefined
        ? { kind: kind.toLowerCase() as 'auto' | 'local' | 'unmanaged' }
        : listText.reach(text)
    default:
      return listText.reach(text)
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
    if (component === undefined) return listText.component(name)
    if (!found.some((placed) => placed.component === component))
      found.push({ component, provision: existing === undefined ? 'install' : 'existing' })
  }
  return found
}
