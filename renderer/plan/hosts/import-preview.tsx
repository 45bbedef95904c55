/** Preview of a list of hosts: the content of each column, and each row with its problems. */
import { Checkbox, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { componentTitles } from '../../../domain/base/titles.ts'
import { type Columns, fields, setColumn } from './csv/columns.ts'
import { fieldTitles } from './csv/text.ts'
import type { ReadRow } from './csv/read-hosts.ts'
import { reachWord } from './csv/take-hosts.ts'
import { systemName } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { hostsText, previewText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import pageStyles from '../../shared/styles/page.module.css'
import tableStyles from '../../shared/styles/table.module.css'
import planStyles from '../plan.module.css'
import importStyles from './import.module.css'

const mostRows = 200

interface ImportPreviewProps {
  readonly read: readonly ReadRow[]
  readonly columns: Columns
  /** The first row with content, to recognise the columns by. */
  readonly example: readonly string[]
  readonly onColumns: (columns: Columns) => void
}

/** The preview of the rows. */
export function ImportPreview({ read, columns, example, onColumns }: ImportPreviewProps) {
  const [only, setOnly] = useState(false)
  const wrong = read.filter((row) => row.host === null).length
  const rows = only && wrong > 0 ? read.filter((row) => row.host === null) : read
  return (
    <>
      <fieldset className={importStyles.columns}>
        <legend>{previewText.columns}</legend>
        {columns.of.map((field, i) => (
          <label key={i}>
            <span title={example[i] ?? ''}>{previewText.columnTitle(i + 1, example[i] ?? '')}</span>
            <Select
              size="small"
              aria-label={previewText.column(i + 1)}
              value={field ?? ''}
              onChange={(_, { value }) => {
                onColumns(setColumn(columns, i, fields.find((field) => field === value) ?? null))
              }}
            >
              <option value="">{previewText.ignore}</option>
              {fields.map((field) => (
                <option key={field} value={field}>
                  {fieldTitles[field]}
                </option>
              ))}
            </Select>
          </label>
        ))}
      </fieldset>
      <div className={panelStyles.acts}>
        <Checkbox
          label={previewText.header}
          checked={columns.header}
          onChange={(_, { checked }) => {
            onColumns({ ...columns, header: checked === true })
          }}
        />
        {wrong > 0 && (
          <Checkbox
            label={previewText.onlyInvalid(wrong)}
            checked={only}
            onChange={(_, { checked }) => {
              setOnly(checked === true)
            }}
          />
        )}
      </div>
      <div className={importStyles.preview} tabIndex={0} role="region" aria-label={previewText.preview}>
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">{previewText.line}</th>
              <th scope="col">{previewText.host}</th>
              <th scope="col">{fieldTitles.address}</th>
              <th scope="col">{fieldTitles.components}</th>
              <th scope="col">{fieldTitles.environment}</th>
              <th scope="col">{fieldTitles.os}</th>
              <th scope="col">{fieldTitles.network}</th>
              <th scope="col">{fieldTitles.reach}</th>
              <th scope="col">{fieldTitles.credential}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <PreviewRow key={row.line} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length > mostRows && <p className={pageStyles.none}>{previewText.more(rows.length - mostRows)}</p>}
      </div>
    </>
  )
}

function PreviewRow({ row: { line, name, host, problems, known } }: { readonly row: ReadRow }) {
  if (!host)
    return (
      <tr>
        <td>{line}</td>
        <td>
          <StatusGlyph status="block" label={previewText.invalid} size={14} /> {name}
        </td>
        <td colSpan={7} className={`${planStyles.refused} ${importStyles.reasons}`}>
          {problems.join('; ')}
        </td>
      </tr>
    )
  return (
    <tr>
      <td>{line}</td>
      <td>
        {name}
        {known && <span className={textStyles.quiet}>{previewText.known}</span>}
      </td>
      <td className={textStyles.mono}>{host.address ?? (known ? previewText.keptAddress : name)}</td>
      <td>
        {host.components
          .map(({ component, provision }) =>
            provision === 'existing' ? hostsText.existing(component) : componentTitles[component],
          )
          .join(', ')}
      </td>
      <td>{host.environment}</td>
      <td>{host.os === undefined ? '' : systemName(host.os)}</td>
      <td>{host.network}</td>
      <td>{host.reach === undefined ? '' : reachWord(host.reach)}</td>
      <td>{host.credential}</td>
    </tr>
  )
}
