import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError, toFailure } from '../../../../../domain/base/failure.ts'
import {
  avId,
  avValue,
  decodeAvPairs,
  encodeAvPairs,
  type AvPair,
} from '../../../../../main/transports/winrm/auth/av-pairs.ts'
import { channelBinding } from '../../../../../main/transports/winrm/auth/channel-binding.ts'
import { loadKerberos } from '../../../../../main/transports/winrm/auth/kerberos.ts'
import { ntlmContext, type NtlmInput } from '../../../../../main/transports/winrm/auth/ntlm-context.ts'
import { hmacMd5, proof, responseKey } from '../../../../../main/transports/winrm/auth/ntlm-keys.ts'
import {
  decodeChallenge,
  encodeAuthenticate,
  encodeNegotiate,
  micOffset,
  ntlmFlag,
} from '../../../../../main/transports/winrm/auth/ntlm-messages.ts'
import { rc4 } from '../../../../../main/transports/winrm/auth/rc4.ts'
import { ntlmSealing } from '../../../../../main/transports/winrm/auth/sealing.ts'
import { readNegotiate, writeNegotiate } from '../../../../../main/transports/winrm/auth/spnego.ts'
import { splitUser } from '../../../../../main/transports/winrm/auth/winrm-auth.ts'
import { chanceBytes } from '../../../../builders/chance.ts'
import { decodeAuthenticate, encodeChallenge } from './ntlm-peer.ts'

const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((value) => Buffer.from(value))
const pairs = fc.array(fc.record({ id: fc.integer({ min: 1, max: 0xffff }), value: bytes(0, 40) }), { maxLength: 20 })
const flags = fc.integer({ min: 0, max: 0xffffffff })
const everything = 0xe28a8235
const serverChallenge = Buffer.from('0123456789abcdef', 'hex')
const timestamp: AvPair = { id: avId.timestamp, value: Buffer.from('feb44e1b5b24d601', 'hex') }
const input: NtlmInput = {
  user: 'operator',
  domain: 'SITE',
  password: 'secret',
  workstation: 'DESK',
  targetName: 'HTTP/run001',
  sealed: true,
  clientChallenge: chanceBytes('client challenge', 8),
  sessionKey: chanceBytes('session key', 16),
  now: 0,
}

// What a decoder throws is for the operator, whatever the bytes were.
function onlyFailures(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    expect(error.failure.code).toBe('bad-answer')
  }
}

