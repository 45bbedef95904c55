/** Owns the vault as a person keeps it: made, unlocked, entries added, replaced and removed. Secrets only go in. */
import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote, FailureView } from '../shared/components/failure-view.tsx'
import { UnlockVault } from '../shared/components/unlock-vault.tsx'
import { useFocusOnOpen } from '../shared/restore-focus.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { StatusText } from '../status/status-glyph.tsx'
import { useQuery } from '../shared/use-query.ts'
import { EntryForm } from './entry-form.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './settings.module.css'

const kinds = {
  password: 'User and password',
  key: 'User and private key',
  agent: 'User of a key agent',
  secret: 'Secret of an installer',
} as const

export function VaultPart() {
  const client = useClient()
  const vault = useQuery('vault.list', {})
  const act = useAct()
  // The passphrase of a vault that its first entry will make was given.
  const [begun, setBegun] = useState(false)
  const [replaced, setReplaced] = useState<string | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const [opener, setOpener] = useState('')
  const table = useFocusOnOpen<HTMLTableElement>(removing !== null, opener)
  if (!vault.value)
    return vault.failure ? (
      <FailureView title="The vault cannot be read" failure={vault.failure} onAgain={vault.again} />
    ) : (
      <Waiting rows={3}>Reading the vault</Waiting>
    )
  const { state, path, keeper, why, entries } = vault.value
  const open = state === 'unlocked' || begun
  const remove = (name: string): void => {
    if (!act.busy)
      void act.run(async () => {
        await client.call('vault.remove', { name })
        // The entry goes, and its button with it.
        setOpener('')
        setRemoving(null)
        vault.again()
      })
  }
  return (
    <>
      <p className={styles.about}>
        {keeper === 'system'
          ? 'The system keeps this vault: it opens with your sign-in.'
          : 'A file under a passphrase of yours. Nobody can get it back if the passphrase is lost.'}
        {why === null ? '' : ` ${why}`}
      </p>
      <p role="status">
        {state === 'unlocked' ? (
          <StatusText status="pass">Unlocked in this window's application</StatusText>
        ) : state === 'locked' ? (
          <StatusText status="waiting">Locked</StatusText>
        ) : (
          <StatusText status="planned">There is no vault yet</StatusText>
        )}{' '}
        <code className={styles.path}>{path}</code>
      </p>
      {state === 'locked' && <UnlockVault onUnlocked={vault.again} />}
      {state === 'none' && !begun && (
        <Create
          onCreated={() => {
            setBegun(true)
          }}
        />
      )}
      {open && entries.length > 0 && (
        <table ref={table} className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Kind</th>
              <th scope="col">
                <span className={styles.unseen}>Acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ name, kind }) => (
              <tr key={name}>
                <td>
                  <strong>{name}</strong>
                </td>
                <td>{kinds[kind]}</td>
                <td className={styles.rowActs}>
                  {removing === name ? (
                    <>
                      <span>{`Remove ${name} for good?`}</span>
                      <Button
                        size="small"
                        appearance="primary"
                        disabledFocusable={act.busy}
                        onClick={() => {
                          remove(name)
                        }}
                      >
                        Remove entry
                      </Button>
                      <Button
                        size="small"
                        data-first=""
                        onClick={() => {
                          setRemoving(null)
                        }}
                      >
                        Keep
                      </Button>
                    </>
                  ) : (
                    <>
                      <Button
                        size="small"
                        aria-label={`Replace ${name}`}
                        onClick={() => {
                          setReplaced(name)
                        }}
                      >
                        Replace
                      </Button>
                      <Button
                        size="small"
                        data-opener={name}
                        aria-label={`Remove ${name}`}
                        onClick={() => {
                          setOpener(name)
                          setRemoving(name)
                        }}
                      >
                        Remove
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FailureNote failure={act.failure} />
      {open && entries.length === 0 && (
        <p className={styles.about}>No entry yet. A plan names entries; the secrets themselves stand only here.</p>
      )}
      {open && (
        <EntryForm
          key={replaced ?? ''}
          name={replaced}
          onDone={() => {
            setReplaced(null)
            setBegun(false)
            vault.again()
          }}
        />
      )}
      {state === 'unlocked' && keeper === 'passphrase' && <ChangePassphrase />}
    </>
  )
}

function ChangePassphrase() {
  const client = useClient()
  const act = useAct()
  const [current, setCurrent] = useState('')
  const [fresh, setFresh] = useState({ first: '', second: '' })
  const [done, setDone] = useState(false)
  const ready = current !== '' && fresh.first !== '' && fresh.first === fresh.second
  return (
    <form
      className={styles.form}
      aria-label="Change passphrase"
      onSubmit={(event) => {
        event.preventDefault()
        setDone(false)
        if (ready && !act.busy)
          void act.run(async () => {
            await client.call('vault.changePassphrase', { current, fresh: fresh.first })
            setCurrent('')
            setFresh({ first: '', second: '' })
            setDone(true)
          })
      }}
    >
      <h3>Change passphrase</h3>
      <Field label="Passphrase now">
        <Input
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(_, { value }) => {
            setCurrent(value)
          }}
        />
      </Field>
      <TwicePassphrase label="New passphrase" value={fresh} onChange={setFresh} />
      <FailureNote failure={act.failure} />
      <span>
        <Button type="submit" disabledFocusable={!ready || act.busy}>
          Change passphrase
        </Button>
      </span>
      <p className={styles.about} role="status">
        {done
          ? 'Changed. Other windows and command lines must be given the new one.'
          : 'Whatever happens meanwhile, one of the two opens the file. Copies made before open with the old one.'}
      </p>
    </form>
  )
}

interface Twice {
  readonly first: string
  readonly second: string
}

/** A passphrase that is typed twice, since nobody sees it. */
function TwicePassphrase({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: Twice
  readonly onChange: (value: Twice) => void
}) {
  const differ = value.second !== '' && value.first !== value.second
  return (
    <>
      <Field label={label}>
        <Input
          type="password"
          autoComplete="new-password"
          value={value.first}
          onChange={(_, { value: first }) => {
            onChange({ ...value, first })
          }}
        />
      </Field>
      <Field
        label="The same again"
        {...(differ ? { validationState: 'error' as const, validationMessage: 'The two differ.' } : {})}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={value.second}
          onChange={(_, { value: second }) => {
            onChange({ ...value, second })
          }}
        />
      </Field>
    </>
  )
}

function Create({ onCreated }: { readonly onCreated: () => void }) {
  const client = useClient()
  const act = useAct()
  const [twice, setTwice] = useState({ first: '', second: '' })
  const { first, second } = twice
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (first === second && first !== '')
          void act.run(async () => {
            await client.call('vault.unlock', { passphrase: first })
            onCreated()
          })
      }}
    >
      <h3>Make a vault</h3>
      <TwicePassphrase label="Passphrase" value={twice} onChange={setTwice} />
      <FailureNote failure={act.failure} />
      <span>
        <Button type="submit" appearance="primary" disabledFocusable={first === '' || first !== second}>
          Use this passphrase
        </Button>
      </span>
      <p className={styles.about}>The file is made with its first entry.</p>
    </form>
  )
}
