/** A test SSH server that asks for passwords in every way; OpenSSH does so only for accounts of the machine. */
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync } from 'node:crypto'
import ssh2, { type AuthContext, type Connection } from 'ssh2'

export interface PasswordServer {
  readonly port: number
  /** The proofs that were shown, in order: method and what was said. */
  readonly shown: readonly string[]
  stop(): Promise<void>
}

export type Asking = 'password' | 'keyboard-interactive' | 'both' | 'one-time-code' | 'second-factor' | 'expired'

/** Lets `operator` in with the password `right`, asked for as `asking` says; answers once `leave` is there. `onShown` is told of each proof as it comes; `hangsUp` leaves whoever is let in. */
export async function startPasswordServer(
  asking: Asking,
  {
    leave = Promise.resolve(),
    onShown,
    hangsUp = false,
  }: { readonly leave?: Promise<void>; readonly onShown?: () => void; readonly hangsUp?: boolean } = {},
): Promise<PasswordServer> {
  const shown: string[] = []
  const open = new Set<Connection>()
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    open.add(connection)
    if (hangsUp)
      connection.on('ready', () => {
        connection.end()
      })
    connection.on('error', () => undefined).on('close', () => open.delete(connection))
    connection.on('authentication', (context) => {
      if (context.method === 'password') onShown?.()
      void (context.method === 'none' ? Promise.resolve() : leave).then(() => {
        answer(context, asking, shown)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    shown,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        open.forEach((connection) => connection.end())
      }),
  }
}

const ways = {
  password: ['password'],
  'keyboard-interactive': ['keyboard-interactive'],
  both: ['password', 'keyboard-interactive'],
  'one-time-code': ['keyboard-interactive'],
  'second-factor': ['password'],
  expired: ['password'],
} as const satisfies Record<Asking, readonly string[]>

function answer(context: AuthContext, asking: Asking, shown: string[]): void {
  const offered = [...ways[asking]]
  if (context.method === 'password' && offered.some((way) => way === 'password')) {
    shown.push(`password ${context.password}`)
    if (asking === 'expired') {
      context.requestChange('Your password has expired.', () => undefined)
      return
    }
    if (context.password !== 'right') {
      context.reject(offered)
      return
    }
    if (asking === 'second-factor') context.reject(['keyboard-interactive'], true)
    else context.accept()
    return
  }
  if (context.method === 'keyboard-interactive' && offered.some((way) => way === 'keyboard-interactive')) {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      shown.push(`keyboard-interactive ${answers.join()}`)
      if (answers[0] !== 'right') {
        context.reject(offered)
        return
      }
      if (asking !== 'one-time-code') {
        context.accept()
        return
      }
      context.prompt([{ prompt: 'Code: ', echo: false }], (codes) => {
        shown.push(`code ${codes.join()}`)
        context.reject()
      })
    })
    return
  }
  context.reject(offered)
}
