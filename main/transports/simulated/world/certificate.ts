/**
 * Certificates of practice sites: real X.509, made from the seed, so that the same site always presents the same ones.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { organisation } from '../text.ts'
import { bits, integer, sequence, time, tlv } from '../../shared/write-der.ts'

export interface PracticeCertificate {
  readonly der: Buffer
  /** Of the DER, lower-case hexadecimal. */
  readonly sha256: string
  readonly commonName: string
  readonly key: KeyObject
}

export interface PracticeCertificateOptions {
  readonly seed: number
  readonly commonName: string
  /** DNS names and IPv4 addresses it is for. */
  readonly names?: readonly string[]
  /** Who signs it; itself unless given. */
  readonly issuer?: PracticeCertificate
}

// Fixed, so that the bytes depend on the seed alone; long enough for any rehearsal.
const validFrom = '260101000000Z'
const validTo = '460101000000Z'

/** Makes an Ed25519 certificate (RFC 5280, RFC 8410); the same options always give the same bytes. */
export function practiceCertificate(options: PracticeCertificateOptions): PracticeCertificate {
  const { seed, commonName, issuer } = options
  const key = keyOf(seed, commonName)
  const algorithm = sequence(tlv(0x06, Buffer.from('2b6570', 'hex')))
  const serial = createHash('sha256').update(`serial ${seed} ${commonName}`).digest().subarray(0, 12)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name(issuer?.commonName ?? commonName),
    sequence(time(validFrom), time(validTo)),
    name(commonName),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions(options.names ?? [], issuer === undefined))),
  )
  const der = sequence(body, algorithm, bits(sign(null, body, issuer?.key ?? key)))
  return { der, sha256: createHash('sha256').update(der).digest('hex'), commonName, key }
}

/** The facts of a certificate as verbs return them; dates are ISO 8601 UTC. Cached. */
export function readCertificate(derBase64: string): {
  sha256: string
  subject: string
  issuer: string
  notBefore: string
  notAfter: string
} {
  const known = read.get(derBase64)
  if (known) return known
  const der = Buffer.from(derBase64, 'base64')
  const x509 = new X509Certificate(der)
  const facts = {
    sha256: createHash('sha256').update(der).digest('hex'),
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    notBefore: x509.validFromDate.toISOString(),
    notAfter: x509.validToDate.toISOString(),
  }
  read.set(derBase64, facts)
  return facts
}

const read = new Map<string, ReturnType<typeof readCertificate>>()

function keyOf(seed: number, commonName: string): KeyObject {
  const secret = createHash('sha256').update(`practice key ${seed} ${commonName}`).digest()
  return createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]),
    format: 'der',
    type: 'pkcs8',
  })
}

// X509Certificate writes one attribute a line, most general first; Windows writes one line, most specific first.
function oneLine(distinguishedName: string): string {
  return distinguishedName.split('\n').toReversed().join(', ')
}

function extensions(names: readonly string[], authority: boolean): Buffer[] {
  const basic = sequence(
    tlv(0x06, Buffer.from('551d13', 'hex')),
    tlv(0x01, Buffer.from([0xff])),
    tlv(0x04, authority ? sequence(tlv(0x01, Buffer.from([0xff]))) : sequence()),
  )
  if (names.length === 0) return [basic]
  const alternatives = names.map((text) =>
    /^\d+(\.\d+){3}$/.test(text)
      ? tlv(0x87, Buffer.from(text.split('.').map(Number)))
      : tlv(0x82, Buffer.from(text, 'ascii')),
  )
  return [basic, sequence(tlv(0x06, Buffer.from('551d11', 'hex')), tlv(0x04, sequence(...alternatives)))]
}

function name(commonName: string): Buffer {
  const attribute = (id: string, text: string) =>
    tlv(0x31, sequence(tlv(0x06, Buffer.from(id, 'hex')), tlv(0x0c, Buffer.from(text, 'utf8'))))
  return sequence(attribute('55040a', organisation), attribute('550403', commonName))
}
