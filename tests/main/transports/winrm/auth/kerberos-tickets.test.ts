/** What is said if Kerberos gives no ticket or its package is not built. Nothing of Kerberos runs here. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import {
  kerberosLogin,
  loadKerberos,
  type KerberosPackage,
} from '../../../../../main/transports/winrm/auth/kerberos.ts'
import { failureOf } from '../http/reach.ts'

const refusing = (message: string): KerberosPackage => ({
  GSS_MECH_OID_SPNEGO: 6,
  initializeClient: () => Promise.reject(new Error(message)),
})
const codeOf = async (message: string, platform: NodeJS.Platform) =>
  (
    await failureOf(
      kerberosLogin(
        refusing(message),
        { kind: 'kerberos' },
        { name: 'RUN001', address: 'run001.site.example', port: 5986 },
        platform,
      ),
    )
  ).code

test('what Windows and MIT Kerberos say of a name, a key, a clock, a password, a ticket and a domain controller is told apart', async () => {
  expect(await codeOf('Server HTTP/run001.site.example@SITE.EXAMPLE not found in Kerberos database', 'linux')).toBe(
    'service-unknown',
  )
  expect(await codeOf('InitializeSecurityContext: The specified target is unknown or unreachable', 'win32')).toBe(
    'service-unknown',
  )
  expect(await codeOf('InitializeSecurityContext: The target principal name is incorrect.', 'win32')).toBe(
    'service-of-another',
  )
  expect(
    await codeOf('InitializeSecurityContext: The clocks on the client and server machines are skewed.', 'win32'),
  ).toBe('clock-skew')
  expect(await codeOf('InitializeSecurityContext: No authority could be contacted for authentication.', 'win32')).toBe(
    'domain-unreachable',
  )
  expect(await codeOf('InitializeSecurityContext: The logon attempt failed', 'win32')).toBe('refused')
  expect(await codeOf('No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)', 'linux')).toBe(
    'no-ticket',
  )
})

test('a ticket of another user is not used under the name of this one, however that is spelt', async () => {
  const auth = { kind: 'kerberos', user: 'SITE\\operator' } as const
  const peer = { name: 'RUN001', address: 'run001.site.example', port: 5986 }
  const stepAs = async (username: string | null) => {
    const kerberos: KerberosPackage = {
      GSS_MECH_OID_SPNEGO: 6,
      initializeClient: () => Promise.resolve({ username, step: () => Promise.resolve('token') }),
    }
    return (await kerberosLogin(kerberos, auth, peer, 'linux'))('')
  }
  for (const same of ['operator@SITE.EXAMPLE', 'Operator@site.example', 'SITE\\OPERATOR', null])
    expect(await stepAs(same)).toBe('token')
  const failure = await failureOf(stepAs('somebody@SITE.EXAMPLE'))
  expect(failure).toMatchObject({ kind: 'credential', code: 'ticket-of-another', retry: 'never' })
  expect(failure.message).toContain('somebody@SITE.EXAMPLE')
})

test('a package that npm has put there and nobody has built is missing, in words that say how to build it', async () => {
  const installed = join(import.meta.dirname, '..', '..', '..', '..', '..', 'node_modules', 'kerberos')
  // Where npm left it out, its sources cannot be had: then importing it fails by itself.
  if (!existsSync(installed)) return expect(await failureOf(loadKerberos())).toMatchObject({ code: 'kerberos-missing' })
  const copy = mkdtempSync(join(tmpdir(), 'rollout-kerberos-'))
  onTestFinished(() => {
    rmSync(copy, { recursive: true, force: true })
  })
  for (const part of ['lib', 'package.json']) cpSync(join(installed, part), join(copy, part), { recursive: true })
  expect(await failureOf(loadKerberos(() => import(pathToFileURL(join(copy, 'lib', 'index.js')).href)))).toMatchObject({
    kind: 'workstation',
    code: 'kerberos-missing',
    hint: expect.stringContaining('npm rebuild kerberos') as string,
    evidence: [expect.stringContaining('kerberos.node')] as unknown,
  })
})
