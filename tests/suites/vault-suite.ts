/** What every vault must do, wherever it keeps its secrets. */
import { describe, expect, it } from 'vitest'
import { FailureError, type Failure } from '../../domain/base/failure.ts'
import type { Vault } from '../../main/engine/ports.ts'
import type { VaultEntry } from '../../main/vault/entry.ts'

/** Entries of every kind, with values that are hard to carry. */
export const sampleEntries: Readonly<Record<string, VaultEntry>> = {
  'site-admin': { kind: 'password', user: 'SITE\\admin', password: 'p"\\ä{}=\n$HOME 🔑' },
  'lab.key': {
    kind: 'key',
    user: 'lab',
    privateKey: '-----BEGIN KEY-----\nabcdefghijklmnop\n-----END KEY-----\n',
    passphrase: 'open sesame',
  },
  'agent/one': { kind: 'agent', user: 'me', socket: '/run/agent.sock' },
  licence: { kind: 'secret', value: 'AAAA-BBBB-CCCC' },
}

/** The failure of a promise that must reject with one. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof FailureError) return thrown.failure
  throw new Error(`expected a FailureError, got ${String(thrown)}`)
}

/** Runs the suite against a vault made of the given entries. */
export function vaultSuite(
  name: string,
  make: (entries: Readonly<Record<string, VaultEntry>>) => Promise<Vault>,
): void {
  describe(`vault: ${name}`, () => {
    it('hands out sign-ins exactly as they were put in', async () => {
      const vault = await make(sampleEntries)
      // A password goes with the name of its entry: whoever holds it back must say which.
      const handedOut: Readonly<Record<string, unknown>> = {
        ...sampleEntries,
        'site-admin': { ...sampleEntries['site-admin'], entry: 'site-admin' },
      }
      for (const ref of ['site-admin', 'lab.key', 'agent/one'])
        expect(await vault.credential(ref)).toEqual(handedOut[ref])
    })

    it('hands out a bare secret, and the password of a sign-in where a secret is asked for', async () => {
      const vault = await make(sampleEntries)
      expect(await vault.secret('licence')).toBe('AAAA-BBBB-CCCC')
      expect(await vault.secret('site-admin')).toBe('p"\\ä{}=\n$HOME 🔑')
    })

    it('names an entry that is not there and how to add it', async () => {
      const vault = await make(sampleEntries)
      const failure = await failureOf(vault.credential('nobody'))
      expect(failure).toMatchObject({ kind: 'credential', code: 'credential-unknown', retry: 'never' })
      expect(failure.message).toContain('nobody')
      expect(failure.hint).toContain('exekra-rollout vault set nobody')
    })

    it('refuses an entry of the wrong kind', async () => {
      const vault = await make(sampleEntries)
      expect(await failureOf(vault.credential('licence'))).toMatchObject({
        kind: 'credential',
        code: 'credential-kind',
      })
      expect(await failureOf(vault.secret('lab.key'))).toMatchObject({ kind: 'credential', code: 'credential-kind' })
    })
  })
}
