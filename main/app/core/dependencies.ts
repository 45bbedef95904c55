/** What the parts of the application share: the options they were given and what was opened for them. */
import type { Catalogue } from '../../../domain/plan/catalogue.ts'
import type { Vault } from '../../engine/ports.ts'
import type { Store } from '../../store/store.ts'
import type { openTransports } from '../../transports/registry.ts'
import type { SignIns } from '../../transports/shared/sign-ins.ts'
import type { WholeVault } from '../../vault/layered-vault.ts'
import type { Redactor } from '../../vault/redaction.ts'

export interface AppOptions {
  readonly dbFile: string
  /** Who acts: user@machine, written into the log and the audit. */
  readonly by: string
  readonly vault: WholeVault
  /** Read-only: nothing is written, and no lease is needed. */
  readonly readonly?: boolean
  /** Called when a host's key is seen for the first time and pinned. */
  readonly onPinned?: (pin: { readonly address: string; readonly port: number; readonly fingerprint: string }) => void
  /** How hosts are reached; the registry of transports unless given. */
  readonly reach?: typeof openTransports
}

export interface Dependencies extends Omit<AppOptions, 'vault'> {
  /** Hands out a secret only after the redactor has learnt it. */
  readonly vault: Vault
  readonly store: Store
  readonly catalogue: Catalogue
  readonly redactor: Redactor
  /** Shared by everything in this process that signs in. */
  readonly signIns: SignIns
}
