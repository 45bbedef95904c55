/** Owns what the pieces of the application share: the setting they were given and what was opened for it. */
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
  /** Looks only: nothing is written, no lease is needed. */
  readonly readonly?: boolean
  /** Told of a host's key that was seen for the first time and is pinned from now on. */
  readonly onPinned?: (pin: { readonly address: string; readonly port: number; readonly fingerprint: string }) => void
  /** How hosts are reached; the registry of transports unless given. */
  readonly reach?: typeof openTransports
}

export interface Dependencies extends Omit<AppOptions, 'vault'> {
  /** Hands nothing out before the redactor knows it. */
  readonly vault: Vault
  readonly store: Store
  readonly catalogue: Catalogue
  readonly redactor: Redactor
  /** Shared by everything in this process that signs in. */
  readonly signIns: SignIns
}
