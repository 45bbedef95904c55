/**
 * The steps of an NTLM sign-in (negotiate, challenge, authenticate, sealed messages) and what we require of the server.
 */
import { createHash } from 'node:crypto'
import { avFlagMic, avId, avValue, type AvPair } from './av-pairs.ts'
import {
  decodeChallenge,
  encodeAuthenticate,
  encodeNegotiate,
  micOffset,
  ntlmFlag,
  type Challenge,
} from './ntlm-messages.ts'
import { noMd5, ntlmWeak } from './failures.ts'
import { encryptSessionKey, hmacMd5, lmProof, proof, responseKey } from './ntlm-keys.ts'
import { ntlmSealing, type Sealing } from './sealing.ts'

export interface NtlmInput {
  readonly user: string
  /** Empty for a user principal name; `.` for an account of the host itself. */
  readonly domain: string
  readonly password: string
  /** The name of this workstation, for the host's log. */
  readonly workstation: string
  /** The service we mean, for example HTTP/run001.site.local. */
  readonly targetName: string
  /** Sixteen bytes of channel-binding.ts where the connection has TLS. */
  readonly channelBinding?: Buffer
  /** Whether messages will be sealed, so that the server must agree to it. */
  readonly sealed: boolean
  readonly clientChallenge: Buffer
  readonly sessionKey: Buffer
  /** Milliseconds since 1970, for servers that do not tell their own time. */
  readonly now: number
}

/** A sign-in under way. Each call is made once, in this order. */
export interface NtlmContext {
  negotiate(): Buffer
  /** Throws FailureError `bad-answer`, or `ntlm-weak` if the server requests less than we require. */
  authenticate(challenge: Buffer): { readonly token: Buffer; readonly sealing: Sealing }
}

const {
  unicode,
  requestTarget,
  sign,
  seal,
  ntlm,
  alwaysSign,
  extendedSecurity,
  targetInfo,
  version,
  key128,
  keyExchange,
  key56,
} = ntlmFlag
const offered =
  unicode | requestTarget | sign | seal | ntlm | alwaysSign | extendedSecurity | version | key128 | keyExchange | key56
const demanded = unicode | extendedSecurity | key128 | keyExchange
// 1601 to 1970 in units of 100 ns.
const epoch = 116_444_736_000_000_000n

/** Begins a sign-in. Throws FailureError `no-md5` if this workstation does not allow MD5. */
export function ntlmContext(input: NtlmInput): NtlmContext {
  demandMd5()
  const first = encodeNegotiate(offered)
  let step: 'new' | 'asked' | 'done' = 'new'
  const go = (from: typeof step, to: typeof step) => {
    if (step !== from) throw new Error(`NTLM is at ${step}, not at ${from}`)
    step = to
  }
  return {
    negotiate() {
      go('new', 'asked')
      return first
    },
    authenticate(challengeBytes) {
      go('asked', 'done')
      const challenge = decodeChallenge(challengeBytes)
      demandStrength(challenge, input.sealed)
      const unfinished = answer(challenge, input)
      const token = encodeAuthenticate(unfinished)
      if (unfinished.mic) hmacMd5(input.sessionKey, first, challengeBytes, token).copy(token, micOffset)
      return { token, sealing: ntlmSealing(input.sessionKey) }
    },
  }
}

function answer(challenge: Challenge, input: NtlmInput) {
  const timestamp = avValue(challenge.attributes, avId.timestamp)
  // A server that tells its time gets a MIC and no LM response (MS-NLMP 3.1.5.1.2).
  const withMic = timestamp?.length === 8
  const domain =
    input.domain === '.' ? (avValue(challenge.attributes, avId.computerName)?.toString('utf16le') ?? '') : input.domain
  const key = responseKey(input.user, domain, input.password)
  const { serverChallenge } = challenge
  const { clientChallenge } = input
  const time = withMic ? timestamp : fileTime(input.now)
  const { ntResponse, sessionBaseKey } = proof({
    responseKey: key,
    serverChallenge,
    clientChallenge,
    time,
    attributes: answeredAttributes(challenge.attributes, input, withMic),
  })
  return {
    flags: challenge.flags & (offered | targetInfo),
    domain,
    user: input.user,
    workstation: input.workstation,
    lmResponse: withMic ? Buffer.alloc(24) : lmProof(key, serverChallenge, clientChallenge),
    ntResponse,
    encryptedSessionKey: encryptSessionKey(sessionBaseKey, input.sessionKey),
    ...(withMic && { mic: Buffer.alloc(16) }),
  }
}

// The server's attributes go back to it under the proof, with ours: no machine on the path can remove one.
function answeredAttributes(said: readonly AvPair[], input: NtlmInput, withMic: boolean): AvPair[] {
  const flags = Buffer.alloc(4)
  const saidFlags = avValue(said, avId.flags)
  flags.writeUInt32LE(((saidFlags?.length === 4 ? saidFlags.readUInt32LE() : 0) | (withMic ? avFlagMic : 0)) >>> 0)
  const ours: AvPair[] = [
    ...(flags.readUInt32LE() === 0 ? [] : [{ id: avId.flags, value: flags }]),
    { id: avId.channelBindings, value: input.channelBinding ?? Buffer.alloc(16) },
    { id: avId.targetName, value: Buffer.from(input.targetName, 'utf16le') },
  ]
  return [
    ...said.filter(({ id }) => id !== avId.flags && id !== avId.channelBindings && id !== avId.targetName),
    ...ours,
  ]
}

function demandStrength(challenge: Challenge, sealed: boolean): void {
  const wanted = demanded | (sealed ? sign | seal : 0)
  if ((challenge.flags & wanted) === wanted) return
  throw ntlmWeak(sealed, challenge.flags)
}

function demandMd5(): void {
  try {
    createHash('md5')
  } catch {
    throw noMd5()
  }
}

function fileTime(now: number): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE(BigInt(Math.trunc(now)) * 10_000n + epoch)
  return time
}
