/** Owns starting endpoint.py, the WinRM service of a lab host, and ending it by its own process id. */
import { spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { makeCertificate } from '../../main/transports/winrm/http/reach.ts'
import type { HostRecord } from '../site.ts'

/** Who is let in, on every host. */
export const winrmUser = { domain: 'LAB', user: 'installer', password: 'lab-winrm-pässword' } as const

export interface WinrmEvent {
  readonly listening?: number
  readonly user?: string
  readonly refused?: string
  readonly tls?: boolean
  readonly broken?: string
}

export interface WinrmService {
  /** SHA-256 of the certificate on port 5986. */
  readonly certificate: string
  /** What it saw so far: boots, sign-ins, refusals, and whatever broke in it. */
  events(): readonly WinrmEvent[]
  stop(): Promise<void>
}

/** Gives a lab host that is up a WinRM service on 5985 and 5986, which goes down and comes up with the host. */
export async function startWinrm(host: HostRecord): Promise<WinrmService> {
  const folder = join(host.folder, 'winrm')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const own = makeCertificate({ names: `IP:${host.address}` })
  const file = async (name: string, text: string) => { await writeFile(join(folder, name), text, { mode: 0o600 }); return join(folder, name) }
  const words = [host.folder, host.address, await file('certificate.pem', own.certificate), await file('key.pem', own.key)]
  const users = await file('users', `${winrmUser.domain}:${winrmUser.user}:${winrmUser.password}\n`)
  // It must not outlive whoever started it.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '/usr/bin/python3', '-B', join(import.meta.dirname, 'endpoint.py'), ...words], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NTLM_USER_FILE: users } })
  const events: WinrmEvent[] = []
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve() }) })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => { reject(new Error(`endpoint.py for ${host.name} ended with ${code ?? 'a signal'}`)) })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as WinrmEvent
      events.push(said)
      if (said.listening !== undefined) resolve()
    })
  })
  return {
    certificate: createHash('sha256').update(new X509Certificate(own.certificate).raw).digest('hex'),
    events: () => events,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
