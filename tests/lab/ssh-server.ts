/** The SSH side of one lab host: its own OpenSSH, keys only, whose every session runs inside the host's prefix. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { driveDOf } from './drive.ts'
import { inside } from './network.ts'
import { hostTool, wineEnvironment } from './wine.ts'

const run = promisify(execFile)
export const sshPort = 2222
const server = '/usr/sbin/sshd'
const files = '/usr/lib/openssh/sftp-server'

export function sshUnavailable(): string | undefined {
  if (!existsSync(server) || !existsSync(files)) return 'openssh-server is not installed'
  if (!existsSync('/usr/bin/bwrap')) return 'bubblewrap is not installed'
  if (!existsSync('/usr/bin/setpriv')) return 'setpriv (util-linux) is not installed'
  return undefined
}

export interface HostKey {
  readonly line: string
  readonly fingerprint: string
}

export async function prepareSsh(
  hostFolder: string,
  prefix: string,
  address: string,
  clientKey: string,
): Promise<HostKey> {
  const folder = join(hostFolder, 'ssh')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const key = join(folder, 'host-key')
  if (!existsSync(key)) await makeKey(key, 'lab host')
  await writeFile(join(folder, 'authorized-keys'), await readFile(`${clientKey}.pub`), { mode: 0o600 })
  await writeFile(join(folder, 'session.sh'), sessionScript(prefix, driveDOf(hostFolder)), { mode: 0o700 })
  await writeFile(
    join(folder, 'config'),
    [
      `ListenAddress ${address}:${sshPort}`,
      `HostKey ${key}`,
      `PidFile ${join(folder, 'pid')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized-keys')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'UsePAM no',
      'StrictModes no',
      'UseDNS no',
      'X11Forwarding no',
      'AllowTcpForwarding no',
      'AllowAgentForwarding no',
      'PrintMotd no',
      'LogLevel ERROR',
      // Debian's bash reads ~/.bashrc under sshd, which costs a fifth of a second, unless it is not the first shell.
      'SetEnv SHLVL=2',
      `Subsystem sftp ${files}`,
      `ForceCommand ${join(folder, 'session.sh')}`,
    ].join('\n') + '\n',
  )
  const line = (await readFile(`${key}.pub`, 'utf8')).trim()
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64')
  return { line, fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}` }
}

export async function makeKey(path: string, comment: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path])
}

/** Win32-OpenSSH gives a session cmd's or PowerShell's command line as it is, kills what the session started when it ends, and shows /C:/ to SFTP, and /D:/ where there is a drive D. */
function sessionScript(prefix: string, driveD: string): string {
  const exports = Object.entries(wineEnvironment(prefix))
    .map(([name, value]) => `export ${name}='${value ?? ''}'`)
    .join('\n')
  const drive = join(prefix, 'drive_c')
  return `#!/bin/sh
${exports}
unset DISPLAY
case "$SSH_ORIGINAL_COMMAND" in
  ${files}*)
    exec bwrap --die-with-parent --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin --ro-bind /etc/passwd /etc/passwd --dev /dev --bind '${drive}' /C: --bind-try '${driveD}' /D: --chdir /C: ${files} -u 0022 ;;
esac
# The command line travels as it was written: Wine would quote its words anew.
export ROLLOUT_LAB_COMMAND="$SSH_ORIGINAL_COMMAND"
cd '${drive}'
exec setpriv --pdeathsig KILL perl '${join(import.meta.dirname, 'session-relay.pl')}' /usr/lib/wine/wine64 '${hostTool}' --session
`
}

export async function startSsh({
  folder,
  address,
  namespace,
}: {
  readonly folder: string
  readonly address: string
  readonly namespace: string
}): Promise<ChildProcess> {
  // sshd insists on its privilege separation folder, which a container without an init script lacks.
  await mkdir('/run/sshd', { recursive: true })
  const child = spawn(...inside(namespace, server, ['-D', '-e', '-f', join(folder, 'ssh', 'config')]), {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const deadline = Date.now() + 10_000
  while (!(await answers(address))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`sshd for ${address} did not begin to listen: ${said.trim()}`)
  }
  return child
}

/** The server of a supervisor that died; only one that runs with this host's own configuration is ours. */
export async function runningSsh(hostFolder: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(hostFolder, 'ssh', 'pid'), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return words.includes(join(hostFolder, 'ssh', 'config')) ? pid : undefined
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: sshPort })
    const end = (result: boolean): void => {
      socket.destroy()
      setTimeout(() => resolve(result), result ? 0 : 50)
    }
    socket.setTimeout(1000, () => end(false))
    socket.once('data', () => end(true)).once('error', () => end(false))
  })
}

export const loginUser = userInfo().username
