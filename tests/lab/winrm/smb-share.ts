/** A Samba share on loopback, and the local folder through which tests write to it over SMB. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const address = '127.0.0.1'
const user = 'root'
const password = 'lab-smb-password'

export interface SmbShare {
  readonly address: string
  /** Where the share lies on the disk of its server. */
  readonly served: string
  /** Where a file of C: is found over SMB; as SmbWorkstation wants it. */
  shareOf(address: string, hostPath: string): string
  /** Ends the server in the middle of whatever it does. */
  kill(): void
  stop(): Promise<void>
}

/** Why there can be no share here; undefined where there can. Samba binds no other port or address of 127/8 than this, and FUSE wants rights that a container seldom gives. */
export async function smbUnavailable(): Promise<string | undefined> {
  const missing = ['/usr/sbin/smbd', '/usr/bin/smbpasswd', '/usr/bin/smbnetfs'].find((file) => !existsSync(file))
  if (missing !== undefined) return `${missing} is missing: packages samba and smbnetfs`
  if (process.getuid?.() !== 0) return 'only root may serve port 445'
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK)
  } catch {
    return '/dev/fuse cannot be opened'
  }
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => {
      resolve(false)
    })
    probe.listen(445, address, () =>
      probe.close(() => {
        resolve(true)
      }),
    )
  })
  return free ? undefined : 'port 445 is in use'
}

/** Starts Samba and mounts its share C$. */
export async function startShare(): Promise<SmbShare> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-smb-'))
  const at = (name: string) => {
    mkdirSync(join(folder, name), { mode: 0o700 })
    return join(folder, name)
  }
  const [served, state, mount, home] = [at('served'), at('state'), at('mount'), at('home')]
  const settings = join(folder, 'smb.conf')
  const own = [
    'private dir',
    'state directory',
    'cache directory',
    'lock directory',
    'pid directory',
    'ncalrpc dir',
  ].map((what) => `${what} = ${state}`)
  writeFileSync(
    settings,
    [
      '[global]',
      'smb ports = 445',
      `interfaces = ${address}`,
      'bind interfaces only = yes',
      ...own,
      `log file = ${state}/log`,
      'disable spoolss = yes',
      'server role = standalone server',
      `passdb backend = smbpasswd:${state}/smbpasswd`,
      '[C$]',
      `path = ${served}`,
      'read only = no',
      '',
    ].join('\n'),
  )
  execFileSync('smbpasswd', ['-c', settings, '-a', '-s', user], {
    input: `${password}\n${password}\n`,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // A group of its own, so that it ends with the processes that serve its connections.
  const server: ChildProcess = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '/usr/sbin/smbd', '-F', '--no-process-group', '-s', settings],
    { stdio: 'ignore', detached: true },
  )
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve()
    })
  })
  const kill = () => {
    if (server.exitCode === null && server.signalCode === null && server.pid !== undefined)
      process.kill(-server.pid, 'SIGKILL')
  }
  mkdirSync(join(home, '.smb'), { mode: 0o700 })
  writeFileSync(
    join(home, '.smb', 'smbnetfs.conf'),
    `auth "${address}" "${user}" "${password}"\nshow_$_shares "true"\n`,
    { mode: 0o600 },
  )
  const stop = async () => {
    try {
      execFileSync('umount', ['--lazy', mount], { stdio: 'ignore' })
    } catch {
      /* It was not mounted yet. */
    }
    kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await listening(server)
    execFileSync('smbnetfs', [mount], { env: { ...process.env, HOME: home }, stdio: 'ignore', timeout: 20_000 })
    readdirSync(join(mount, address, 'C$'))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    address,
    served,
    kill,
    stop,
    shareOf: (to, hostPath) => join(mount, to, 'C$', ...hostPath.slice(3).split('\\')),
  }
}

async function listening(server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(445, address, () => {
        socket.destroy()
        resolve(true)
      }).once('error', () => {
        resolve(false)
      })
    })
    if (there) return
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error(`smbd ended with ${server.exitCode} before it listened`)
}
