/** Page of the hosts of a plan: the table, adding and removing hosts, and the panel of the open host or hosts. */
import { Button } from '@fluentui/react-components'
import {
  Add20Regular,
  AddSquareMultiple20Regular,
  ArrowDownload20Regular,
  Delete20Regular,
  Edit20Regular,
} from '@fluentui/react-icons'
import { lazy, Suspense, useMemo, useState } from 'react'
import { saveFile } from '../../shared/save-file.ts'
import { FilterInput } from '../../shared/components/filter-input.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { showHost, useFieldFocus } from '../../navigation/field-focus.ts'
import { BulkPanel } from './bulk-panel.tsx'
import { removeHosts } from '../model/edit.ts'
import { addHost, freeName } from '../model/edit-hosts.ts'
import { FieldPlace } from '../forms/fields.tsx'
import { findingsByHost } from '../model/findings-by-host.ts'
import { HostPanel } from './host-panel.tsx'
import { hostRows, type HostSort } from './host-rows.ts'
import { HostsTable } from './hosts-table.tsx'
import { hostsText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import pageStyles from '../../shared/styles/page.module.css'

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }))

/** The page of hosts of the open plan. */
export function HostsSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const editing = useDraft((draft) => draft.editing)
  const findings = useDraft((draft) => draft.findings)
  const shown = useFieldFocus((store) => store.host)
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<HostSort>({ by: 'name', descending: false })
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState(false)
  // null while the dialog is closed. `file` is a dropped file.
  const [importing, setImporting] = useState<{ readonly file: File | null } | null>(null)
  const worst = useMemo(() => findingsByHost(findings ?? []), [findings])
  const rows = useMemo(() => hostRows(plan, worst, sort, filter), [plan, worst, sort, filter])
  const names = new Set(plan.hosts.map((host) => host.name))
  const chosen = new Set([...marked].filter((name) => names.has(name)))
  const host = plan.hosts.find(({ name }) => name === shown)
  const open = editing && bulk && chosen.size > 0 ? 'bulk' : host ? 'host' : null
  const addOne = (): void => {
    const name = freeName(plan, 'HOST')
    edit((before) => addHost(before, name))
    setBulk(false)
    showHost(name)
  }
  const exportCsv = async (): Promise<void> => {
    const { hostsAsCsv } = await import('./csv/take-hosts.ts')
    // The mark makes spreadsheets read UTF-8.
    saveFile({
      fileName: `${plan.name.replace(/[^\p{L}\p{N}]+/gu, '-')}-hosts.csv`,
      mediaType: 'text/csv',
      text: `\uFEFF${hostsAsCsv(plan)}`,
    })
  }
  return (
    <div
      className={open ? pageStyles.withPanel : pageStyles.alone}
      onDragOver={(event) => {
        if (editing && event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={(event) => {
        const file = event.dataTransfer.files[0]
        if (!editing || !file) return
        event.preventDefault()
        setImporting({ file })
      }}
    >
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <div className={pageStyles.tools}>
          <FilterInput label={hostsText.filter} className={pageStyles.find} value={filter} onFilter={setFilter} />
          <span role="status">
            {chosen.size > 0
              ? hostsText.chosen(chosen.size, plan.hosts.length)
              : hostsText.count(rows.length, plan.hosts.length)}
          </span>
          <span className={pageStyles.space} />
          {editing && chosen.size > 0 && (
            <>
              <Button
                size="small"
                icon={<Edit20Regular />}
                onClick={() => {
                  setBulk(true)
                }}
              >
                {hostsText.edit(chosen.size)}
              </Button>
              <Button
                size="small"
                icon={<Delete20Regular />}
                onClick={() => {
                  edit((before) => removeHosts(before, chosen))
                  setMarked(new Set())
                }}
              >
                {hostsText.remove(chosen.size)}
              </Button>
            </>
          )}
          {plan.hosts.length > 0 && (
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowDownload20Regular />}
              onClick={() => {
                void exportCsv()
              }}
            >
              {hostsText.export}
            </Button>
          )}
          <FieldPlace path="hosts">
            <span className={panelStyles.acts}>
              {editing && (
                <Button size="small" icon={<Add20Regular />} onClick={addOne}>
                  {hostsText.newHost}
                </Button>
              )}
              {editing && (
                <Button
                  size="small"
                  icon={<AddSquareMultiple20Regular />}
                  onClick={() => {
                    setImporting({ file: null })
                  }}
                >
                  {hostsText.addHosts}
                </Button>
              )}
            </span>
          </FieldPlace>
        </div>
        {plan.hosts.length === 0 ? (
          <div className={pageStyles.empty}>
            <h2>{hostsText.none}</h2>
            <p>{hostsText.noneAbout}</p>
            {editing && (
              <Button
                appearance="primary"
                onClick={() => {
                  setImporting({ file: null })
                }}
              >
                {hostsText.addHosts}
              </Button>
            )}
          </div>
        ) : rows.length === 0 ? (
          <p className={pageStyles.none}>{hostsText.noMatch(filter.trim())}</p>
        ) : (
          <HostsTable
            rows={rows}
            sort={sort}
            onSort={setSort}
            open={open === 'host' ? shown : null}
            marked={chosen}
            editing={editing}
            onMark={setMarked}
            onOpen={(name) => {
              setBulk(false)
              showHost(name === shown && open === 'host' ? null : name)
            }}
          />
        )}
      </main>
      {open === 'bulk' && (
        <BulkPanel
          key={[...chosen].join(' ')}
          names={chosen}
          onClose={() => {
            setBulk(false)
          }}
        />
      )}
      {open === 'host' && host && (
        <HostPanel
          host={host}
          onClose={() => {
            showHost(null)
          }}
        />
      )}
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog
            dropped={importing.file}
            onClose={() => {
              setImporting(null)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
