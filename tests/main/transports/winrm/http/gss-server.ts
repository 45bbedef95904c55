/** Starts gss-server.py, the WinRM stand-in with Debian's NTLM, and ends it by its own process id. */
import { EventEmitter, once } from 'node:events'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const python = '/usr/bin/python3'

/** What is missing for these tests; undefined where they can run. Under CI=true its absence fails them instead of skipping them. */
export const gssMissing = missing()
export const skipWithoutGss = gssMissing !== undefined && process.env['CI'] !== 'true'

/** Ends a test's name: says why it was skipped, where it was. */
export function needsGss(name: string): string {
  return skipWithoutGss ? `${name} [needs gss-ntlmssp: ${gssMissing ?? ''}]` : name
}

export interface GssEvent {
  readonly user?: string
  readonly bound?: boolean
  readonly body?: number
  readonly refused?: string
  readonly broken?: string
}

export interface GssServer {
  readonly port: number
  /** What it saw so far: sign-ins, refusals, and whatever broke in it. */
  events(): readonly GssEvent[]
  /** Waits until it has told of at least so many events of that kind, and gives them: its words come by another way than its answers. */
  told(kind: keyof GssEvent, atLeast: number): Promise<readonly GssEvent[]>
  stop(): Promise<void>
  /** Lets go of it as the death of this process would, and waits until it has ended by itself. */
  abandon(): Promise<void>
}

/** Lets `users` in, each written DOMAIN:user:password. With `tls`, it answers in clear inside TLS and knows the binding data of its certificate. */
export async function startGssServer(
  users: readonly string[],
  tls?: { readonly certificate: string; readonly key: string; readonly bindingData: Buffer },
): Promise<GssServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-gss-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const program = fileURLToPath(new URL('gss-server.py', import.meta.url))
  const more = tls
    ? [file('certificate.pem', tls.certificate), file('key.pem', tls.key), tls.bindingData.toString('hex')]
    : []
  const child = spawn(python, [program, ...more], {
    // It ends when its input closes, and this process, however it ends, closes it.
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NTLM_USER_FILE: file('users', `${users.join('\n')}\n`) },
  })
  const events: GssEvent[] = []
  const news = new EventEmitter()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`gss-server.py ended with ${code ?? 'a signal'}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said: GssEvent & { port?: number } = JSON.parse(line)
      if (said.port !== undefined) return resolve(said.port)
      events.push(said)
      news.emit('event')
    })
  })
  return {
    port,
    events: () => events,
    async told(kind, atLeast) {
      for (;;) {
        const found = events.filter((event) => event[kind] !== undefined)
        if (found.length >= atLeast) return found
        await once(news, 'event', { signal: AbortSignal.timeout(10_000) })
      }
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
    async abandon() {
      child.stdin.destroy()
      await ended
    },
  }
}

function missing(): string | undefined {
  if (!existsSync(python)) return `${python} is missing`
  try {
    execFileSync(
      python,
      [
        '-c',
        'import gssapi; gssapi.Credentials(usage="accept", mechs=[gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")])',
      ],
      { stdio: 'pipe', env: { ...process.env, NTLM_USER_FILE: '/dev/null' } },
    )
    return undefined
  } catch {
    return 'the packages gss-ntlmssp and python3-gssapi are missing'
  }
}
