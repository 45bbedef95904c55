/**
 * Owns Kerberos end to end (rung 2): the optional package kerberos against MIT's KDC, and GSSAPI on the other side of real TLS. The package is looked for
 * beside Rollout, where a user would install it; building it needs libkrb5-dev.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKerberos } from '../../../../../main/transports/winrm/auth/kerberos.ts'
import { openExchange } from '../../../../../main/transports/winrm/http/exchange.ts'
import { gssMissing, startGssServer, type GssServer } from './gss-server.ts'
import { failureOf, makeCertificate, memoryTrust, patient, quick } from './reach.ts'
import { realmMissing, startRealm, type Realm } from './realm.ts'

const noPackage = await loadKerberos().then(() => undefined, () => 'the optional npm package kerberos is not installed and built')
const missing = noPackage ?? gssMissing ?? (realmMissing === undefined ? undefined : `${realmMissing} is missing (krb5-kdc, krb5-admin-server, krb5-user)`)

// Left out rather than lacking: the program works without the package and says so, which the tests of its loader show.
describe('rung 2: Kerberos over HTTPS, with MIT Kerberos on the other side', () => {
  let realm: Realm
  let server: GssServer
  const before = { ...process.env }
  beforeAll(async () => {
    if (missing !== undefined) return
    realm = await startRealm()
    Object.assign(process.env, realm.environment)
    const own = makeCertificate()
    // Binding is not checked: the package cannot say what it is bound to.
    server = await startGssServer([], { certificate: own.certificate, key: own.key, bindingData: Buffer.alloc(0) }, { ...realm.environment, GSS_ANY_WAY: '1' })
  }, 60_000)
  afterAll(async () => {
    if (missing !== undefined) return
    for (const name of Object.keys(realm.environment)) if (before[name] === undefined) delete process.env[name]; else process.env[name] = before[name]
    await server.stop()
    await realm.stop()
  })
  const open = () => openExchange({ host: 'localhost', port: server.port, tls: true }, { kind: 'kerberos' }, { kind: 'first-sight', store: memoryTrust() }, quick, patient())

  test('whoever has a ticket is let in, both sides prove themselves, and SOAP goes both ways', async ({ skip }) => {
    if (missing !== undefined) return skip(missing)
    realm.signIn()
    const exchange = await open()
    expect((await server.told('user', 1))[0]).toMatchObject({ user: realm.user, body: 0 })
    for (const soap of ['<one/>', '<two>\u00e4</two>']) expect(await exchange.send(soap, { signal: patient(), timeoutMs: 5_000 })).toEqual({ status: 200, body: soap })
    exchange.close()
  })

  test('whoever has none is told to get one, before anything is shown', async ({ skip }) => {
    if (missing !== undefined) return skip(missing)
    realm.signOut()
    const seen = server.events().length
    expect(await failureOf(open())).toMatchObject({ kind: 'credential', code: 'no-ticket', retry: 'never', message: expect.stringContaining('HTTP/localhost') as string })
    expect(server.events()).toHaveLength(seen)
  })
})
