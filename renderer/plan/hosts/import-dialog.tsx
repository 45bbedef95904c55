/** Owns adding many hosts at once: a pasted list or a file, what each column holds, and every row as it would be taken, before anything is. */
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
import { plural } from '../../../domain/base/plural.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ImportPreview } from './import-preview.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import planStyles from '../plan.module.css'
import importStyles from './import.module.css'

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
    setRefused(decoded.ok ? null : `${chosen.name}: ${decoded.why}`)
  }
  const first = useRef(open)
  useEffect(() => {
    if (dropped) void first.current(dropped)
  }, [dropped])
  const gone =
    taking === 'replace'
      ? plan.hosts.filter((host) => !taken.some((one) => one.name.toLowerCase() === host.name.toLowerCase())).length
      : 0
  return (
    <Modal onClose={onClose}>
      <DialogSurface className={importStyles.wide}>
        <DialogBody>
          <DialogTitle>Add hosts</DialogTitle>
          <DialogContent className={importStyles.dialog}>
            <Field
              label="One host a line; the first may name the columns"
              hint="Name, address, component, environment, system, network, reach, credential. Only the name is needed. Commas, semicolons, tabs or blanks between."
            >
              <Textarea
                className={planStyles.paste}
                resize="vertical"
                rows={5}
                value={text}
                placeholder={'RUN001, 10.20.14.11, Runner, Production'}
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
                Open CSV
              </Button>
              <span className={textStyles.quiet}>UTF-8, UTF-16 or as Excel saves it.</span>
            </div>
            <input
              ref={file}
              className={importStyles.file}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              aria-label="CSV file"
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
            <p role="status" className={importStyles.said}>
              {said(text, read, used)}
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
              <Field label="Hosts that the plan has">
                <RadioGroup
                  layout="horizontal"
                  value={taking}
                  onChange={(_, { value }) => {
                    setTaking(value === 'replace' ? 'replace' : 'merge')
                  }}
                >
                  <Radio value="merge" label="Keep them; known ones take what the list says" />
                  <Radio value="replace" label="Replace them by the list" />
                </RadioGroup>
              </Field>
            )}
            {gone > 0 && taken.length > 0 && (
              <p
                className={planStyles.refused}
              >{`${plural(gone, 'host')} of the plan ${gone === 1 ? 'is' : 'are'} not in the list and will go, with what is placed there.`}</p>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
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

function said(text: string, read: readonly ReadRow[], columns: Columns): string {
  if (text.trim() === '') return ''
  if (!columns.of.includes('name')) return 'No column holds the name. Say below which one does.'
  if (read.length === 0) return 'There is no host in this text. Nothing would be added.'
  const out = read.filter((row) => row.host === null).length
  const known = read.filter((row) => row.host !== null && row.known).length
  return (
    [
      plural(read.length, 'row'),
      `${read.length - out - known} new`,
      known > 0 ? `${known} in the plan already` : '',
      out > 0 ? `${out} cannot be taken and ${out === 1 ? 'is' : 'are'} left out` : '',
    ]
      .filter(Boolean)
      .join(', ') + '.'
  )
}

function actOf(read: readonly ReadRow[], taking: Taking): string {
  const taken = read.filter((row) => row.host !== null)
  const known = taken.filter((row) => row.known).length
  if (taken.length === 0) return 'Add hosts'
  if (taking === 'replace') return `Replace by ${plural(taken.length, 'host')}`
  if (known === 0) return `Add ${plural(taken.length, 'host')}`
  return known === taken.length
    ? `Change ${plural(known, 'host')}`
    : `Add ${plural(taken.length - known, 'host')}, change ${known}`
}
