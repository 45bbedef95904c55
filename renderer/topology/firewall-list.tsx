/** The firewall matrix as a list: paths by purpose, with equal ones in one row. */
import { Fragment } from 'react'
import { endTitle, type FlowGroup, type FlowRow } from '../../domain/checks/flow-matrix.ts'
import { workstation } from '../../domain/network/topology.ts'
import { SourceOf } from '../shared/components/provenance.tsx'
import { formatTime } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import { resultOfAll } from './flow-results.ts'
import { idsOf } from './flow-panel.tsx'
import tableStyles from '../shared/styles/table.module.css'
import textStyles from '../shared/styles/text.module.css'
import { matrixListText as text, matrixViewText } from './text.ts'
import styles from './topology.module.css'

interface FirewallListProps {
  readonly groups: readonly FlowGroup[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

export function FirewallList({ groups, chosen, onChoose }: FirewallListProps) {
  return (
    <table className={tableStyles.table}>
      <thead>
        <tr>
          <th scope="col">{text.from}</th>
          <th scope="col">{text.to}</th>
          <th scope="col">{text.port}</th>
          <th scope="col">{text.why}</th>
          <th scope="col">{text.source}</th>
          <th scope="col">{text.tested}</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.title}>
          <tr className={tableStyles.groupRow}>
            <th scope="rowgroup" colSpan={6}>
              {group.title} <span>{text.paths(group.rows.reduce((sum, row) => sum + row.flows.length, 0))}</span>
            </th>
          </tr>
          {group.rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              chosen={row.flows.some(({ flow }) => chosen.has(flow.id))}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({
  row,
  chosen,
  onChoose,
}: {
  readonly row: FlowRow
  readonly chosen: boolean
  readonly onChoose: FirewallListProps['onChoose']
}) {
  const { flow, proof } = row.first
  const { status, word } = resultOfAll(row.flows)
  return (
    <tr className={chosen ? tableStyles.chosen : undefined}>
      <td className={textStyles.oneLine}>
        <button
          type="button"
          className={textStyles.link}
          aria-expanded={chosen}
          onClick={() => {
            onChoose(chosen ? new Set() : idsOf(row.flows))
          }}
        >
          {row.flows.length > 1 ? text.hosts(row.flows.length) : endTitle(flow.from)}
        </button>
      </td>
      <td>
        {endTitle(row.to)}{' '}
        {row.toAddress !== row.to && row.to !== workstation && (
          <span className={styles.monoQuiet}>{row.toAddress}</span>
        )}
      </td>
      <td className={textStyles.mono}>{matrixViewText.port(flow.port)}</td>
      <td>{flow.why}</td>
      <td>
        <SourceOf source={flow.source} />
      </td>
      <td className={textStyles.oneLine}>
        <StatusText status={status}>{word}</StatusText>
        {proof.at !== null && (
          <Fragment>
            {' '}
            <span className={styles.testedAt}>{formatTime(proof.at)}</span>
          </Fragment>
        )}
      </td>
    </tr>
  )
}
