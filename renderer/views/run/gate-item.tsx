/** Owns one item of a gate's checklist: confirmed by whom and when, with a note and evidence where the person has some. */
import { Button, Checkbox, Input } from '@fluentui/react-components'
import { Attach16Regular, Dismiss12Regular, Note16Regular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { FailureError, failed } from '../../../domain/failure.ts'
import { useAct } from '../../client/client-context.tsx'
import { FailureNote } from '../../components/failure-view.tsx'
import { type Confirmation, type Evidence, evidenceWord } from '../../run/gate-record.ts'
import { clock } from '../../run/words.ts'
import styles from './decide.module.css'

const mostBytes = 50 * 2 ** 20

interface GateItemProps {
  readonly item: string
  readonly number: number
  readonly confirmation: Confirmation
  readonly by: string
  readonly now: () => number
  readonly acts: boolean
  readonly onChange: (confirmation: Confirmation) => void
}

export function GateItem({ item, number, confirmation, by, now, acts, onChange }: GateItemProps) {
  const { at, note, evidence } = confirmation
  const [noting, setNoting] = useState(note !== '')
  const act = useAct()
  const file = useRef<HTMLInputElement>(null)
  const attach = async (chosen: File): Promise<void> => { onChange({ ...confirmation, evidence: [...evidence, await evidenceOf(chosen)] }) }
  return (
    <li className={at === null ? styles.item : styles.doneItem}>
      <div className={styles.itemHead}>
        {acts ? <Checkbox checked={at !== null} label={item} onChange={(_, { checked }) => { onChange({ ...confirmation, at: checked === true ? now() : null }) }} /> : <p>{item}</p>}
        {at !== null && <span className={styles.who}>Confirmed by {by}<br />{clock(at)}</span>}
      </div>
      {acts && (
        <div className={styles.itemMore}>
          {evidence.map((one) => (
            <span key={one.sha256} className={styles.file}>{evidenceWord(one)}<Button size="small" appearance="transparent" icon={<Dismiss12Regular />} aria-label={`Remove ${one.name}`} onClick={() => { onChange({ ...confirmation, evidence: evidence.filter((other) => other !== one) }) }} /></span>
          ))}
          {noting ? <Input size="small" className={styles.noteInput} aria-label={`Note on item ${number}`} placeholder="Note" maxLength={300} value={note} onChange={(_, { value }) => { onChange({ ...confirmation, note: value }) }} /> : <Button size="small" appearance="subtle" icon={<Note16Regular />} onClick={() => { setNoting(true) }}>Add note</Button>}
          <Button size="small" appearance="subtle" icon={<Attach16Regular />} title="Its name and SHA-256 go to the log; the file stays where it is" onClick={() => { file.current?.click() }}>Add evidence</Button>
          <input ref={file} type="file" className={styles.hiddenFile} tabIndex={-1} aria-label={`Evidence for item ${number}`} onChange={(event) => {
            const chosen = event.target.files?.[0]
            event.target.value = ''
            if (chosen) void act.run(() => attach(chosen))
          }} />
        </div>
      )}
      <FailureNote failure={act.failure} />
    </li>
  )
}

async function evidenceOf(file: File): Promise<Evidence> {
  if (file.size > mostBytes) throw failed('plan', 'file-too-large', `${file.name} has more than 50 MB.`, 'Choose a smaller file, such as a picture of the screen.')
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return { name: file.name, sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') }
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown
    throw failed('plan', 'file-unreadable', `${file.name} cannot be read.`, 'Look whether it is still there and may be read, then choose it again.')
  }
}
