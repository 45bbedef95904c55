/** How vaults are combined: from entries in memory, in layers, and watched by the redactor. */
import { FailureError } from '../../domain/base/failure.ts'
import type { Credential, Vault } from '../engine/ports.ts'
import { credentialOf, leastSecret, secretsOf, secretValueOf, type VaultEntry } from './entry.ts'
import { placeText, tooShort, unknownCode, unknownEntry } from './failures.ts'
import type { Redactor } from './redaction.ts'

/** A vault that can list all its secrets, so that they can be removed from texts before these are written. */
export interface WholeVault extends Vault {
  /** Every entry; opens what is locked, and throws FailureError where that cannot be. */
  entries(): Promise<VaultEntry[]>
}

/** A vault that looks entries up by a function; `where` is how messages name it. */
export function vaultFrom(
  find: (ref: string) => Promise<VaultEntry | undefined>,
  entries: () => Promise<VaultEntry[]>,
  where: string,
): WholeVault {
  const entry = async (ref: string) => {
    const found = await find(ref)
    if (!found) throw unknownEntry(ref, where)
    return found
  }
  return {
    credential: async (ref) => credentialOf(ref, await entry(ref)),
    secret: async (ref) => secretValueOf(ref, await entry(ref)),
    entries,
  }
}

/** Asks each vault in turn, the next only if the one before has no such entry. A locked or damaged vault throws. */
export function layeredVault(vaults: readonly WholeVault[]): WholeVault {
  const first = async <T>(ref: string, ask: (vault: Vault) => Promise<T>): Promise<T> => {
    let refusal: unknown = unknownEntry(ref, placeText.any)
    for (const vault of vaults) {
      try {
        return await ask(vault)
      } catch (thrown) {
        if (!(thrown instanceof FailureError) || thrown.failure.code !== unknownCode) throw thrown
        refusal = thrown
      }
    }
    throw refusal
  }
  return {
    credential: (ref) => first(ref, (vault) => vault.credential(ref)),
    secret: (ref) => first(ref, (vault) => vault.secret(ref)),
    entries: async () => {
      const all: VaultEntry[] = []
      // One after the other: a locked vault asks for its passphrase once.
      for (const vault of vaults) all.push(...(await vault.entries()))
      return all
    },
  }
}

/** A redactor's knowledge of an entry: each of its secrets, and what HTTP Basic authentication sends for a sign-in. */
export function teach(redactor: Redactor, entry: VaultEntry): void {
  for (const [, value] of secretsOf(entry)) redactor.learn(value)
  if (entry.kind === 'password') redactor.learnPair(entry.user, entry.password)
}

/** A vault that hands nothing out before the redactor knows it. */
export function watchedVault(vault: Vault, redactor: Redactor): Vault {
  const learn = (ref: string, part: string, value: string) => {
    if (!redactor.learn(value)) throw tooShort(ref, part, leastSecret)
  }
  return {
    credential: async (ref) => {
      const credential = await vault.credential(ref)
      for (const [part, value] of partsOf(credential)) learn(ref, part, value)
      if (credential.kind === 'password') redactor.learnPair(credential.user, credential.password)
      return credential
    },
    secret: async (ref) => {
      const value = await vault.secret(ref)
      learn(ref, 'value', value)
      return value
    },
  }
}

function partsOf(credential: Credential): [string, string][] {
  switch (credential.kind) {
    case 'password':
      return [['password', credential.password]]
    case 'key':
      return [
        ['private key', credential.privateKey],
        ...(credential.passphrase === undefined
          ? []
          : [['key passphrase', credential.passphrase] satisfies [string, string]]),
      ]
    case 'agent':
      return []
  }
}
