/** Owns the preview of a list of hosts: what each column holds, and what becomes of each row. */
import { Checkbox, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { componentTitles } from '../../../domain/base/titles.ts'
import { type Columns, fields, fieldTitles, setColumn } from './csv/columns.ts'
import type { ReadRow } from './csv/read-hosts.ts'
import { reachWord } from './csv/take-hosts.ts'
import { plural } from '../../../domain/base/plural.ts'
import { systemName } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
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

export function ImportPreview({ read, columns, example, onColumns }: ImportPreviewProps) {
  const [only, setOnly] = useState(false)
  const wrong = read.filter((row) => row.host === null).length
  const rows = only && wrong > 0 ? read.filter((row) => row.host === null) : read
  return (
    <>
      <fieldset className={importStyles.columns}>
        <legend>What each column holds</legend>
        {columns.of.map((field, i) => (
          <label key={i}>
            <span
              title={example[i] ?? ''}
            >{`${i + 1}: ${example[i] === undefined || example[i] === '' ? 'empty' : example[i]}`}</span>
            <Select
              size="small"
              aria-label={`Column ${i + 1}`}
              value={field ?? ''}
              onChange={(_, { value }) => {
                onColumns(setColumn(columns, i, fields.find((one) => one === value) ?? null))
              }}
            >
              <option value="">Passed over</option>
              {fields.map((one) => (
                <option key={one} value={one}>
                  {fieldTitles[one]}
                </option>
              ))}
            </Select>
          </label>
        ))}
      </fieldset>
      <div className={panelStyles.acts}>
        <Checkbox
          label="The first row names the columns"
          checked={columns.header}
          onChange={(_, { checked }) => {
            onColumns({ ...columns, header: checked === true })
          }}
        />
        {wrong > 0 && (
          <Checkbox
            label={`Only the ${plural(wrong, 'row')} with problems`}
            checked={only}
            onChange={(_, { checked }) => {
              setOnly(checked === true)
            }}
          />
        )}
      </div>
      <div className={importStyles.preview} tabIndex={0} role="region" aria-label="Preview">
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Host</th>
              <th scope="col">Address</th>
              <th scope="col">Components</th>
              <th scope="col">Environment</th>
              <th scope="col">System</th>
              <th scope="col">Network</th>
              <th scope="col">Reach</th>
              <th scope="col">Credential</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <PreviewRow key={row.line} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length > mostRows && (
          <p className={pageStyles.none}>{`and ${plural(rows.length - mostRows, 'row')} more`}</p>
        )}
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
          <StatusGlyph status="block" label="Cannot be taken" size={14} /> {name}
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
        {known && <span className={textStyles.quiet}> known</span>}
      </td>
      <td className={textStyles.mono}>{host.address ?? (known ? 'as it is' : name)}</td>
      <td>
        {host.components
          .map(
            ({ component, provision }) => componentTitles[component] + (provision === 'existing' ? ' (existing)' : ''),
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
