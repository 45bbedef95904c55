/** Owns where data lie, and the copy of the database. */
import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { StatusText } from '../status/status-glyph.tsx'
import { useOverview } from '../shared/overview-store.ts'
import textStyles from '../shared/styles/text.module.css'
import styles from './settings.module.css'

export function DataPart() {
  const client = useClient()
  const act = useAct()
  const person = useOverview((store) => store.person)
  const [to, setTo] = useState('')
  const [made, setMade] = useState<readonly string[]>([])
  const copy = async (): Promise<void> => {
    setMade([])
    const { kind, files } = await client.call('database.backup', { to })
    setMade(kind === 'consistent' ? files : [...files, 'The database is damaged: its bytes were copied as they are.'])
  }
  return (
    <>
      {person && (
        <dl className={styles.facts}>
          <dt>Version</dt>
          <dd>{person.version}</dd>
          <dt>You act as</dt>
          <dd>{person.by}</dd>
          <dt>Database</dt>
          <dd className={textStyles.path}>{person.database}</dd>
          <dt>Data folder</dt>
          <dd className={textStyles.path}>{person.dataFolder}</dd>
        </dl>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!act.busy) void act.run(copy)
        }}
      >
        <h3>Copy of the database</h3>
        <p className={styles.about}>
          Plans, runs with their log, surveys, waivers, pins and the audit. The vault is a file of its own and is not in
          it. A run may go on meanwhile.
        </p>
        <Field label="File to write, with its whole path">
          <Input
            value={to}
            onChange={(_, { value }) => {
              setTo(value)
            }}
          />
        </Field>
        <FailureNote failure={act.failure} />
        {made.length > 0 && (
          <div role="status">
            {made.map((file) => (
              <p key={file}>
                <StatusText status="done">{file}</StatusText>
              </p>
            ))}
          </div>
        )}
        <span>
          <Button type="submit" disabledFocusable={act.busy || to === ''}>
            {act.busy ? 'Copying' : 'Copy database'}
          </Button>
        </span>
      </form>
    </>
  )
}
