/** Asks for the passphrase of the vault where it is needed. */
import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { Failure } from '../../../domain/base/failure.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from './failure-view.tsx'
import { unlockText } from '../text.ts'
import styles from './unlock-vault.module.css'

/** True where an act failed only because the vault is locked. */
export function isVaultLocked(failure: Failure | null): boolean {
  return failure?.code === 'vault-locked'
}

export function UnlockVault({ onUnlocked }: { readonly onUnlocked: () => void }) {
  const client = useClient()
  const act = useAct()
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      className={styles.unlock}
      onSubmit={(event) => {
        event.preventDefault()
        void act.run(async () => {
          await client.call('vault.unlock', { passphrase })
          setPassphrase('')
          onUnlocked()
        })
      }}
    >
      <Field label={unlockText.passphrase}>
        <Input
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(_, { value }) => {
            setPassphrase(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      <span>
        <Button type="submit" disabled={passphrase === ''}>
          {unlockText.unlock}
        </Button>
      </span>
    </form>
  )
}
