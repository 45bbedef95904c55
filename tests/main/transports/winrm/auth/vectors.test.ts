import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeAvPairs, avId, avValue } from '../../../../../main/transports/winrm/auth/av-pairs.ts'
import { channelBinding } from '../../../../../main/transports/winrm/auth/channel-binding.ts'
import { md4 } from '../../../../../main/transports/winrm/auth/md4.ts'
import {
  directionKeys,
  encryptSessionKey,
  hmacMd5,
  lmProof,
  proof,
  responseKey,
} from '../../../../../main/transports/winrm/auth/ntlm-keys.ts'
import { decodeChallenge, micOffset } from '../../../../../main/transports/winrm/auth/ntlm-messages.ts'
import { rc4 } from '../../../../../main/transports/winrm/auth/rc4.ts'
import { ntlmSealing } from '../../../../../main/transports/winrm/auth/sealing.ts'
import { readNegotiate } from '../../../../../main/transports/winrm/auth/spnego.ts'
import { decodeAuthenticate } from './ntlm-peer.ts'

const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/winrm/${name}`, import.meta.url))
const hex = (text: string) => Buffer.from(text, 'hex')

describe('published vectors of the ciphers', () => {
  test('MD4: RFC 1320 appendix A.5', () => {
    const vectors: Record<string, string> = {
      '': '31d6cfe0d16ae931b73c59d7e0c089c0',
      a: 'bde52cb31de33e46245e05fbdbd6fb24',
      abc: 'a448017aaf21d8525fc10ae87aa6729d',
      'message digest': 'd9130a8164549fe818874806e1c7014b',
      abcdefghijklmnopqrstuvwxyz: 'd79e1c308aa5bbcdeea8ed63df412da9',
      ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: '043f8582f241db351ce627e153e7f0e4',
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890':
        'e33b4ddc9c38f2199c3e7b164fcc0536',
    }
    for (const [text, digest] of Object.entries(vectors)) expect(md4(Buffer.from(text)).toString('hex')).toBe(digest)
  })

  test('RC4: RFC 6229, keys of 40 and 128 bits, at the beginning and after 4096 bytes', () => {
    const stream = rc4(hex('0102030405'))(Buffer.alloc(4_112))
    expect(stream.subarray(0, 16).toString('hex')).toBe('b2396305f03dc027ccc3524a0a1118a8')
    expect(stream.subarray(4_096).toString('hex')).toBe('ff25b58995996707e51fbdf08b34d875')
    expect(rc4(hex('0102030405060708090a0b0c0d0e0f10'))(Buffer.alloc(16)).toString('hex')).toBe(
      '9ac7cc9a609d1ef7b2932899cde41b97',
    )
  })
})

describe('MS-NLMP 4.2.4', () => {
  const { inputs, ...expected } = JSON.parse(fixture('ms-nlmp-4.2.4-ntlmv2.json').toString())
  const key = responseKey(inputs.User, inputs.UserDom, inputs.Passwd)
  const sessionKey = hex(inputs.RandomSessionKey)

  test('from the password to the session key', () => {
    const made = proof({
      responseKey: key,
      serverChallenge: hex(inputs.ServerChallenge),
      clientChallenge: hex(inputs.ClientChallenge),
      time: hex(inputs.Time),
      attributes: decodeAvPairs(hex(expected.target_info)),
    })
    expect(key.toString('hex')).toBe(expected.NTOWFv2)
    expect(made.ntProof.toString('hex')).toBe(expected.NTProofStr)
    expect(made.ntResponse.toString('hex')).toBe(`${expected.NTProofStr}${expected.temp}`)
    expect(made.sessionBaseKey.toString('hex')).toBe(expected.SessionBaseKey)
    expect(lmProof(key, hex(inputs.ServerChallenge), hex(inputs.ClientChallenge)).toString('hex')).toBe(
      expected.LMv2Response,
    )
    expect(encryptSessionKey(made.sessionBaseKey, sessionKey).toString('hex')).toBe(expected.EncryptedRandomSessionKey)
  })

  test('signing and sealing keys, and two messages one after the other', () => {
    const client = directionKeys(sessionKey, 'client-to-server')
    const server = directionKeys(sessionKey, 'server-to-client')
    expect([client.sign, server.sign, client.seal, server.seal].map((bytes) => bytes.toString('hex'))).toEqual([
      expected.ClientSignKey,
      expected.ServerSignKey,
      expected.ClientSealKey,
      expected.ServerSealKey,
    ])
    const sealing = ntlmSealing(sessionKey)
    for (const message of [expected.wrap.seq0, expected.wrap.seq1_same_rc4_stream_NOT_in_MS_doc]) {
      const { header, body } = sealing.seal(hex(expected.wrap.plaintext))
      expect({ signature: header.toString('hex'), sealed: body.toString('hex') }).toEqual(message)
    }
  })
})

describe('captured sign-ins of Windows, Linux and macOS', () => {
  const { vectors } = JSON.parse(fixture('pyspnego/ntlm-captured.json').toString())
  for (const captured of vectors) {
    test(`${captured.scenario}: proof, session key and MIC follow from the password`, () => {
      const challengeBytes = hex(captured.challenge)
      const token = hex(captured.authenticate)
      const challenge = decodeChallenge(challengeBytes)
      const said = decodeAuthenticate(token)
      expect([said.user, said.domain, said.workstation]).toEqual([captured.user, captured.domain, captured.workstation])
      const temp = said.ntResponse.subarray(16)
      const made = proof({
        responseKey: responseKey(said.user, said.domain, captured.password),
        serverChallenge: challenge.serverChallenge,
        clientChallenge: temp.subarray(16, 24),
        time: temp.subarray(8, 16),
        attributes: decodeAvPairs(temp.subarray(28)),
      })
      expect(made.ntProof.toString('hex')).toBe(captured.NTProofStr)
      expect(made.sessionBaseKey.toString('hex')).toBe(captured.SessionBaseKey)
      if (!captured.verified.session_key_matches_doc) return
      const sessionKey =
        (said.flags & 0x40000000) === 0 ? made.sessionBaseKey : rc4(made.sessionBaseKey)(said.encryptedSessionKey)
      expect(sessionKey.toString('hex')).toBe(captured.ExportedSessionKey)
      if (captured.MIC === null || captured.verified.MIC !== true) return
      const blank = Buffer.from(token)
      blank.fill(0, micOffset, micOffset + 16)
      expect(hmacMd5(sessionKey, hex(captured.negotiate), challengeBytes, blank).toString('hex')).toBe(captured.MIC)
    })
  }

  test('they are four, of which three show their session key and a MIC', () => {
    const count = (
      is: (captured: { MIC: string | null; verified: { session_key_matches_doc: boolean; MIC: boolean } }) => boolean,
    ) => vectors.filter(is).length
    expect([
      vectors.length,
      count(({ verified }) => verified.session_key_matches_doc),
      count(({ MIC, verified }) => MIC !== null && verified.MIC),
    ]).toEqual([4, 3, 3])
  })

  test('the bare messages of a Windows server are read', () => {
    const { attributes } = decodeChallenge(fixture('pyspnego/ntlm_challenge'))
    expect(avValue(attributes, avId.timestamp)).toHaveLength(8)
    expect(decodeAuthenticate(fixture('pyspnego/ntlm_authenticate'))).toMatchObject({
      user: expect.stringContaining('vagrant'),
    })
  })

  test('a negTokenResp is unwrapped', () => {
    const { wrapped, rejected, token } = readNegotiate(fixture('pyspnego/neg_token_resp'))
    expect({ wrapped, rejected, length: token?.length, first: token?.[0] }).toEqual({
      wrapped: true,
      rejected: false,
      length: 0x9c,
      first: 0x60,
    })
  })
})

describe('channel bindings (RFC 5929)', () => {
  for (const { cert_sig, cert_der_b64, MsvAvChannelBindings_md5 } of JSON.parse(
    fixture('pypsrp/cbt-vectors.json').toString(),
  ).vectors)
    test(`a certificate signed with ${cert_sig}`, () => {
      expect(channelBinding(Buffer.from(cert_der_b64, 'base64')).toString('hex')).toBe(MsvAvChannelBindings_md5)
    })
})
