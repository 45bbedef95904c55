/** Dialog that adds many hosts from a pasted list or a file. It previews every row before the plan changes. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
  Textarea,
} from '@fluentui/react-components'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Modal } from '../../shared/components/modal.tsx'
import { type Columns, guessColumns } from './csv/columns.ts'
import { decodeText } from './csv/decode.ts'
import { type ReadRow, readHosts } from './csv/read-hosts.ts'
import { rowsOf } from './csv/rows.ts'
import { takeHosts, type Taking } from './csv/take-hosts.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ImportPreview } from './import-preview.tsx'
import { importText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import planStyles from '../plan.module.css'
import importStyles from './import.module.css'

/** The dialog. `dropped` is a file to open at once. */
export function ImportDialog({ dropped, onClose }: { readonly dropped: File | null; readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [columns, setColumns] = useState<Columns | null>(null)
  const [taking, setTaking] = useState<Taking>('merge')
  const file = useRef<HTMLInputElement>(null)
  const rows = useMemo(() => rowsOf(text), [text])
  const guessed = useMemo(() => guessColumns(rows), [rows])
  const used = columns ?? guessed
  const read = useMemo(() => readHosts(rows, used, plan), [rows, used, plan])
  const taken = read.flatMap((row) => row.host ?? [])
  const change = (next: string): void => {
    setText(next)
    setColumns(null)
    setRefused(null)
  }
  const open = async (chosen: File): Promise<void> => {
    const decoded = decodeText(new Uint8Array(await chosen.arrayBuffer()))
    change(decoded.ok ? decoded.text : '')
    setRefused(decoded.ok ? null : importText.fileRefused(chosen.name, decoded.why))
  }
  const first = useRef(open)
  useEffect(() => {
    if (dropped) void first.current(dropped)
  }, [dropped])
  const gone =
    taking === 'replace'
      ? plan.hosts.filter((host) => !taken.some(({ name }) => name.toLowerCase() === host.name.toLowerCase())).length
      : 0
  return (
    <Modal onClose={onClose}>
      <DialogSurface className={importStyles.wide}>
        <DialogBody>
          <DialogTitle>{importText.title}</DialogTitle>
          <DialogContent className={importStyles.dialog}>
            <Field label={importText.list} hint={importText.listHint}>
              <Textarea
                className={planStyles.paste}
                resize="vertical"
                rows={5}
                value={text}
                placeholder={importText.example}
                onChange={(_, { value }) => {
                  change(value)
                }}
              />
            </Field>
            <div className={panelStyles.acts}>
              <Button
                size="small"
                onClick={() => {
                  file.current?.click()
                }}
              >
                {importText.open}
              </Button>
              <span className={textStyles.quiet}>{importText.encodings}</span>
            </div>
            <input
              ref={file}
              className={importStyles.file}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              aria-label={importText.file}
              tabIndex={-1}
              onChange={(event) => {
                const chosen = event.target.files?.[0]
                event.target.value = ''
                if (chosen) void open(chosen)
              }}
            />
            {refused !== null && (
              <p role="alert" className={planStyles.refused}>
                {refused}
              </p>
            )}
            <p role="status" className={importStyles.summary}>
              {summaryOf(text, read, used)}
            </p>
            {rows.length > 0 && (
              <ImportPreview
                read={read}
                columns={used}
                example={rows[used.header ? 1 : 0]?.cells ?? []}
                onColumns={setColumns}
              />
            )}
            {plan.hosts.length > 0 && (
              <Field label={importText.taking}>
                <RadioGroup
                  layout="horizontal"
                  value={taking}
                  onChange={(_, { value }) => {
                    setTaking(value === 'replace' ? 'replace' : 'merge')
                  }}
                >
                  <Radio value="merge" label={importText.merge} />
                  <Radio value="replace" label={importText.replace} />
                </RadioGroup>
              </Field>
            )}
            {gone > 0 && taken.length > 0 && <p className={planStyles.refused}>{importText.gone(gone)}</p>}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{importText.cancel}</Button>
            <Button
              appearance="primary"
              disabledFocusable={taken.length === 0}
              onClick={() => {
                if (taken.length === 0) return
                edit((before) => takeHosts(before, taken, taking))
                onClose()
              }}
            >
              {actOf(read, taking)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}

function summaryOf(text: string, read: readonly ReadRow[], columns: Columns): string {
  if (text.trim() === '') return ''
  if (!columns.of.includes('name')) return importText.noName
  if (read.length === 0) return importText.noHost
  const invalid = read.filter((row) => row.host === null).length
  const known = read.filter((row) => row.host !== null && row.known).length
  return importText.counts(read.length, read.length - invalid - known, known, invalid)
}

function actOf(read: readonly ReadRow[], taking: Taking): string {
  const valid = read.filter((row) => row.host !== null)
  const known = valid.filter((row) => row.known).length
  return importText.act(valid.length - known, known, taking === 'replace')
}
