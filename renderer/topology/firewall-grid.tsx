/** The firewall matrix as a grid: sources as rows, destinations as columns, ports and results in the cells. */
import { useMemo } from 'react'
import { endTitle, flowGrid, type GridEnd } from '../../domain/checks/flow-matrix.ts'
import type { ProvenFlow } from '../../domain/checks/flow-proof.ts'
import { hostsInWords } from '../plan/review/sign-off.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { resultOfAll } from './flow-results.ts'
import { idsOf } from './flow-panel.tsx'
import pageStyles from '../shared/styles/page.module.css'
import tableStyles from '../shared/styles/table.module.css'
import textStyles from '../shared/styles/text.module.css'
import { matrixGridText as text } from './text.ts'
import styles from './topology.module.css'

interface FirewallGridProps {
  readonly proven: readonly ProvenFlow[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

export function FirewallGrid({ proven, chosen, onChoose }: FirewallGridProps) {
  const grid = useMemo(() => flowGrid(proven), [proven])
  return (
    <div className={styles.gridBox} role="region" aria-label={text.region} tabIndex={0}>
      <table className={`${tableStyles.table} ${styles.matrix}`}>
        <caption className={textStyles.unseen}>{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.corner}</th>
            {grid.to.map((column) => (
              <th key={column.key} scope="col" title={column.ends.map(endTitle).join(', ')}>
                {describeEnds(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.from.map((line) => (
            <tr key={line.key}>
              <th scope="row" title={line.ends.map(endTitle).join(', ')}>
                {describeEnds(line)}
              </th>
              {grid.to.map((column) => (
                <td key={column.key}>
                  {[...grid.cell(line, column)].map(([port, flows]) => {
                    const open = flows.some(({ flow }) => chosen.has(flow.id))
                    const { status, word } = resultOfAll(flows)
                    return (
                      <button
                        key={port}
                        type="button"
                        className={pageStyles.chip}
                        aria-expanded={open}
                        aria-pressed={open}
                        aria-label={text.cell(describeEnds(line), describeEnds(column), port, word)}
                        title={word}
                        onClick={() => {
                          onChoose(open ? new Set() : idsOf(flows))
                        }}
                      >
                        <StatusGlyph status={status} size={14} />
                        {port}
                      </button>
                    )
                  })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function describeEnds({ ends }: GridEnd): string {
  return hostsInWords(ends.map(endTitle))
}
