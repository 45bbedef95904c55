/** Starts endpoint.py, the WinRM service of a lab host, and ends it by its own process id. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { makeCertificate, type TestCertificate } from '../../main/transports/winrm/http/reach.ts'
import { inside } from '../network.ts'
import type { HostRecord } from '../site.ts'

/** Who is let in, on every host. */
export const winrmUser = { domain: 'LAB', user: 'installer', password: 'lab-winrm-pässword' } as const

export interface WinrmEvent {
  readonly listening?: number
  readonly user?: string
  readonly refused?: string
  readonly tls?: boolean
  readonly broken?: string
  /** It was a client certificate that signed in. */
  readonly certificate?: boolean
  /** A password was shown. */
  readonly shown?: boolean
  /** How many mishaps are planted, and shells there. */
  readonly planted?: number
  readonly shells?: number
  /** Bytes that were sent of an answer without end. */
  readonly endless?: number
}

/** What goes wrong on purpose with so many requests of one operation, after so many that do not (mishaps.py). */
export interface Mishap {
  readonly at: 'sign-in' | 'create' | 'command' | 'send' | 'receive' | 'signal' | 'delete'
  readonly kind:
    | 'fault'
    | 'request-lost'
    | 'answer-lost'
    | 'half'
    | 'truncated'
    | 'short'
    | 'endless'
    | 'pieces'
    | 'slow'
    | 'split'
    | 'joined'
    | 'renumbered'
    | 'replay'
    | 'signed-out'
  readonly skip?: number
  readonly times?: number
  /** Of a fault. */
  readonly code?: number
  /** Of slow bytes. */
  readonly seconds?: number
}

export interface WinrmService {
  /** SHA-256 of the certificate on port 5986. */
  readonly certificate: string
  /** What it saw so far: boots, sign-ins, refusals, and whatever broke in it. */
  events(): readonly WinrmEvent[]
  /** Plants a mishap. */
  plant(mishap: Mishap): Promise<void>
  /** Takes all mishaps away, and tells how many shells there are. */
  clear(): Promise<number>
  /** The next event of that kind. */
  told(kind: keyof WinrmEvent): Promise<WinrmEvent>
  /** Ends the service in the middle of whatever it does, and starts it again: its shells are gone, what runs in them ends. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface WinrmCertificates {
  /** Signs the certificate on port 5986, which else signs itself. */
  readonly issuer?: TestCertificate
  /** Client certificates are asked for; this one is mapped to the lab's user. */
  readonly clients?: { readonly issuer: TestCertificate; readonly mapped: TestCertificate }
}

/** Gives a lab host that is up a WinRM service on 5985 and 5986, which goes down and comes up with the host. `environment` makes it one of a Kerberos realm. */
export async function startWinrm(
  host: Pick<HostRecord, 'name' | 'folder' | 'address'> & Partial<Pick<HostRecord, 'namespace'>>,
  environment: Readonly<Record<string, string>> = {},
  { issuer, clients }: WinrmCertificates = {},
): Promise<WinrmService> {
  const folder = join(host.folder, 'winrm')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const own = makeCertificate({ names: `IP:${host.address}`, ...(issuer && { issuer }) })
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const words = [
    host.folder,
    host.address,
    await file('certificate.pem', own.certificate),
    await file('key.pem', own.key),
  ]
  const users = await file('users', `${winrmUser.domain}:${winrmUser.user}:${winrmUser.password}\n`)
  const asked = clients && {
    LAB_WINRM_CLIENT_ISSUERS: await file('client-issuers.pem', clients.issuer.certificate),
    LAB_WINRM_MAPPED: JSON.stringify({ [sha256Of(clients.mapped)]: `${winrmUser.domain}\\${winrmUser.user}` }),
  }
  const events: WinrmEvent[] = []
  const news = new EventEmitter<{ event: [WinrmEvent] }>()
  const begin = () =>
    new Promise<{ readonly child: ChildProcessByStdio<Writable, Readable, null>; readonly ended: Promise<void> }>(
      (resolve, reject) => {
        // It must not outlive whoever started it.
        const child = spawn(
          ...inside(host.namespace, 'setpriv', [
            '--pdeathsig',
            'KILL',
            '/usr/bin/python3',
            '-B',
            join(import.meta.dirname, 'endpoint.py'),
            ...words,
          ]),
          {
            stdio: ['pipe', 'pipe', 'inherit'],
            env: { ...process.env, NTLM_USER_FILE: users, ...environment, ...asked },
          },
        )
        const ended = new Promise<void>((gone) => {
          child.once('exit', () => {
            gone()
          })
        })
        child.once('error', reject)
        child.once('exit', (code) => {
          reject(new Error(`endpoint.py for ${host.name} ended with ${code ?? 'a signal'}`))
        })
        createInterface({ input: child.stdout }).on('line', (line) => {
          const said = JSON.parse(line) as WinrmEvent
          events.push(said)
          news.emit('event', said)
          if (said.listening !== undefined) resolve({ child, ended })
        })
      },
    )
  let now = await begin()
  const stop = async () => {
    now.child.kill('SIGKILL')
    await now.ended
  }
  const told: WinrmService['told'] = (kind) =>
    new Promise((resolve) => {
      const heard = (event: WinrmEvent) => {
        if (event[kind] === undefined) return
        news.off('event', heard)
        resolve(event)
      }
      news.on('event', heard)
    })
  const ask = (wish: object) => {
    const answered = told('planted')
    now.child.stdin.write(`${JSON.stringify(wish)}\n`)
    return answered
  }
  return {
    certificate: sha256Of(own),
    events: () => events,
    told,
    plant: async (mishap) => {
      await ask(mishap)
    },
    clear: async () => (await ask({ clear: true })).shells ?? 0,
    async restart() {
      await stop()
      now = await begin()
    },
    stop,
  }
}

function sha256Of({ certificate }: TestCertificate): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')
}
