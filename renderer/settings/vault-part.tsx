/** The vault: create it, unlock it, add, replace and remove entries. Secrets only go in. */
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
import { settingsText, vaultText } from './text.ts'
import styles from './settings.module.css'

export function VaultPart() {
  const client = useClient()
  const vault = useQuery('vault.list', {})
  const act = useAct()
  // A passphrase was chosen; the first entry creates the vault.
  const [begun, setBegun] = useState(false)
  const [replaced, setReplaced] = useState<string | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const [opener, setOpener] = useState('')
  const table = useFocusOnOpen<HTMLTableElement>(removing !== null, opener)
  if (!vault.value)
    return vault.failure ? (
      <FailureView title={vaultText.unreadable} failure={vault.failure} onAgain={vault.again} />
    ) : (
      <Waiting rows={3}>{vaultText.reading}</Waiting>
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
        {keeper === 'system' ? vaultText.keptBySystem : vaultText.keptByPassphrase}
        {why === null ? '' : ` ${why}`}
      </p>
      <p role="status">
        {state === 'unlocked' ? (
          <StatusText status="pass">{vaultText.unlocked}</StatusText>
        ) : state === 'locked' ? (
          <StatusText status="waiting">{vaultText.locked}</StatusText>
        ) : (
          <StatusText status="planned">{begun ? vaultText.noneWithPassphrase : vaultText.none}</StatusText>
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
              <th scope="col">{vaultText.columns.entry}</th>
              <th scope="col">{vaultText.columns.kind}</th>
              <th scope="col">
                <span className={styles.unseen}>{settingsText.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ name, kind }) => (
              <tr key={name}>
                <td>
                  <strong>{name}</strong>
                </td>
                <td>{vaultText.entryKinds[kind]}</td>
                <td className={styles.rowActs}>
                  {removing === name ? (
                    <>
                      <span>{vaultText.removeQuestion(name)}</span>
                      <Button
                        size="small"
                        appearance="primary"
                        disabledFocusable={act.busy}
                        onClick={() => {
                          remove(name)
                        }}
                      >
                        {vaultText.removeConfirm}
                      </Button>
                      <Button
                        size="small"
                        data-first=""
                        onClick={() => {
                          setRemoving(null)
                        }}
                      >
                        {settingsText.keep}
                      </Button>
                    </>
                  ) : (
                    <>
                      <Button
                        size="small"
                        aria-label={vaultText.replaceEntry(name)}
                        onClick={() => {
                          setReplaced(name)
                        }}
                      >
                        {vaultText.replace}
                      </Button>
                      <Button
                        size="small"
                        data-opener={name}
                        aria-label={vaultText.removeEntry(name)}
                        onClick={() => {
                          setOpener(name)
                          setRemoving(name)
                        }}
                      >
                        {settingsText.remove}
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
      {open && entries.length === 0 && <p className={styles.about}>{vaultText.noEntry}</p>}
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
      aria-label={vaultText.changeTitle}
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
      <h3>{vaultText.changeTitle}</h3>
      <Field label={vaultText.changeCurrent}>
        <Input
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(_, { value }) => {
            setCurrent(value)
          }}
        />
      </Field>
      <TwicePassphrase label={vaultText.changeNew} value={fresh} onChange={setFresh} />
      <FailureNote failure={act.failure} />
      <span>
        <Button type="submit" disabledFocusable={!ready || act.busy}>
          {vaultText.changeTitle}
        </Button>
      </span>
      <p className={styles.about} role="status">
        {done ? vaultText.changeDone : vaultText.changeNote}
      </p>
    </form>
  )
}

interface Twice {
  readonly first: string
  readonly second: string
}

/** A passphrase that is typed twice, because it is not shown. */
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
        label={vaultText.repeatPassphrase}
        {...(differ ? { validationState: 'error' as const, validationMessage: vaultText.passphrasesDiffer } : {})}
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
      <h3>{vaultText.createTitle}</h3>
      <TwicePassphrase label={vaultText.createPassphrase} value={twice} onChange={setTwice} />
      <FailureNote failure={act.failure} />
      <span>
        <Button type="submit" appearance="primary" disabledFocusable={first === '' || first !== second}>
          {vaultText.createConfirm}
        </Button>
      </span>
      <p className={styles.about}>{vaultText.createNote}</p>
    </form>
  )
}