describe('NTLM messages', () => {
  test('what is written is read again', () => {
    fc.assert(
      fc.property(flags, bytes(8, 8), pairs, (flags, serverChallenge, attributes) => {
        expect(decodeChallenge(encodeChallenge({ flags, serverChallenge, attributes }))).toEqual({
          flags,
          serverChallenge,
          attributes,
        })
      }),
    )
    fc.assert(
      fc.property(pairs, (attributes) => {
        expect(decodeAvPairs(encodeAvPairs(attributes))).toEqual(attributes)
      }),
    )
    const text = fc.string({ maxLength: 30, unit: 'grapheme' })
    fc.assert(
      fc.property(
        fc.record({
          flags,
          domain: text,
          user: text,
          workstation: text,
          lmResponse: bytes(24, 24),
          ntResponse: bytes(44, 300),
          encryptedSessionKey: bytes(16, 16),
        }),
        fc.option(bytes(16, 16)),
        (fields, mic) => {
          const message = { ...fields, ...(mic && { mic }) }
          expect(decodeAuthenticate(encodeAuthenticate(message))).toEqual(message)
        },
      ),
    )
    fc.assert(
      fc.property(bytes(1, 70_000), (token) => {
        expect(readNegotiate(writeNegotiate(token)).token).toEqual(token)
      }),
      { numRuns: 20 },
    )
  })

  test('any bytes, and any damage to a good message, end in a failure for the operator or in a message', () => {
    const challenge = encodeChallenge({ flags: everything, serverChallenge, attributes: [timestamp] })
    const damaged = fc
      .tuple(fc.nat(challenge.length - 1), fc.nat(255), fc.nat(challenge.length))
      .map(([at, value, length]) => {
        const copy = Buffer.from(challenge)
        copy[at] = value
        return copy.subarray(0, length)
      })
    fc.assert(
      fc.property(fc.oneof(bytes(0, 300), damaged), (message) => {
        onlyFailures(() => decodeChallenge(message))
        onlyFailures(() => readNegotiate(message))
        onlyFailures(() => readNegotiate(writeNegotiate(message)))
        onlyFailures(() => decodeAvPairs(message))
        onlyFailures(() => channelBinding(message))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a message of endless attributes is refused before it is kept', () => {
    expect(
      toFailureOf(() =>
        decodeChallenge(
          encodeChallenge({
            flags: everything,
            serverChallenge,
            attributes: Array.from({ length: 65 }, () => timestamp),
          }),
        ),
      ),
    ).toMatchObject({ code: 'bad-answer' })
    expect(
      toFailureOf(() =>
        decodeChallenge(
          Buffer.concat([
            encodeChallenge({ flags: everything, serverChallenge, attributes: [] }),
            Buffer.alloc(20_000),
          ]),
        ),
      ),
    ).toMatchObject({ code: 'bad-answer' })
  })
})

describe('an NTLM sign-in', () => {
  const signIn = (over: Partial<NtlmInput> = {}, attributes: readonly AvPair[] = [timestamp], flags = everything) => {
    const context = ntlmContext({ ...input, ...over })
    const negotiate = context.negotiate()
    const challenge = encodeChallenge({ flags, serverChallenge, attributes })
    const { token } = context.authenticate(challenge)
    return { negotiate, challenge, token, said: decodeAuthenticate(token) }
  }

  test('the first message names nobody and asks for sealing with 128 bits', () => {
    expect(ntlmContext(input).negotiate()).toEqual(encodeNegotiate(0xe2088235))
    expect(encodeNegotiate(0xe2088235).toString('hex')).toBe(
      '4e544c4d5353500001000000358208e2000000000000000000000000000000000a0063450000000f',
    )
  })

  test('a server that tells its time gets a MIC over all three messages, no LM response, and its own words back under the proof', () => {
    const binding = chanceBytes('channel binding', 16)
    const { negotiate, challenge, token, said } = signIn({ channelBinding: binding }, [
      { id: avId.computerName, value: Buffer.from('H', 'utf16le') },
      timestamp,
    ])
    const temp = said.ntResponse.subarray(16)
    const attributes = decodeAvPairs(temp.subarray(28))
    const made = proof({
      responseKey: responseKey('operator', 'SITE', 'secret'),
      serverChallenge,
      clientChallenge: input.clientChallenge,
      time: timestamp.value,
      attributes,
    })
    expect(said.ntResponse).toEqual(made.ntResponse)
    expect(rc4(made.sessionBaseKey)(said.encryptedSessionKey)).toEqual(input.sessionKey)
    expect(said.lmResponse).toEqual(Buffer.alloc(24))
    expect(avValue(attributes, avId.flags)?.readUInt32LE()).toBe(2)
    expect(avValue(attributes, avId.channelBindings)).toEqual(binding)
    expect(avValue(attributes, avId.targetName)?.toString('utf16le')).toBe('HTTP/run001')
    expect(avValue(attributes, avId.computerName)?.toString('utf16le')).toBe('H')
    const blank = Buffer.from(token)
    blank.fill(0, micOffset, micOffset + 16)
    expect(said.mic).toEqual(hmacMd5(input.sessionKey, negotiate, challenge, blank))
  })

  test('a server without a time gets an LM response and no MIC', () => {
    const { said } = signIn({}, [])
    expect(said.mic).toBeUndefined()
    expect(said.lmResponse.subarray(16)).toEqual(input.clientChallenge)
  })

  test('users: of a domain, of the host itself, by principal name; capitals as Windows makes them', () => {
    expect(splitUser('SITE\\operator')).toEqual({ domain: 'SITE', user: 'operator' })
    expect(splitUser('operator@site.local')).toEqual({ domain: '', user: 'operator@site.local' })
    const own = signIn(splitUser('.\\operator'), [
      { id: avId.computerName, value: Buffer.from('RUN001', 'utf16le') },
      timestamp,
    ]).said
    expect([own.domain, own.user]).toEqual(['RUN001', 'operator'])
    expect(responseKey('stra\u00dfe', 'd', 'p')).toEqual(responseKey('STRA\u00dfE', 'd', 'p'))
    expect(responseKey('stra\u00dfe', 'd', 'p')).not.toEqual(responseKey('STRASSE', 'd', 'p'))
    expect(responseKey('u', 'Site', 'p')).not.toEqual(responseKey('u', 'SITE', 'p'))
  })

  test('a server that would not seal, or only with weak keys, is not shown the password', () => {
    for (const missing of [
      ntlmFlag.seal,
      ntlmFlag.sign,
      ntlmFlag.key128,
      ntlmFlag.keyExchange,
      ntlmFlag.extendedSecurity,
      ntlmFlag.unicode,
    ])
      expect(toFailureOf(() => signIn({}, [timestamp], (everything & ~missing) >>> 0))).toMatchObject({
        kind: 'host',
        code: 'ntlm-weak',
        retry: 'never',
      })
    expect(signIn({ sealed: false }, [timestamp], (everything & ~ntlmFlag.seal) >>> 0).said.user).toBe('operator')
  })

  test('the steps come once and in order', () => {
    const context = ntlmContext(input)
    expect(() => context.authenticate(Buffer.alloc(0))).toThrow(/NTLM is at new/)
    context.negotiate()
    expect(() => context.negotiate()).toThrow(/NTLM is at asked/)
  })
})

describe('sealing', () => {
  test('both sides understand each other message by message; a message left out, repeated, or with one bit changed is refused', () => {
    fc.assert(
      fc.property(
        bytes(16, 16),
        fc.array(bytes(0, 200), { minLength: 2, maxLength: 8 }),
        fc.nat(),
        (key, messages, spot) => {
          const [client, server] = [ntlmSealing(key), ntlmSealing(key, 'server')]
          for (const message of messages) expect(server.unseal(client.seal(message))).toEqual(message)
          const once = server.seal(Buffer.from('once'))
          expect(client.unseal(once).toString()).toBe('once')
          expect(toFailureOf(() => client.unseal(once))).toMatchObject({ kind: 'trust', code: 'answer-altered' })

          const [sender, receiver, skipped] = [ntlmSealing(key, 'server'), ntlmSealing(key), ntlmSealing(key)]
          const sealed = sender.seal(messages[0]!)
          const whole = Buffer.concat([sealed.header, sealed.body])
          whole[spot % whole.length]! ^= 1 << (spot % 8)
          expect(
            toFailureOf(() => receiver.unseal({ header: whole.subarray(0, 16), body: whole.subarray(16) })),
          ).toMatchObject({ code: 'answer-altered' })
          expect(toFailureOf(() => skipped.unseal(sender.seal(messages[1]!)))).toMatchObject({ code: 'answer-altered' })
          expect(toFailureOf(() => skipped.unseal({ header: Buffer.alloc(15), body: Buffer.alloc(0) }))).toMatchObject({
            code: 'answer-altered',
          })
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('Kerberos', () => {
  test('a plan that asks for it on a workstation without the package is told what to install', async () => {
    const missing = await loadKerberos(() => Promise.reject(new Error('Cannot find package'))).catch(toFailure)
    expect(missing).toMatchObject({ kind: 'workstation', code: 'kerberos-missing', retry: 'never' })
    expect(await loadKerberos(async () => ({ default: {} })).catch(toFailure)).toMatchObject({
      code: 'kerberos-missing',
    })
    const real = { GSS_MECH_OID_SPNEGO: 6, initializeClient: () => Promise.reject(new Error('none')) }
    expect(await loadKerberos(async () => ({ default: real }))).toBe(real)
  })
})

function toFailureOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    return toFailure(error)
  }
  throw new Error('it ended well')
}
