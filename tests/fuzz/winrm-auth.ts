/**
 * Owns feeding rubbish to everything that reads what a WinRM host says before and while it is signed in: NTLM, SPNEGO, certificates, sealed bodies, header lines.
 * Run: node tests/fuzz/winrm-auth.ts [COUNT] [SEED]. Ends with 1 at the first input that does anything but be read or be refused as unreadable, and prints it.
 */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { FailureError } from '../../domain/failure.ts'
import { decodeAvPairs } from '../../main/transports/winrm/auth/av-pairs.ts'
import { channelBinding } from '../../main/transports/winrm/auth/channel-binding.ts'
import { ntlmContext } from '../../main/transports/winrm/auth/ntlm-context.ts'
import { decodeChallenge } from '../../main/transports/winrm/auth/ntlm-messages.ts'
import { ntlmSealing } from '../../main/transports/winrm/auth/sealing.ts'
import { readNegotiate, writeNegotiate } from '../../main/transports/winrm/auth/spnego.ts'
import { offersOf } from '../../main/transports/winrm/http/challenges.ts'
import { decodeSealed, encodeSealed } from '../../main/transports/winrm/http/sealed-body.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/winrm/${name}`, import.meta.url))
const count = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? randomInt(2 ** 31))
const next = mulberry32(seed)
const below = (n: number) => Math.floor(next() * n)

const key = Buffer.alloc(16, 5)
const captured: { challenge: string }[] = JSON.parse(fixture('pyspnego/ntlm-captured.json').toString()).vectors
const certificates: { cert_der_b64: string }[] = JSON.parse(fixture('pypsrp/cbt-vectors.json').toString()).vectors
const challenges = captured.map(({ challenge }) => Buffer.from(challenge, 'hex'))

interface Target {
  readonly name: string
  readonly seeds: readonly Buffer[]
  readonly read: (bytes: Buffer) => unknown
}

const targets: readonly Target[] = [
  { name: 'NTLM challenge', seeds: challenges, read: decodeChallenge },
  { name: 'NTLM sign-in', seeds: challenges, read(bytes) {
    const context = ntlmContext({ user: 'u', domain: '.', password: 'p', workstation: 'W', targetName: 'HTTP/h', sealed: true, clientChallenge: Buffer.alloc(8), sessionKey: key, now: 0 })
    context.negotiate()
    return context.authenticate(bytes)
  } },
  { name: 'attributes', seeds: challenges.map((bytes) => bytes.subarray(bytes.readUInt32LE(44))), read: decodeAvPairs },
  { name: 'SPNEGO', seeds: [fixture('pyspnego/neg_token_resp'), ...challenges.map(writeNegotiate)], read: readNegotiate },
  { name: 'certificate', seeds: certificates.map(({ cert_der_b64 }) => Buffer.from(cert_der_b64, 'base64')), read: channelBinding },
  { name: 'sealed body', seeds: [0, 20, 300].map((length) => encodeSealed(ntlmSealing(key, 'server').seal(Buffer.alloc(length)), length)), read: (bytes) => ntlmSealing(key).unseal(decodeSealed(bytes)) },
  { name: 'WWW-Authenticate', seeds: ['Negotiate TlRMTVNTUAA=, Kerberos, Basic realm="a, \\"b\\" c"', 'Negotiate,Basic'].map((text) => Buffer.from(text)), read: (bytes) => offersOf(['WWW-Authenticate', bytes.toString('latin1')]) },
]
const expected = new Set(['bad-answer', 'ntlm-weak', 'answer-altered'])
const tally = new Map(targets.map(({ name }) => [name, { read: 0, refused: 0, slowestMs: 0 }]))

for (let n = 0; n < count; n++) {
  const target = targets[n % targets.length]!
  const bytes = damage(target.seeds[below(target.seeds.length)]!)
  const line = tally.get(target.name)!
  const start = performance.now()
  try {
    target.read(bytes)
    line.read++
  } catch (error) {
    if (!(error instanceof FailureError) || !expected.has(error.failure.code)) {
      process.stdout.write(`${target.name}, input ${n}, seed ${seed}: ${bytes.toString('hex')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      process.exit(1)
    }
    line.refused++
  }
  line.slowestMs = Math.max(line.slowestMs, performance.now() - start)
}
for (const [name, { read, refused, slowestMs }] of tally) process.stdout.write(`${name}: ${read} read, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms\n`)
process.stdout.write(`${count} inputs, seed ${seed}, at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`)

// A few changes of the kinds that find mistakes in lengths; now and then bytes of nothing, or a hundredfold repetition.
function damage(whole: Buffer): Buffer {
  if (below(20) === 0) return Buffer.from(Array.from({ length: below(200) }, () => below(256)))
  let bytes: Buffer = Buffer.from(whole)
  for (let change = below(4); change >= 0 && bytes.length > 0; change--) {
    const at = below(bytes.length)
    switch (below(6)) {
      case 0: bytes[at] = below(256); break
      case 1: bytes[at] = [0, 1, 0x7f, 0x80, 0xff][below(5)]!; break
      case 2: bytes = bytes.subarray(0, at); break
      case 3: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(bytes.length))]); break
      case 4: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256)]), bytes.subarray(at)]); break
      default: if (below(50) === 0 && bytes.length < 2_000) bytes = Buffer.concat(Array.from({ length: 100 }, () => bytes)); else bytes[at]! ^= 1 << below(8)
    }
  }
  return bytes
}

function mulberry32(start: number): () => number {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
