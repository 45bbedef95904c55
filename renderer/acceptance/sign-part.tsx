/** Owns signing the acceptance summary: what is sealed, who signs it here, and who will on paper. */
import { Button, Field, Input } from '@fluentui/react-components'
import { Dismiss12Regular, Signature20Regular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { Dossier } from '../../domain/acceptance/dossier.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { useFocusHeir } from '../shared/restore-focus.ts'
import { formatWhen } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useOverview } from '../shared/overview-store.ts'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'
import styles from './acceptance.module.css'

interface SignPartProps {
  readonly dossier: Dossier
  readonly onChange: (dossier: Dossier) => void
}

export function SignPart({ dossier, onChange }: SignPartProps) {
  const client = useClient()
  const act = useAct()
  const by = useOverview((store) => store.person?.by ?? 'you')
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const nameField = useId()
  const { sha256, signatures } = dossier.sealed
  const runId = dossier.run.id
  const ready = name.trim() !== '' && role.trim() !== ''
  const add = (here: boolean): void => {
    if (ready && !act.busy)
      void act.run(async () => {
        const signed = await client.call('dossier.sign', { runId, name, role, seen: sha256, here })
        setName('')
        setRole('')
        onChange(signed.dossier)
      })
  }
  const removeLine = (number: number): void => {
    if (!act.busy)
      void act.run(async () => {
        onChange((await client.call('dossier.removeLine', { runId, number })).dossier)
      })
  }
  return (
    <section className={panelStyles.form} aria-label="Sign">
      <h2>Sign</h2>
      <p className={textStyles.quiet}>
        The seal is the SHA-256 of this summary: a signature holds for it and for nothing else.
      </p>
      <code className={styles.sealText}>{sha256}</code>
      {signatures.length > 0 && (
        <ul className={styles.signers} aria-label="Signatures">
          {signatures.map((one) => (
            <li key={one.number}>
              <StatusGlyph
                status={one.signedAt === null ? 'waiting' : one.sha256 === sha256 ? 'done' : 'warn'}
                size={16}
                label={one.signedAt === null ? 'To sign on paper' : 'Signed'}
              />
              <p>
                <strong>{one.name}</strong>
                <span>{`${one.role}, ${one.signedAt === null ? 'to sign on paper' : `${formatWhen(one.signedAt, Date.now())}${one.sha256 === sha256 ? '' : ', signed another state'}`}`}</span>
              </p>
              {one.signedAt === null && (
                <RemoveLine
                  of={one.name}
                  heir={nameField}
                  onRemove={() => {
                    removeLine(one.number)
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Field label="Name">
        <Input
          id={nameField}
          value={name}
          maxLength={120}
          onChange={(_, { value }) => {
            setName(value)
          }}
        />
      </Field>
      <Field label="Role">
        <Input
          value={role}
          maxLength={120}
          onChange={(_, { value }) => {
            setRole(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      <div className={panelStyles.acts}>
        <Button
          icon={<Signature20Regular />}
          disabledFocusable={!ready || act.busy}
          title={`The audit will name ${by}`}
          onClick={() => {
            add(true)
          }}
        >
          Sign here
        </Button>
        <Button
          disabledFocusable={!ready || act.busy}
          onClick={() => {
            add(false)
          }}
        >
          Add line for paper
        </Button>
      </div>
    </section>
  )
}

/** Takes a line back; the focus goes to the element with the id `heir`. */
function RemoveLine({
  of,
  heir,
  onRemove,
}: {
  readonly of: string
  readonly heir: string
  readonly onRemove: () => void
}) {
  useFocusHeir(heir)
  return (
    <Button
      size="small"
      appearance="transparent"
      icon={<Dismiss12Regular />}
      aria-label={`Remove line of ${of}`}
      onClick={onRemove}
    />
  )
}
