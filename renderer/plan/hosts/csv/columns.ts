/** Columns of a list of hosts: guessed from its first row, corrected by the user. */
import type { Row } from './rows.ts'

export const fields = ['name', 'address', 'os', 'network', 'environment', 'components', 'reach', 'credential'] as const
export type HostField = (typeof fields)[number]

export interface Columns {
  /** The content of each column; null for an ignored one. */
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

/** The columns named by the first row; without names, in the usual order. */
export function guessColumns(rows: readonly Row[]): Columns {
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const first = rows[0]?.cells ?? []
  const taken = new Set<HostField>()
  const named = Array.from({ length: width }, (_, i) => {
    const word = (first[i] ?? '').toLowerCase().replace(/[_-]/g, ' ').trim()
    const field = heads.find(([known, pattern]) => !taken.has(known) && pattern.test(word))?.[0] ?? null
    if (field) taken.add(field)
    return field
  })
  const header = taken.has('name') || taken.size > 1
  return { header, of: header ? named : Array.from({ length: width }, (_, i) => usual[i] ?? null) }
}

/** The columns with a new content for one of them. No two columns have the same content. */
export function setColumn(columns: Columns, at: number, field: HostField | null): Columns {
  return {
    ...columns,
    of: columns.of.map((other, i) => (i === at ? field : other === field && field !== null ? null : other)),
  }
}
