/** The form that adds or replaces an entry of the vault. It forgets what was typed once the vault has it. */
import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { SecretEntry } from '../../domain/contract/shapes.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { useFocusOnOpen } from '../shared/restore-focus.ts'
import { settingsText, vaultText } from './text.ts'
import styles from './settings.module.css'

type Kind = SecretEntry['kind']
const blank = { user: '', password: '', privateKey: '', passphrase: '', socket: '', value: '' }
type Typed = typeof blank

export function EntryForm({ name: replaced, onDone }: { readonly name: string | null; readonly onDone: () => void }) {
  const client = useClient()
  const act = useAct()
  const place = useFocusOnOpen<HTMLFormElement>(replaced !== null)
  const [name, setName] = useState(replaced ?? '')
  const [kind, setKind] = useState<Kind>('password')
  const [typed, setTyped] = useState<Typed>(blank)
  const field = (part: keyof Typed) => ({
    value: typed[part],
    onChange: (_: unknown, { value }: { readonly value: string }) => {
      setTyped((before) => ({ ...before, [part]: value }))
    },
  })
  const put = async (): Promise<void> => {
    await client.call('vault.set', { name: name.trim(), entry: entryOf(kind, typed) })
    setTyped(blank)
    if (replaced === null) setName('')
    onDone()
  }
  const ready = name.trim() !== '' && isComplete(kind, typed)
  return (
    <form
      ref={place}
      className={styles.form}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !act.busy) void act.run(put)
      }}
    >
      <h3>{replaced === null ? vaultText.addTitle : vaultText.replaceEntry(replaced)}</h3>
      {replaced === null && (
        <Field label={vaultText.entryName}>
          <Input
            value={name}
            maxLength={100}
            placeholder={vaultText.entryNameExample}
            onChange={(_, { value }) => {
              setName(value)
            }}
          />
        </Field>
      )}
      <Field label={vaultText.entryKind}>
        <Select
          value={kind}
          onChange={(_, { value }) => {
            setKind(isKind(value) ? value : 'password')
          }}
        >
          {Object.entries(vaultText.entryKinds).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      {kind !== 'secret' && (
        <Field label={vaultText.entryUser}>
          <Input {...field('user')} placeholder={vaultText.entryUserExample} />
        </Field>
      )}
      {kind === 'password' && (
        <Field label={vaultText.entryPassword}>
          <Input type="password" autoComplete="new-password" {...field('password')} />
        </Field>
      )}
      {kind === 'key' && (
        <Field label={vaultText.entryKey}>
          <Textarea className={styles.key} rows={4} spellCheck={false} {...field('privateKey')} />
        </Field>
      )}
      {kind === 'key' && (
        <Field label={vaultText.entryKeyPassphrase}>
          <Input type="password" autoComplete="new-password" {...field('passphrase')} />
        </Field>
      )}
      {kind === 'agent' && (
        <Field label={vaultText.entrySocket}>
          <Input {...field('socket')} />
        </Field>
      )}
      {kind === 'secret' && (
        <Field label={vaultText.entrySecret}>
          <Input type="password" autoComplete="new-password" {...field('value')} />
        </Field>
      )}
      <FailureNote failure={act.failure} />
      <span className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={!ready || act.busy}>
          {replaced === null ? vaultText.addConfirm : vaultText.replaceConfirm}
        </Button>
        {replaced !== null && <Button onClick={onDone}>{settingsText.cancel}</Button>}
      </span>
    </form>
  )
}

function entryOf(kind: Kind, { user, password, privateKey, passphrase, socket, value }: Typed): SecretEntry {
  switch (kind) {
    case 'password':
      return { kind, user, password }
    case 'key':
      return { kind, user, privateKey, ...(passphrase === '' ? {} : { passphrase }) }
    case 'agent':
      return { kind, user, ...(socket === '' ? {} : { socket }) }
    case 'secret':
      return { kind, value }
  }
}

function isComplete(kind: Kind, { user, password, privateKey, value }: Typed): boolean {
  return kind === 'secret'
    ? value !== ''
    : user !== '' && (kind === 'agent' || (kind === 'password' ? password : privateKey) !== '')
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(vaultText.entryKinds, text)
}
