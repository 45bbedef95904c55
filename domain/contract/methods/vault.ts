/** The methods about the vault; a secret goes in and never comes out. */
import { z } from 'zod'
import { CredentialRef } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { SecretEntry, VaultListing, VaultState } from '../shapes.ts'
import { nothing } from './inputs.ts'

export const vaultMethods = {
  'vault.state': query('Is there a vault file, and is it unlocked in this process?', nothing, VaultState),
  'vault.unlock': change(
    'Unlocks the vault for this process; a wrong passphrase is refused (vault-wrong-passphrase), and any where the system keeps it (vault-not-locked).',
    z.strictObject({ passphrase: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.changePassphrase': change(
    'Puts the vault under another passphrase; other processes must be given the new one. Refused: vault-wrong-passphrase, vault-passphrase-unfit, vault-missing, vault-changed, vault-not-locked (the system keeps it).',
    z.strictObject({ current: z.string().min(1).max(1024), fresh: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.list': query(
    'Names and kinds of the entries. A secret never comes out.',
    nothing,
    z.strictObject({ ...VaultState.shape, entries: z.array(VaultListing) }),
  ),
  'vault.set': change(
    'Adds or replaces an entry.',
    z.strictObject({ name: CredentialRef, entry: SecretEntry }),
    nothing,
  ),
  'vault.remove': change('Removes an entry.', z.strictObject({ name: CredentialRef }), nothing),
} as const
