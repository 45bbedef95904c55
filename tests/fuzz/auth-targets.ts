/** Fuzz targets before and during sign-in: NTLM, SPNEGO, certificates, sealed bodies, header lines. */
import { readFileSync } from 'node:fs'
import { decodeAvPairs } from '../../main/transports/winrm/auth/av-pairs.ts'
import { channelBinding } from '../../main/transports/winrm/auth/channel-binding.ts'
import { ntlmContext } from '../../main/transports/winrm/auth/ntlm-context.ts'
import { decodeChallenge } from '../../main/transports/winrm/auth/ntlm-messages.ts'
import { ntlmSealing } from '../../main/transports/winrm/auth/sealing.ts'
import { readNegotiate, writeNegotiate } from '../../main/transports/winrm/auth/spnego.ts'
import { offersOf } from '../../main/transports/winrm/http/challenges.ts'
import { decodeSealed, encodeSealed } from '../../main/transports/winrm/http/sealed-body.ts'
import type { Target } from './feed.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/winrm/${name}`, import.meta.url))
const key = Buffer.alloc(16, 5)
const captured: { challenge: string }[] = JSON.parse(fixture('pyspnego/ntlm-captured.json').toString()).vectors
const certificates: { cert_der_b64: string }[] = JSON.parse(fixture('pypsrp/cbt-vectors.json').toString()).vectors
const challenges = captured.map(({ challenge }) => Buffer.from(challenge, 'hex'))

/** Damaged by a byte and more; the refusals are `bad-answer`, `ntlm-weak`, `answer-altered`. */
export const authTargets: readonly Target[] = [
  { name: 'NTLM challenge', seeds: challenges, read: decodeChallenge },
  {
    name: 'NTLM sign-in',
    seeds: challenges,
    read(bytes) {
      const context = ntlmContext({
        user: 'u',
        domain: '.',
        password: 'p',
        workstation: 'W',
        targetName: 'HTTP/h',
        sealed: true,
        clientChallenge: Buffer.alloc(8),
        sessionKey: key,
        now: 0,
      })
      context.negotiate()
      return context.authenticate(bytes)
    },
  },
  { name: 'attributes', seeds: challenges.map((bytes) => bytes.subarray(bytes.readUInt32LE(44))), read: decodeAvPairs },
  {
    name: 'SPNEGO',
    seeds: [fixture('pyspnego/neg_token_resp'), ...challenges.map(writeNegotiate)],
    read: readNegotiate,
  },
  {
    name: 'certificate',
    seeds: certificates.map(({ cert_der_b64 }) => Buffer.from(cert_der_b64, 'base64')),
    read: channelBinding,
  },
  {
    name: 'sealed body',
    seeds: [0, 20, 300].map((length) => encodeSealed(ntlmSealing(key, 'server').seal(Buffer.alloc(length)), length)),
    read: (bytes) => ntlmSealing(key).unseal(decodeSealed(bytes)),
  },
  {
    name: 'WWW-Authenticate',
    seeds: ['Negotiate TlRMTVNTUAA=, Kerberos, Basic realm="a, \\"b\\" c"', 'Negotiate,Basic'].map((text) =>
      Buffer.from(text),
    ),
    read: (bytes) => offersOf(['WWW-Authenticate', bytes.toString('latin1')]),
  },
]
