/** The media of all plans on this workstation, each compared with the hash its plan names. */
import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote, FailureView } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { shortHash } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import type { Status } from '../status/status.ts'
import { useOverview } from '../shared/overview-store.ts'
import { useQuery } from '../shared/use-query.ts'
import tableStyles from '../shared/styles/plain-table.module.css'
import { mediaText } from './text.ts'
import styles from './settings.module.css'

type OfPlan = OutputOf<Contract, 'media.list'>['plans'][number]
type State = OfPlan['files'][number]['state']

const statusOf: Readonly<Record<State, Status>> = {
  right: 'pass',
  another: 'block',
  missing: 'block',
  'not-held': 'warn',
}

export function MediaPart() {
  const media = useQuery('media.list', {})
  if (!media.value)
    return media.failure ? (
      <FailureView title={mediaText.unreadable} failure={media.failure} onAgain={media.again} />
    ) : (
      <Waiting rows={3}>{mediaText.reading}</Waiting>
    )
  if (media.value.plans.length === 0) return <p className={styles.about}>{mediaText.none}</p>
  return (
    <>
      <p className={styles.about}>{mediaText.about}</p>
      {media.failure && <FailureNote failure={media.failure} />}
      {media.value.plans.map((plan) => (
        <PlanMedia key={plan.planId} plan={plan} onChanged={media.again} />
      ))}
    </>
  )
}

function PlanMedia({ plan, onChanged }: { readonly plan: OfPlan; readonly onChanged: () => void }) {
  const [asking, setAsking] = useState(false)
  return (
    <section aria-label={`${plan.planName}, ${plan.planId}`}>
      <h3 className={styles.sub}>{plan.planName}</h3>
      <p className={styles.folder}>
        <code className={styles.path}>{plan.folder}</code>
        {!plan.chosen && <span>{mediaText.folderDefault}</span>}
        <Button
          size="small"
          aria-label={mediaText.folderChooseFor(plan.planName)}
          onClick={() => {
            setAsking(!asking)
          }}
        >
          {mediaText.folderChoose}
        </Button>
      </p>
      {asking && (
        <ChooseFolder
          plan={plan}
          onDone={() => {
            setAsking(false)
            onChanged()
          }}
        />
      )}
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{mediaText.columns.file}</th>
            <th scope="col">{mediaText.columns.owner}</th>
            <th scope="col">{mediaText.columns.size}</th>
            <th scope="col">{mediaText.columns.hash}</th>
            <th scope="col">{mediaText.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {plan.files.map((file) => (
            <tr key={`${file.owner} ${file.file}`}>
              <td>{file.file}</td>
              <td>{file.owner}</td>
              <td className={tableStyles.number}>{file.size === null ? '' : sizeOf(file.size)}</td>
              <td className={tableStyles.when}>
                {file.sha256 !== null && <code title={file.sha256}>{shortHash(file.sha256)}</code>}
                {file.wanted !== null && (file.state === 'another' || file.state === 'missing') && (
                  <div>
                    {mediaText.wanted} <code title={file.wanted}>{shortHash(file.wanted)}</code>
                  </div>
                )}
              </td>
              <td>
                <StatusText status={statusOf[file.state]}>{mediaText.states[file.state]}</StatusText>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ChooseFolder({ plan, onDone }: { readonly plan: OfPlan; readonly onDone: () => void }) {
  const client = useClient()
  const act = useAct()
  const dialogs = useOverview((store) => store.person?.dialogs ?? false)
  const [folder, setFolder] = useState(plan.folder)
  const browse = async (): Promise<void> => {
    const { path } = await client.call('dialog.folder', {
      title: mediaText.folderDialogTitle(plan.planName),
      from: plan.folder,
    })
    if (path !== null) setFolder(path)
  }
  const set = async (): Promise<void> => {
    await client.call('media.setFolder', { planId: plan.planId, folder })
    onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!act.busy) void act.run(set)
      }}
    >
      <Field label={mediaText.folderPath}>
        <Input
          value={folder}
          onChange={(_, { value }) => {
            setFolder(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      <span className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={folder === '' || act.busy}>
          {mediaText.folderUse}
        </Button>
        {dialogs && (
          <Button disabledFocusable={act.busy} onClick={() => void act.run(browse)}>
            {mediaText.folderBrowse}
          </Button>
        )}
      </span>
    </form>
  )
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
