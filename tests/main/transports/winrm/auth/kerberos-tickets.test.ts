/** Owns what is said where Kerberos gives no ticket, in the words of its implementations; nothing of Kerberos runs here. */
import { expect, test } from 'vitest'
import { kerberosLogin, type KerberosPackage } from '../../../../../main/transports/winrm/auth/kerberos.ts'
import { failureOf } from '../http/reach.ts'

const refusing = (message: string): KerberosPackage => ({ GSS_MECH_OID_SPNEGO: 6, initializeClient: () => Promise.reject(new Error(message)) })
const codeOf = async (message: string, platform: NodeJS.Platform) =>
  (await failureOf(kerberosLogin(refusing(message), { kind: 'kerberos' }, { name: 'RUN001', address: 'run001.site.example', port: 5986 }, platform))).code

test('a service name that the domain does not know, or knows as another machine\'s, is told apart from having no ticket', async () => {
  expect(await codeOf('Server HTTP/run001.site.example@SITE.EXAMPLE not found in Kerberos database', 'linux')).toBe('service-unknown')
  expect(await codeOf('InitializeSecurityContext: The specified target is unknown or unreachable', 'win32')).toBe('service-unknown')
  expect(await codeOf('InitializeSecurityContext: The target principal name is incorrect.', 'win32')).toBe('service-unknown')
  expect(await codeOf('No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)', 'linux')).toBe('no-ticket')
})
