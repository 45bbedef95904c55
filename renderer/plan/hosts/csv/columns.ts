/** Owns which column of a list of hosts holds what: guessed from its head or its content, corrected by the person. */
import type { Row } from './rows.ts'

export const fields = ['name', 'address', 'os', 'network', 'environment', 'components', 'reach', 'credential'] as const
export type HostField = (typeof fields)[number]

export const fieldTitles: Readonly<Record<HostField, string>> = {
  name: 'Name',
  address: 'Address',
  os: 'System',
  network: 'Network',
  environment: 'Environment',
  components: 'Components',
  reach: 'Reach',
  credential: 'Credential',
}

export interface Columns {
  /** What each column holds; null for one that is passed over. */
  readonly of: readonly (HostField | null)[]
  /** The first row names the columns. */
  readonly header: boolean
}

const heads: readonly (readonly [HostField, RegExp])[] = [
  ['name', /^(host ?name|host|name|machine|computer( ?name)?|server)$/],
  ['address', /^(address|ip|ip ?address|fqdn|dns( ?name)?)$/],
  ['os', /^(os|system|operating ?system|platform)$/],
  ['network', /^(network|subnet|vlan|zone|segment)$/],
  ['environment', /^(environment|env|stage)$/],
  ['components', /^(components?|roles?)$/],
  ['reach', /^(reach|reached ?by|protocol|transport|connection)$/],
  ['credential', /^(credentials?|account|vault ?entry)$/],
]
const usual: readonly HostField[] = [
  'name',
  'address',
  'components',
  'environment',
  'os',
  'network',
  'reach',
  'credential',
]

/** The columns as their head says; without one, in the usual order. */
export function guessColumns(rows: readonly Row[]): Columns {
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const first = rows[0]?.cells ?? []
  const taken = new Set<HostField>()
  const named = Array.from({ length: width }, (_, i) => {
    const word = (first[i] ?? '').toLowerCase().replace(/[_-]/g, ' ').trim()
    const field = heads.find(([one, pattern]) => !taken.has(one) && pattern.test(word))?.[0] ?? null
    if (field) taken.add(field)
    return field
  })
  const header = taken.has('name') || taken.size > 1
  return { header, of: header ? named : Array.from({ length: width }, (_, i) => usual[i] ?? null) }
}

/** The columns with one holding something else; no two hold the same. */
export function setColumn(columns: Columns, at: number, field: HostField | null): Columns {
  return {
    ...columns,
    of: columns.of.map((one, i) => (i === at ? field : one === field && field !== null ? null : one)),
  }
}
