/** The map as a list: zones, hosts and flows in a table that sorts, filters and selects; also for screen readers. */
import { Button } from '@fluentui/react-components'
import { Edit20Regular } from '@fluentui/react-icons'
import { Fragment, useMemo, useState } from 'react'
import type { SiteMap } from '../canvas/map-shapes.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { findingsByHost } from '../plan/model/findings-by-host.ts'
import { type MapColumn, mapRows, type MapRow, type MapSort } from './map-rows.ts'
import { usePlanHostAppearance } from './plan-host-state.ts'
import { SortHead } from '../shared/components/sort-head.tsx'
import { FilterInput } from '../shared/components/filter-input.tsx'
import tableStyles from '../shared/styles/table.module.css'
import pageStyles from '../shared/styles/page.module.css'
import textStyles from '../shared/styles/text.module.css'
import { mapListText as text } from './text.ts'
import styles from './topology.module.css'

interface MapListProps {
  readonly map: SiteMap
  readonly chosen: string | null
  readonly onChoose: (host: string | null) => void
  readonly marked: ReadonlySet<string>
  readonly onMark: (marked: ReadonlySet<string>) => void
  readonly onEditMarked: () => void
}

const columns: readonly { readonly by: MapColumn; readonly title: string }[] = [
  { by: 'name', title: text.columns.name },
  { by: 'zone', title: text.columns.zone },
  { by: 'components', title: text.columns.components },
  { by: 'flows', title: text.columns.flows },
  { by: 'findings', title: text.columns.findings },
]

export function MapList({ map, chosen, onChoose, marked, onMark, onEditMarked }: MapListProps) {
  const findings = useDraft((draft) => draft.findings)
  const editing = useDraft((draft) => draft.editing)
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<MapSort>({ by: 'zone', descending: false })
  const worst = useMemo(() => findingsByHost(findings ?? []), [findings])
  const rows = useMemo(() => mapRows(map, worst, sort, filter), [map, worst, sort, filter])
  // Servers outside the plan cannot be edited with it.
  const markable = rows.filter((row) => row.host?.outside !== true).map((row) => row.name)
  const all = markable.length > 0 && markable.every((name) => marked.has(name))
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={text.region}>
      <div className={pageStyles.tools}>
        <FilterInput label={text.filter} className={pageStyles.find} value={filter} onFilter={setFilter} />
        <span role="status">{marked.size > 0 ? text.chosen(marked.size) : text.hosts(rows.length)}</span>
        <span className={pageStyles.space} />
        {editing && marked.size > 0 && (
          <Button size="small" icon={<Edit20Regular />} onClick={onEditMarked}>
            {text.edit(marked.size)}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className={pageStyles.none}>{text.noMatch(filter.trim())}</p>
      ) : (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              {editing && (
                <th scope="col" className={tableStyles.narrow}>
                  <input
                    type="checkbox"
                    className={tableStyles.mark}
                    aria-label={text.chooseAll}
                    checked={all}
                    onChange={() => {
                      onMark(all ? new Set() : new Set([...marked, ...markable]))
                    }}
                  />
                </th>
              )}
              {columns.map(({ by, title }) => (
                <SortHead key={by} by={by} title={title} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Fragment key={row.name}>
                {sort.by === 'zone' && rows[i - 1]?.zone !== row.zone && (
                  <tr className={tableStyles.groupRow}>
                    <th scope="colgroup" colSpan={columns.length + (editing ? 1 : 0)}>
                      {row.zone}
                      <span>{text.hosts(rows.filter(({ zone }) => zone === row.zone).length)}</span>
                    </th>
                  </tr>
                )}
                <Row
                  row={row}
                  chosen={chosen === row.name}
                  marked={marked.has(row.name)}
                  editing={editing}
                  onChoose={onChoose}
                  onMark={(on) => {
                    const next = new Set(marked)
                    if (on) next.add(row.name)
                    else next.delete(row.name)
                    onMark(next)
                  }}
                />
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

interface RowProps {
  readonly row: MapRow
  readonly chosen: boolean
  readonly marked: boolean
  readonly editing: boolean
  readonly onChoose: (host: string | null) => void
  readonly onMark: (on: boolean) => void
}

function Row({ row: { name, host, zone, components, flows }, chosen, marked, editing, onChoose, onMark }: RowProps) {
  const { status, spokenText } = usePlanHostAppearance(name, host?.address ?? '')
  const outside = host?.outside === true
  return (
    <tr className={chosen || marked ? tableStyles.chosen : undefined}>
      {editing && (
        <td className={tableStyles.narrow}>
          {!outside && (
            <input
              type="checkbox"
              className={tableStyles.mark}
              aria-label={text.choose(name)}
              checked={marked}
              onChange={(event) => {
                onMark(event.target.checked)
              }}
            />
          )}
        </td>
      )}
      <td>
        {outside ? (
          name
        ) : (
          <button
            type="button"
            className={textStyles.link}
            aria-expanded={chosen}
            onClick={() => {
              onChoose(chosen ? null : name)
            }}
          >
            {name}
          </button>
        )}
      </td>
      <td>{zone}</td>
      <td>{components}</td>
      <td className={textStyles.mono}>{flows.join(', ')}</td>
      <td>{status !== null && <StatusGlyph status={status} label={spokenText} />}</td>
    </tr>
  )
}
