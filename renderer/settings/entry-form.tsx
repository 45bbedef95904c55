/** Owns the form by which a secret goes into the vault. What was typed is forgotten once it is there. */
import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { SecretEntry } from '../../domain/contract/shapes.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { useFocusOnOpen } from '../shared/restore-focus.ts'
import styles from './settings.module.css'

type Kind = SecretEntry['kind']
const kinds = {
  password: 'User and password',
  key: 'User and private key',
  agent: 'User of a key agent',
  secret: 'Secret of an installer',
} as const satisfies Record<Kind, string>
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
      <h3>{replaced === null ? 'Add an entry' : `Replace ${replaced}`}</h3>
      {replaced === null && (
        <Field label="Name, as plans write it">
          <Input
            value={name}
            maxLength={100}
            placeholder="site-admin"
            onChange={(_, { value }) => {
              setName(value)
            }}
          />
        </Field>
      )}
      <Field label="Kind">
        <Select
          value={kind}
          onChange={(_, { value }) => {
            setKind(isKind(value) ? value : 'password')
          }}
        >
          {Object.entries(kinds).map(([one, title]) => (
            <option key={one} value={one}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      {kind !== 'secret' && (
        <Field label="User">
          <Input {...field('user')} placeholder="SITE\administrator" />
        </Field>
      )}
      {kind === 'password' && (
        <Field label="Password">
          <Input type="password" autoComplete="new-password" {...field('password')} />
        </Field>
      )}
      {kind === 'key' && (
        <Field label="Private key, the text of its file">
          <Textarea className={styles.key} rows={4} spellCheck={false} {...field('privateKey')} />
        </Field>
      )}
      {kind === 'key' && (
        <Field label="Passphrase of the key, if it has one">
          <Input type="password" autoComplete="new-password" {...field('passphrase')} />
        </Field>
      )}
      {kind === 'agent' && (
        <Field label="Socket of the agent, if it is not the usual one">
          <Input {...field('socket')} />
        </Field>
      )}
      {kind === 'secret' && (
        <Field label="Secret">
          <Input type="password" autoComplete="new-password" {...field('value')} />
        </Field>
      )}
      <FailureNote failure={act.failure} />
      <span className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={!ready || act.busy}>
          {replaced === null ? 'Add entry' : 'Replace entry'}
        </Button>
        {replaced !== null && <Button onClick={onDone}>Cancel</Button>}
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
  return Object.hasOwn(kinds, text)
}
