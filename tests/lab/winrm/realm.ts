/** A Kerberos realm for tests: MIT's KDC on loopback with one user and services, ended by its own process id. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const programs = {
  kdc: '/usr/sbin/krb5kdc',
  database: '/usr/sbin/kdb5_util',
  admin: '/usr/sbin/kadmin.local',
  ticket: '/usr/bin/kinit',
} as const
// Debian keeps it in the folder of the processor.
const otherClock = (existsSync('/usr/lib') ? readdirSync('/usr/lib') : [])
  .map((name) => join('/usr/lib', name, 'faketime', 'libfaketimeMT.so.1'))
  .find((path) => existsSync(path))

/** What is missing for a realm, in words; undefined where there can be one. */
export const realmMissing =
  Object.values(programs).every((path) => existsSync(path)) && otherClock !== undefined
    ? undefined
    : 'krb5-kdc, krb5-admin-server, krb5-user or faketime is not installed'

/** The environment of a program whose clock is wrong, for example by `+15m`. */
export function clockOff(by: string): Readonly<Record<string, string>> {
  return { LD_PRELOAD: otherClock ?? '', FAKETIME: by }
}

export interface Realm {
  readonly user: string
  /** For whoever holds a ticket, and for the services, whose keys are in KRB5_KTNAME. */
  readonly environment: Readonly<Record<'KRB5_CONFIG' | 'KRB5CCNAME' | 'KRB5_KTNAME', string>>
  /** Gets the user a ticket, or one that expired an hour ago. */
  signIn(ticket?: 'good' | 'expired'): Promise<void>
  signOut(): void
  /** Gives a service another key, of which its host knows nothing. */
  changeKey(service: string): void
  /** Ends the KDC, whose tickets stay, and starts it again. */
  stopKdc(): Promise<void>
  startKdc(): Promise<void>
  stop(): Promise<void>
}

/** Starts a realm that knows these services, for example `HTTP/localhost`. */
export async function startRealm(services: readonly string[]): Promise<Realm> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-realm-'))
  const at = (name: string) => join(folder, name)
  const port = await freePort()
  const name = 'SITE.TEST'
  const password = 'not-a-secret'
  writeFileSync(
    at('krb5.conf'),
    `[libdefaults]\n default_realm = ${name}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n dns_canonicalize_hostname = false\n rdns = false\n udp_preference_limit = 1\n[realms]\n ${name} = {\n  kdc = 127.0.0.1:${port}\n }\n`,
  )
  writeFileSync(
    at('kdc.conf'),
    `[kdcdefaults]\n kdc_listen = 127.0.0.1:${port}\n kdc_tcp_listen = 127.0.0.1:${port}\n[realms]\n ${name} = {\n  database_name = ${at('principal')}\n  key_stash_file = ${at('stash')}\n  acl_file = ${at('acl')}\n }\n[logging]\n kdc = FILE:${at('kdc.log')}\n`,
  )
  const environment = {
    KRB5_CONFIG: at('krb5.conf'),
    KRB5CCNAME: `FILE:${at('tickets')}`,
    KRB5_KTNAME: `FILE:${at('keytab')}`,
  }
  const env = { ...process.env, ...environment, KRB5_KDC_PROFILE: at('kdc.conf') }
  const run = (program: string, words: readonly string[], input = '', more = {}) =>
    execFileSync(program, words, { env: { ...env, ...more }, input, stdio: ['pipe', 'pipe', 'pipe'], timeout: 10_000 })
  const admin = (...words: string[]) => run(programs.admin, ['-q', words.join(' ')])
  const startKdc = async (more = {}) => {
    // It must not outlive whoever started it.
    const kdc = spawn('setpriv', ['--pdeathsig', 'KILL', programs.kdc, '-n'], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(kdc, 'exit')
    // It says so when it listens, by one stream or the other.
    await Promise.race([
      once(kdc.stdout, 'data'),
      once(kdc.stderr, 'data'),
      ended.then(() => {
        throw new Error('the KDC ended')
      }),
    ])
    return async () => {
      kdc.kill('SIGKILL')
      await ended
    }
  }
  run(programs.database, ['create', '-s', '-P', 'master'])
  admin('addprinc', '-pw', password, 'installer')
  for (const service of services) {
    admin('addprinc', '-randkey', service)
    admin('ktadd', '-k', at('keytab'), service)
  }
  let stopKdc = await startKdc()
  return {
    user: `installer@${name}`,
    environment,
    async signIn(ticket = 'good') {
      if (ticket === 'good') {
        run(programs.ticket, ['installer'], `${password}\n`)
        return
      }
      // A ticket of two hours ago, for an hour.
      await stopKdc()
      const stopOld = await startKdc(clockOff('-2h'))
      run(programs.ticket, ['-l', '1h', 'installer'], `${password}\n`, clockOff('-2h'))
      await stopOld()
      stopKdc = await startKdc()
    },
    signOut() {
      rmSync(at('tickets'), { force: true })
    },
    changeKey(service) {
      admin('cpw', '-randkey', service)
      admin('modprinc', '-kvno', '2', service)
    },
    stopKdc: () => stopKdc(),
    async startKdc() {
      stopKdc = await startKdc()
    },
    async stop() {
      await stopKdc()
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
