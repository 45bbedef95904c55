/**
 * The workstation's certificate for files that hosts fetch: made for one process, in memory only; hosts know its hash
 * beforehand.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { bits, integer, sequence, time, tlv } from '../../shared/write-der.ts'

export interface OwnCertificate {
  /** PEM. */
  readonly certificate: string
  readonly privateKey: string
  /** Of the DER, lower-case hexadecimal. */
  readonly sha256: string
}

const ecdsaWithSha256 = sequence(tlv(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
const day = 86_400_000

/**
 * Makes a certificate with P-256 and ECDSA, which every Windows with TLS 1.2 supports. Its name and dates are right,
 * though no host checks them.
 */
export function makeOwnCertificate(now: number): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  const name = sequence(
    tlv(
      0x31,
      sequence(tlv(0x06, Buffer.from('550403', 'hex')), tlv(0x0c, Buffer.from('Exekra Rollout, one run', 'utf8'))),
    ),
  )
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(time(utc(now - day)), time(utc(now + 30 * day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(
      0xa3,
      sequence(
        sequence(tlv(0x06, Buffer.from('551d13', 'hex')), tlv(0x01, Buffer.from([0xff])), tlv(0x04, sequence())),
      ),
    ),
  )
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)))
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sha256: createHash('sha256').update(der).digest('hex'),
  }
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`
}
