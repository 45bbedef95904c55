/** A scripted host that asks for NTLM and accepts nobody's password. Nothing of Windows answers. */
import { encodeChallenge } from '../auth/ntlm-peer.ts'
import { httpAnswer, startScripted, type ScriptedServer } from './reach.ts'

export interface RefusingHost extends ScriptedServer {
  /** How often a password was shown to it. */
  shown(): number
}

const challenge = encodeChallenge({
  flags: 0xe28a8235,
  serverChallenge: Buffer.alloc(8, 7),
  attributes: [{ id: 7, value: Buffer.alloc(8, 1) }],
}).toString('base64')
const tokenIn = (request: string) => /^authorization: negotiate (\S+)/im.exec(request)?.[1]
// What NTLM shows a password with is its third message.
const showsPassword = (request: string) =>
  Buffer.from(tokenIn(request) ?? '', 'base64').includes(Buffer.from('NTLMSSP\0\x03\0\0\0', 'latin1'))

/** Asks whoever comes to sign in by Negotiate, with that token. */
export const negotiate = (token = '') =>
  httpAnswer(401, ['Server: Microsoft-HTTPAPI/2.0', `WWW-Authenticate: Negotiate${token === '' ? '' : ` ${token}`}`])

export async function startRefusing(): Promise<RefusingHost> {
  let shown = 0
  const server = await startScripted((socket, request) => {
    if (showsPassword(request)) shown++
    socket.write(negotiate(tokenIn(request) === undefined || showsPassword(request) ? '' : challenge))
  })
  return { ...server, shown: () => shown }
}
