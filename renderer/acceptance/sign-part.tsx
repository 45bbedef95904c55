/** Signing the acceptance summary: the seal, signatures made here, and lines to sign on paper. */
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
import { signText } from './text.ts'
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
    <section className={panelStyles.form} aria-label={signText.title}>
      <h2>{signText.title}</h2>
      <p className={textStyles.quiet}>{signText.seal}</p>
      <code className={styles.sealText}>{sha256}</code>
      {signatures.length > 0 && (
        <ul className={styles.signers} aria-label={signText.signatures}>
          {signatures.map((signature) => (
            <li key={signature.number}>
              <StatusGlyph
                status={signature.signedAt === null ? 'waiting' : signature.sha256 === sha256 ? 'done' : 'warn'}
                size={16}
                label={signature.signedAt === null ? signText.toSign : signText.signed}
              />
              <p>
                <strong>{signature.name}</strong>
                <span>
                  {signature.signedAt === null
                    ? signText.toSignAs(signature.role)
                    : signature.sha256 === sha256
                      ? signText.signedAs(signature.role, formatWhen(signature.signedAt, Date.now()))
                      : signText.signedOther(signature.role, formatWhen(signature.signedAt, Date.now()))}
                </span>
              </p>
              {signature.signedAt === null && (
                <RemoveLine
                  of={signature.name}
                  heir={nameField}
                  onRemove={() => {
                    removeLine(signature.number)
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Field label={signText.name}>
        <Input
          id={nameField}
          value={name}
          maxLength={120}
          onChange={(_, { value }) => {
            setName(value)
          }}
        />
      </Field>
      <Field label={signText.role}>
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
          title={signText.recordedAs(by)}
          onClick={() => {
            add(true)
          }}
        >
          {signText.signHere}
        </Button>
        <Button
          disabledFocusable={!ready || act.busy}
          onClick={() => {
            add(false)
          }}
        >
          {signText.addLine}
        </Button>
      </div>
    </section>
  )
}

/** The button that removes a line for paper. The focus then goes to the element with the id `heir`. */
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
      aria-label={signText.removeLine(of)}
      onClick={onRemove}
    />
  )
}
