/** Starts a real OpenSSH server: its own keys, settings and port on 127.0.0.1, ended by its own process id. */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const program = '/usr/sbin/sshd'

/** True where OpenSSH's server is installed (Debian: openssh-server). Under CI=true its absence fails the tests instead of skipping them. */
export const sshdInstalled = existsSync(program)
export const skipWithoutSshd = !sshdInstalled && process.env['CI'] !== 'true'

/** Ends a test's name: says why it was skipped, where it was. */
export function needsSshd(name: string): string {
  return skipWithoutSshd ? `${name} (skipped: no OpenSSH server here; install openssh-server)` : name
}

export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa'

export interface SshdOptions {
  readonly hostKeys?: readonly HostKeyType[]
  /** Further lines of sshd_config. */
  readonly settings?: readonly string[]
  /** Folders put before the PATH of every session, for example where `powershell` lies. */
  readonly path?: readonly string[]
  /** Further variables of every session, for example where the lab's PowerShell keeps its recorded Windows. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A running server. All files lie in `folder`; `stop` ends it and removes them. */
export interface Sshd {
  readonly port: number
  readonly user: string
  readonly folder: string
  /** A private key that is let in, OpenSSH format, no passphrase. */
  readonly privateKey: string
  /** Everything the server has said so far (its log, level VERBOSE). */
  log(): string
  /** SHA256:... of a host key. */
  fingerprint(type: HostKeyType): string
  /** Lets another public key in. */
  allow(publicKey: string): void
  /** Process ids of everything that serves connections now; never the listener. */
  connections(): number[]
  /** Kills what serves connections, as a crash or a cut would; the listener stays. */
  cut(): void
  /** Ends the server and starts it anew on the same port, with other host keys if asked. */
  restart(changes?: { readonly newHostKeys?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Starts an OpenSSH server with stock limits (MaxSessions 10), public keys only, that lets the current user in. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  if (!sshdInstalled) throw new Error('no OpenSSH server: install openssh-server')
  const folder = mkdtempSync(join(tmpdir(), 'rollout-sshd-'))
  const types = options.hostKeys ?? ['ed25519']
  for (const type of types) newKey(join(folder, `host_${type}`), type)
  newKey(join(folder, 'user'), 'ed25519')
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(join(folder, 'user.pub')))
  const port = await freePort()
  writeFileSync(join(folder, 'sshd_config'), settings(folder, port, types, options))
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
  let running = await launch(folder)
  return {
    port,
    user: userInfo().username,
    folder,
    privateKey: readFileSync(join(folder, 'user'), 'utf8'),
    log: () => running.log(),
    fingerprint: (type) => fingerprintOf(join(folder, `host_${type}.pub`)),
    allow: (publicKey) => writeFileSync(join(folder, 'authorized_keys'), `${publicKey.trim()}\n`, { flag: 'a' }),
    connections: () => descendants(running.process.pid ?? 0),
    cut: () => descendants(running.process.pid ?? 0).forEach(killQuietly),
    async restart(changes = {}) {
      await end(running.process)
      if (changes.newHostKeys === true) for (const type of types) newKey(join(folder, `host_${type}`), type)
      running = await launch(folder)
    },
    async stop() {
      await end(running.process)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Writes a key pair to `file` and `file`.pub, replacing what is there. */
export function newKey(file: string, type: HostKeyType, passphrase = ''): void {
  rmSync(file, { force: true })
  const bits = type === 'rsa' ? ['-b', '2048'] : []
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', passphrase, '-C', 'rollout-test', '-f', file])
}

/** The SHA256:... of a public key file, by OpenSSH's own reckoning. */
export function fingerprintOf(publicKeyFile: string): string {
  return (
    execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', publicKeyFile], { encoding: 'utf8' }).split(' ')[1] ?? ''
  )
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

// SHLVL keeps bash from taking the session for a login from afar and reading the developer's ~/.bashrc, which can take 200 ms a command.
function settings(folder: string, port: number, types: readonly HostKeyType[], options: SshdOptions): string {
  const path = [...(options.path ?? []), process.env['PATH'] ?? '/usr/bin:/bin'].join(':')
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...types.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PidFile none',
    'LogLevel VERBOSE',
    'MaxStartups 200',
    'PrintMotd no',
    `SetEnv ${Object.entries({ ...options.environment, SHLVL: '2', PATH: path })
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
    'Subsystem sftp internal-sftp',
    ...(options.settings ?? []),
    '',
  ].join('\n')
}

async function launch(folder: string): Promise<{ process: ChildProcess; log: () => string }> {
  const child = spawn(program, ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`sshd did not start: ${said}`)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('Server listening')) resolve()
    })
  })
  return { process: child, log: () => said }
}

async function end(child: ChildProcess): Promise<void> {
  const below = descendants(child.pid ?? 0)
  const gone =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  below.forEach(killQuietly)
  await Promise.race([gone, wait(5_000, undefined, { ref: false })])
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

// Field 4 of /proc/PID/stat is the parent; the name before it is in parentheses and may hold spaces.
function descendants(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let parent = Number.NaN
    try {
      parent = Number(readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
    } catch {
      continue
    }
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)])
  return below(root)
}
