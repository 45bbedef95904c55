/** Owns a Kerberos realm for tests: MIT's KDC on loopback with a user, a service and nothing else, ended by its own process id. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const programs = { kdc: '/usr/sbin/krb5kdc', database: '/usr/sbin/kdb5_util', admin: '/usr/sbin/kadmin.local', ticket: '/usr/bin/kinit' } as const

/** What is missing for a realm; undefined where there can be one. */
export const realmMissing = Object.values(programs).find((path) => !existsSync(path))

export interface Realm {
  readonly user: string
  /** For whoever holds a ticket, and for the service, whose key is in KRB5_KTNAME. */
  readonly environment: Readonly<Record<'KRB5_CONFIG' | 'KRB5CCNAME' | 'KRB5_KTNAME', string>>
  /** Gets the user a ticket, or takes it away. */
  signIn(): void
  signOut(): void
  stop(): Promise<void>
}

/** Starts a realm that knows the service HTTP/localhost. */
export async function startRealm(): Promise<Realm> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-realm-'))
  const at = (name: string) => join(folder, name)
  const port = await freePort()
  const name = 'SITE.TEST'
  const password = 'not-a-secret'
  writeFileSync(at('krb5.conf'), `[libdefaults]\n default_realm = ${name}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n dns_canonicalize_hostname = false\n rdns = false\n udp_preference_limit = 1\n[realms]\n ${name} = {\n  kdc = 127.0.0.1:${port}\n }\n[domain_realm]\n localhost = ${name}\n`)
  writeFileSync(at('kdc.conf'), `[kdcdefaults]\n kdc_listen = 127.0.0.1:${port}\n kdc_tcp_listen = 127.0.0.1:${port}\n[realms]\n ${name} = {\n  database_name = ${at('principal')}\n  key_stash_file = ${at('stash')}\n  acl_file = ${at('acl')}\n }\n[logging]\n kdc = FILE:${at('kdc.log')}\n`)
  const environment = { KRB5_CONFIG: at('krb5.conf'), KRB5CCNAME: `FILE:${at('tickets')}`, KRB5_KTNAME: `FILE:${at('keytab')}` }
  const env = { ...process.env, ...environment, KRB5_KDC_PROFILE: at('kdc.conf') }
  const run = (program: string, words: readonly string[], input = '') => execFileSync(program, words, { env, input, stdio: ['pipe', 'pipe', 'pipe'] })
  run(programs.database, ['create', '-s', '-P', 'master'])
  run(programs.admin, ['-q', `addprinc -pw ${password} installer`])
  run(programs.admin, ['-q', 'addprinc -randkey HTTP/localhost'])
  run(programs.admin, ['-q', `ktadd -k ${at('keytab')} HTTP/localhost`])
  const kdc = spawn(programs.kdc, ['-n', '-P', at('pid')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(kdc, 'exit')
  // It says so when it listens, by one stream or the other.
  await Promise.race([once(kdc.stdout, 'data'), once(kdc.stderr, 'data'), ended.then(() => { throw new Error('the KDC ended') })])
  return {
    user: `installer@${name}`,
    environment,
    signIn() { run(programs.ticket, ['installer'], `${password}\n`) },
    signOut() { rmSync(at('tickets'), { force: true }) },
    async stop() {
      kdc.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
