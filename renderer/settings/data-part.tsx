/** Where the data are, and a copy of the database. */
import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { StatusText } from '../status/status-glyph.tsx'
import { useOverview } from '../shared/overview-store.ts'
import textStyles from '../shared/styles/text.module.css'
import { dataText } from './text.ts'
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
    setMade(kind === 'consistent' ? files : [...files, dataText.copyDamaged])
  }
  return (
    <>
      {person && (
        <dl className={styles.facts}>
          <dt>{dataText.version}</dt>
          <dd>{person.version}</dd>
          <dt>{dataText.person}</dt>
          <dd>{person.by}</dd>
          <dt>{dataText.database}</dt>
          <dd className={textStyles.path}>{person.database}</dd>
          <dt>{dataText.folder}</dt>
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
        <h3>{dataText.copyTitle}</h3>
        <p className={styles.about}>{dataText.copyAbout}</p>
        <Field label={dataText.copyPath}>
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
            {act.busy ? dataText.copying : dataText.copyConfirm}
          </Button>
        </span>
      </form>
    </>
  )
}
