/** How plan and vault entry become a way to sign in. */
import { createServer } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { toFailure } from '../../../../domain/base/failure.ts'
import { Reach } from '../../../../domain/plan/host.ts'
import type { Credential } from '../../../../main/engine/ports.ts'
import { authOf, connectByHttp } from '../../../../main/transports/winrm/connection-settings.ts'
import { standardLimits } from '../../../../main/transports/winrm/limits.ts'
import type { WinrmReach } from '../../../../main/transports/winrm/transport.ts'
import { httpAnswer, makeCertificate, memoryTrust, patient, startScripted } from './http/reach.ts'

const peer = { name: 'H1', address: '10.0.0.1', port: 5986 }
const password: Credential = { kind: 'password', user: 'SITE\\installer', password: 'not-a-secret' }
const block = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----`
const key = (privateKey: string): Credential => ({ kind: 'key', user: 'installer', privateKey, passphrase: 'p' })

function reach(auth?: string): WinrmReach {
  return Reach.parse({ kind: 'winrm', ...(auth !== undefined && { auth }) }) as WinrmReach
}

function refusal(way: string, credential: Credential) {
  try {
    return authOf(peer, reach(way), credential)
  } catch (error) {
    return `${toFailure(error).kind} ${toFailure(error).code}`
  }
}

describe('a credential for WinRM', () => {
  test('is NTLM unless the plan says otherwise', () => {
    expect(authOf(peer, reach(), password)).toEqual({ kind: 'ntlm', user: 'SITE\\installer', password: 'not-a-secret' })
    expect(authOf(peer, reach('basic'), password).kind).toBe('basic')
  })

  test('is a certificate with its key, in whatever order they stand', () => {
    for (const parts of [
      ['CERTIFICATE', 'PRIVATE KEY'],
      ['ENCRYPTED PRIVATE KEY', 'CERTIFICATE'],
    ]) {
      const [first, second] = parts.map(block)
      const auth = authOf(peer, reach('certificate'), key(`${first}\n${second}\n`))
      expect(auth).toEqual({
        kind: 'certificate',
        certificate: block('CERTIFICATE'),
        privateKey: parts.map(block).find((one) => one.includes('KEY')),
        passphrase: 'p',
      })
    }
  })

  test('that cannot be shown that way is refused before anything is sent', () => {
    expect(refusal('ntlm', key(block('PRIVATE KEY')))).toBe('credential wrong-kind')
    expect(refusal('kerberos', key(block('PRIVATE KEY')))).toBe('credential wrong-kind')
    expect(authOf(peer, reach('kerberos'), { kind: 'agent', user: 'x' })).toEqual({ kind: 'kerberos', user: 'x' })
    expect(refusal('certificate', password)).toBe('credential wrong-kind')
    expect(refusal('certificate', key(block('PRIVATE KEY')))).toBe('credential certificate-incomplete')
  })
})

test('each request that shows a password waits under its own signal: the one that the connection was opened under is long over', async () => {
  const made = makeCertificate()
  const server = await startScripted(
    (socket) => socket.write(httpAnswer(200, [], '<ok/>')),
    (onSocket) => createServer({ cert: made.certificate, key: made.key }, onSocket),
  )
  try {
    const opening = new AbortController()
    const exchange = await connectByHttp(memoryTrust())(
      { name: 'H1', address: '127.0.0.1', port: server.port },
      reach('basic'),
      password,
      standardLimits,
    )(opening.signal)
    opening.abort(new Error('the step that opened it is over'))
    expect(await exchange.send('<hello/>', { signal: patient(), timeoutMs: 3_000 })).toEqual({
      status: 200,
      body: '<ok/>',
    })
    await expect(
      exchange.send('<hello/>', { signal: AbortSignal.abort(new Error('called off')), timeoutMs: 3_000 }),
    ).rejects.toThrow('called off')
    exchange.close()
  } finally {
    await server.stop()
  }
})
