/** Owns one item of a gate's checklist: confirmed by whom and when, with a note and evidence where the person has some. */
import { Button, Checkbox, Input } from '@fluentui/react-components'
import { Attach16Regular, Dismiss12Regular, Note16Regular } from '@fluentui/react-icons'
import { useId, useRef, useState } from 'react'
import { type EvidenceFile, mostEvidenceBytes } from '../../../domain/run/confirmation.ts'
import { failed } from '../../../domain/base/failure.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useFocusHeir, useFocusOnOpen } from '../../shared/restore-focus.ts'
import { type ChangeRecord, evidenceWord, type ItemRecord, withFile } from './gate-record.ts'
import { formatTime } from '../../shared/format.ts'
import { useRun } from '../session/run-store.ts'
import styles from './gate.module.css'

interface GateItemProps {
  readonly item: string
  readonly number: number
  readonly record: ItemRecord
  readonly by: string
  readonly now: () => number
  readonly acts: boolean
  readonly onChange: ChangeRecord
  readonly onDrop: (file: EvidenceFile) => Promise<void>
}

export function GateItem({ item, number, record, by, now, acts, onChange, onDrop }: GateItemProps) {
  const client = useClient()
  const runId = useRun((picture) => picture.runId)
  const { at, note, files } = record
  const [noted] = useState(note !== '')
  const [noting, setNoting] = useState(false)
  const more = useFocusOnOpen<HTMLDivElement>(noting)
  const act = useAct()
  const file = useRef<HTMLInputElement>(null)
  const add = useId()
  const attach = async (chosen: File): Promise<void> => {
    const kept = await client.call('evidence.put', { runId, name: chosen.name, base64: await base64Of(chosen) })
    onChange((said) => withFile(said, kept))
  }
  return (
    <li className={at === null ? styles.item : styles.doneItem}>
      <div className={styles.itemHead}>
        {acts ? (
          <Checkbox
            checked={at !== null}
            label={item}
            onChange={(_, { checked }) => {
              onChange((said) => ({ ...said, at: checked === true ? now() : null }))
            }}
          />
        ) : (
          <p>{item}</p>
        )}
        {at !== null && (
          <span className={styles.who}>
            Confirmed by {by}
            <br />
            {formatTime(at)}
          </span>
        )}
      </div>
      {acts && (
        <div ref={more} className={styles.itemMore}>
          {files.map((one) => (
            <KeptFile
              key={one.sha256}
              file={one}
              heir={add}
              onDrop={() => {
                if (!act.busy) void act.run(() => onDrop(one))
              }}
            />
          ))}
          {noted || noting ? (
            <Input
              size="small"
              className={styles.noteInput}
              aria-label={`Note on item ${number}`}
              placeholder="Note"
              maxLength={300}
              value={note}
              onChange={(_, { value }) => {
                onChange((said) => ({ ...said, note: value }))
              }}
            />
          ) : (
            <Button
              size="small"
              appearance="subtle"
              icon={<Note16Regular />}
              onClick={() => {
                setNoting(true)
              }}
            >
              Add note
            </Button>
          )}
          <Button
            id={add}
            size="small"
            appearance="subtle"
            icon={<Attach16Regular />}
            title="Its name, size and SHA-256 go to the log; a copy is kept with the run"
            onClick={() => {
              file.current?.click()
            }}
          >
            Add evidence
          </Button>
          <input
            ref={file}
            type="file"
            className={styles.hiddenFile}
            tabIndex={-1}
            aria-label={`Evidence for item ${number}`}
            onChange={(event) => {
              const chosen = event.target.files?.[0]
              event.target.value = ''
              if (chosen) void act.run(() => attach(chosen))
            }}
          />
        </div>
      )}
      <FailureNote failure={act.failure} />
    </li>
  )
}

/** A file of evidence; the focus goes to the element with the id `heir` when it is removed. */
function KeptFile({
  file,
  heir,
  onDrop,
}: {
  readonly file: EvidenceFile
  readonly heir: string
  readonly onDrop: () => void
}) {
  useFocusHeir(heir)
  return (
    <span className={styles.file}>
      {evidenceWord(file)}
      <Button
        size="small"
        appearance="transparent"
        icon={<Dismiss12Regular />}
        aria-label={`Remove ${file.name}`}
        onClick={onDrop}
      />
    </span>
  )
}

async function base64Of(file: File): Promise<string> {
  if (file.size > mostEvidenceBytes)
    throw failed(
      'plan',
      'file-too-large',
      `${file.name} has more than ${mostEvidenceBytes / 2 ** 20} MB.`,
      'Choose a smaller file, such as a picture of the screen.',
    )
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => {
    resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '')
  }
  reader.onerror = () => {
    reject(
      failed(
        'plan',
        'file-unreadable',
        `${file.name} cannot be read.`,
        'Look whether it is still there and may be read, then choose it again.',
      ),
    )
  }
  reader.readAsDataURL(file)
  return promise
}
