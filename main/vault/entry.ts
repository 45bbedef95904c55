/** The kinds of vault entries, which values they accept, and what each kind can be used for. */
import { z } from 'zod'
import { CredentialRef } from '../../domain/base/ids.ts'
import type { Credential } from '../engine/ports.ts'
import { badEntry, badName, noSecret, noSignIn, tooLong, tooShort } from './failures.ts'

/** Shorter secrets cannot be redacted without mangling everything; see redaction.ts. In characters. */
export const leastSecret = 4
/** The largest private keys in use have some 13,000 characters. */
export const mostSecret = 65_536

export const VaultEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), user: z.string().min(1), password: z.string() }),
  z.strictObject({
    kind: z.literal('key'),
    user: z.string().min(1),
    privateKey: z.string(),
    passphrase: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('agent'), user: z.string().min(1), socket: z.string().min(1).optional() }),
  z.strictObject({ kind: z.literal('secret'), value: z.string() }),
])
export type VaultEntry = z.infer<typeof VaultEntry>

/**
 * Reads an entry. Throws FailureError for a name that no plan could use, a secret under 4 or over 65,536 characters,
 * or an unknown kind. Messages name the part, never its value.
 */
export function checkEntry(ref: string, entry: unknown): VaultEntry {
  if (!CredentialRef.safeParse(ref).success) throw badName(ref)
  const parsed = VaultEntry.safeParse(entry)
  if (!parsed.success)
    throw badEntry(
      ref,
      parsed.error.issues
        .map((issue) => `${issue.path.join('.') || 'the entry'} ${issue.code.replaceAll('_', ' ')}`)
        .join('; '),
    )
  for (const [part, value] of secretsOf(parsed.data)) {
    // Space around a secret may be a slip of copying; without it the rest must still be long enough to be found.
    if (value.trim().length < leastSecret) throw tooShort(ref, part, leastSecret)
    if (value.length > mostSecret) throw tooLong(ref, part, mostSecret)
  }
  return parsed.data
}

/** The parts of an entry that must never be seen, each with its name. */
export function secretsOf(entry: VaultEntry): [part: string, value: string][] {
  switch (entry.kind) {
    case 'password':
      return [['password', entry.password]]
    case 'key':
      return [
        ['private key', entry.privateKey],
        ...(entry.passphrase === undefined ? [] : [['key passphrase', entry.passphrase] satisfies [string, string]]),
      ]
    case 'agent':
      return []
    case 'secret':
      return [['value', entry.value]]
  }
}

/** The entry as a transport uses it. */
export function credentialOf(ref: string, entry: VaultEntry): Credential {
  switch (entry.kind) {
    case 'password':
      return { kind: 'password', user: entry.user, password: entry.password, entry: ref }
    case 'key':
      return {
        kind: 'key',
        user: entry.user,
        privateKey: entry.privateKey,
        ...(entry.passphrase === undefined ? {} : { passphrase: entry.passphrase }),
      }
    case 'agent':
      return { kind: 'agent', user: entry.user, ...(entry.socket === undefined ? {} : { socket: entry.socket }) }
    case 'secret':
      throw noSignIn(ref, entry.kind)
  }
}

/** The entry as an installer's environment uses it: a bare secret, or the password of a sign-in. */
export function secretValueOf(ref: string, entry: VaultEntry): string {
  switch (entry.kind) {
    case 'secret':
      return entry.value
    case 'password':
      return entry.password
    case 'key':
    case 'agent':
      throw noSecret(ref, entry.kind)
  }
}
