/** The methods about the vault; a secret goes in and never comes out. */
import { z } from 'zod'
import { CredentialRef } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { SecretEntry, VaultListing, VaultState } from '../shapes.ts'
import { nothing } from './inputs.ts'

export const vaultMethods = {
  'vault.state': query(
    'Returns whether the vault exists, and whether it is unlocked in this process.',
    nothing,
    VaultState,
  ),
  'vault.unlock': change(
    'Unlocks the vault in this process. Refused: vault-wrong-passphrase, vault-not-locked (the operating system ' +
      'protects it).',
    z.strictObject({ passphrase: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.changePassphrase': change(
    'Changes the passphrase of the vault; other processes need the new one to unlock it again. Refused: ' +
      'vault-wrong-passphrase, vault-passphrase-unfit, vault-missing, vault-busy, vault-changed, vault-not-locked (the ' +
      'operating system protects it).',
    z.strictObject({ current: z.string().min(1).max(1024), fresh: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.list': query(
    'Returns the names and kinds of the entries, never a secret.',
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
