/** Owns adding many hosts at once: pasted lines or a CSV file, with a preview before anything is taken. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Textarea } from '@fluentui/react-components'
import { useMemo, useRef, useState } from 'react'
import { componentTitles } from '../../../domain/words.ts'
import { Modal } from '../../components/modal.tsx'
import { many } from '../../run/words.ts'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { addPasted, readPasted } from './edit.ts'
import styles from './plan.module.css'

export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const [text, setText] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const pasted = useMemo(() => readPasted(text, plan), [text, plan])
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Add hosts</DialogTitle>
          <DialogContent className={styles.dialog}>
            <Field label="One host a line: name, address, component, environment" hint="Only the name is needed. Commas, semicolons, tabs or blanks between.">
              <Textarea className={styles.paste} resize="vertical" rows={8} value={text} placeholder={'RUN001, 10.20.14.11, Runner, Production'} onChange={(_, { value }) => { setText(value) }} />
            </Field>
            <span><Button size="small" onClick={() => { file.current?.click() }}>Open CSV</Button></span>
            <input ref={file} className={styles.file} type="file" accept=".csv,.txt,text/csv" aria-label="CSV file" tabIndex={-1} onChange={(event) => { void event.target.files?.[0]?.text().then(setText) }} />
            <div role="status">
              {text.trim() !== '' && pasted.hosts.length === 0 && pasted.refused.length === 0 && <p>There is no host in this text. Nothing would be added.</p>}
              {pasted.hosts.length > 0 && <p><strong>{many(pasted.hosts.length, 'host')}</strong>{`: ${pasted.hosts.slice(0, 4).map(({ host, components }) => `${host.name}${components[0] ? ` (${componentTitles[components[0]]})` : ''}`).join(', ')}${pasted.hosts.length > 4 ? ` and ${pasted.hosts.length - 4} more` : ''}`}</p>}
              {pasted.refused.slice(0, 5).map(({ line, why }) => <p key={line} className={styles.refused}>{`Line ${line}: ${why}`}</p>)}
              {pasted.refused.length > 5 && <p className={styles.refused}>{`and ${pasted.refused.length - 5} more lines that cannot be taken`}</p>}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" disabled={pasted.hosts.length === 0} onClick={() => {
              edit((before) => addPasted(before, pasted.hosts))
              onClose()
            }}>{pasted.hosts.length === 0 ? 'Add hosts' : `Add ${many(pasted.hosts.length, 'host')}`}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
