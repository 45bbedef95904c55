/**
 * The part of SPNEGO (RFC 4178) that we need: a host may wrap its NTLM messages in it, and then expects ours wrapped
 * too.
 */
import { der, derElements } from './der.ts'
import { malformed } from './failures.ts'
import { signature } from './ntlm-messages.ts'
import { formatText } from './text.ts'

/**
 * What a Negotiate header carried: NTLM as it is, or in a negTokenResp. `token` is absent where the host only said how
 * it ended.
 */
export interface NegotiateToken {
  readonly wrapped: boolean
  readonly rejected: boolean
  readonly token?: Buffer
}

const what = formatText.negotiateToken
const context = (n: number) => 0xa0 | n
const sequence = 0x30
const octetString = 0x04
const enumerated = 0x0a
const rejectedState = 2

/**
 * Reads what the server answered. We begin with bare NTLM, which Windows takes under Negotiate and answers in kind.
 * Throws `bad-answer`.
 */
export function readNegotiate(bytes: Buffer): NegotiateToken {
  if (bytes.subarray(0, signature.length).equals(signature)) return { wrapped: false, rejected: false, token: bytes }
  const fields = derElements(only(only(bytes, context(1)), sequence), what)
  const state = fields.find(({ tag }) => tag === context(0))
  const response = fields.find(({ tag }) => tag === context(2))
  return {
    wrapped: true,
    rejected: state !== undefined && only(state.content, enumerated)[0] === rejectedState,
    ...(response && { token: only(response.content, octetString) }),
  }
}

/** A negTokenResp that carries a token of ours. */
export function writeNegotiate(token: Buffer): Buffer {
  return der(context(1), der(sequence, der(context(2), der(octetString, token))))
}

function only(bytes: Buffer, tag: number): Buffer {
  const [element, ...rest] = derElements(bytes, what)
  if (element?.tag !== tag || rest.length > 0) throw malformed(what, formatText.noPart(tag))
  return element.content
}
