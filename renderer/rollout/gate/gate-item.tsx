/** One item of a gate's checklist: a checkbox, a note, and files of evidence. */
import { Button, Checkbox, Input } from '@fluentui/react-components'
import { Attach16Regular, Dismiss12Regular, Note16Regular } from '@fluentui/react-icons'
import { useId, useRef, useState } from 'react'
import { type EvidenceFile, mostEvidenceBytes } from '../../../domain/run/confirmation.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useFocusHeir, useFocusOnOpen } from '../../shared/restore-focus.ts'
import { type ChangeRecord, evidenceLabel, type ItemRecord, withFile } from './gate-record.ts'
import { formatTime } from '../../shared/format.ts'
import { useRun } from '../session/run-store.ts'
import { evidenceTooLarge, evidenceUnreadable, itemText } from './text.ts'
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
    const evidence = await client.call('evidence.put', { runId, name: chosen.name, base64: await base64Of(chosen) })
    onChange((before) => withFile(before, evidence))
  }
  return (
    <li className={at === null ? styles.item : styles.doneItem}>
      <div className={styles.itemHead}>
        {acts ? (
          <Checkbox
            checked={at !== null}
            label={item}
            onChange={(_, { checked }) => {
              onChange((before) => ({ ...before, at: checked === true ? now() : null }))
            }}
          />
        ) : (
          <p>{item}</p>
        )}
        {at !== null && (
          <span className={styles.who}>
            {itemText.confirmedBy(by)}
            <br />
            {formatTime(at)}
          </span>
        )}
      </div>
      {acts && (
        <div ref={more} className={styles.itemMore}>
          {files.map((evidence) => (
            <EvidenceChip
              key={evidence.sha256}
              file={evidence}
              heir={add}
              onDrop={() => {
                if (!act.busy) void act.run(() => onDrop(evidence))
              }}
            />
          ))}
          {noted || noting ? (
            <Input
              size="small"
              className={styles.noteInput}
              aria-label={itemText.noteOn(number)}
              placeholder={itemText.note}
              maxLength={300}
              value={note}
              onChange={(_, { value }) => {
                onChange((before) => ({ ...before, note: value }))
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
              {itemText.addNote}
            </Button>
          )}
          <Button
            id={add}
            size="small"
            appearance="subtle"
            icon={<Attach16Regular />}
            title={itemText.addEvidenceHint}
            onClick={() => {
              file.current?.click()
            }}
          >
            {itemText.addEvidence}
          </Button>
          <input
            ref={file}
            type="file"
            className={styles.hiddenFile}
            tabIndex={-1}
            aria-label={itemText.evidenceFor(number)}
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

/** A file of evidence with its remove button. The focus goes to the element with the id `heir` once it is removed. */
function EvidenceChip({
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
      {evidenceLabel(file)}
      <Button
        size="small"
        appearance="transparent"
        icon={<Dismiss12Regular />}
        aria-label={itemText.remove(file.name)}
        onClick={onDrop}
      />
    </span>
  )
}

async function base64Of(file: File): Promise<string> {
  if (file.size > mostEvidenceBytes) throw evidenceTooLarge(file.name, mostEvidenceBytes / 2 ** 20)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => {
    resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '')
  }
  reader.onerror = () => {
    reject(evidenceUnreadable(file.name))
  }
  reader.readAsDataURL(file)
  return promise
}
