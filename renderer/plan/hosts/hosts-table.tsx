/** Table of hosts: sortable, with multiple selection (Shift selects a range). Only visible rows are mounted. */
import { useRef } from 'react'
import { useTableWindow } from '../../shared/use-table-window.ts'
import { systemName } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import type { HostColumn, HostRow, HostSort } from './host-rows.ts'
import { SortHead } from '../../shared/components/sort-head.tsx'
import { hostsText } from './text.ts'
import tableStyles from '../../shared/styles/table.module.css'
import textStyles from '../../shared/styles/text.module.css'

const columns: readonly HostColumn[] = [
  'name',
  'address',
  'reach',
  'os',
  'components',
  'environment',
  'network',
  'findings',
]
const rowHeight = 37

interface HostsTableProps {
  readonly rows: readonly HostRow[]
  readonly sort: HostSort
  readonly onSort: (sort: HostSort) => void
  readonly open: string | null
  readonly marked: ReadonlySet<string>
  readonly editing: boolean
  readonly onMark: (marked: ReadonlySet<string>) => void
  readonly onOpen: (name: string) => void
}

/** The table of the given rows. */
export function HostsTable({ rows, sort, onSort, open, marked, editing, onMark, onOpen }: HostsTableProps) {
  const { body, shown: inSight, before, after, measure } = useTableWindow(rows.length, rowHeight)
  const anchor = useRef<string | null>(null)
  const span = columns.length + (editing ? 1 : 0)
  const toggle = (name: string, on: boolean, through: boolean): void => {
    const next = new Set(marked)
    const [from, to] = [
      rows.findIndex((row) => row.host.name === anchor.current),
      rows.findIndex((row) => row.host.name === name),
    ]
    const names =
      through && from >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.host.name) : [name]
    for (const host of names) {
      if (on) next.add(host)
      else next.delete(host)
    }
    anchor.current = name
    onMark(next)
  }
  const shown = rows.filter((row) => marked.has(row.host.name)).length
  return (
    <table className={tableStyles.table} aria-rowcount={rows.length + 1}>
      <thead className={tableStyles.sticky}>
        <tr>
          {editing && (
            <th scope="col" className={tableStyles.narrow}>
              <input
                type="checkbox"
                className={tableStyles.mark}
                aria-label={hostsText.chooseAll}
                checked={rows.length > 0 && shown === rows.length}
                ref={(box) => {
                  if (box) box.indeterminate = shown > 0 && shown < rows.length
                }}
                onChange={(event) => {
                  onMark(event.target.checked ? new Set([...marked, ...rows.map((row) => row.host.name)]) : new Set())
                }}
              />
            </th>
          )}
          {columns.map((by) => (
            <SortHead key={by} by={by} title={hostsText.columns[by]} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {before > 0 && (
          <tr aria-hidden="true">
            <td colSpan={span} className={tableStyles.gap} style={{ height: before }} />
          </tr>
        )}
        {inSight.map((index) => {
          const row = rows[index]
          if (!row) return null
          const { host, components, environment, reach, severity } = row
          return (
            <tr
              key={host.name}
              ref={measure}
              data-index={index}
              aria-rowindex={index + 2}
              className={host.name === open || marked.has(host.name) ? tableStyles.chosen : undefined}
            >
              {editing && (
                <td className={tableStyles.narrow}>
                  <input
                    type="checkbox"
                    className={tableStyles.mark}
                    aria-label={hostsText.choose(host.name)}
                    checked={marked.has(host.name)}
                    onChange={(event) => {
                      toggle(
                        host.name,
                        event.target.checked,
                        event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
                      )
                    }}
                  />
                </td>
              )}
              <td>
                <button
                  type="button"
                  className={textStyles.link}
                  aria-expanded={host.name === open}
                  onClick={() => {
                    onOpen(host.name)
                  }}
                >
                  {host.name}
                </button>
              </td>
              <td className={textStyles.mono}>{host.address}</td>
              <td>{reach}</td>
              <td className={textStyles.oneLine}>{systemName(host.os)}</td>
              <td>{components}</td>
              <td>{environment}</td>
              <td>{host.network ?? ''}</td>
              <td>
                <StatusGlyph status={severity} label={statusWords[severity]} />
              </td>
            </tr>
          )
        })}
        {after > 0 && (
          <tr aria-hidden="true">
            <td colSpan={span} className={tableStyles.gap} style={{ height: after }} />
          </tr>
        )}
      </tbody>
    </table>
  )
}
