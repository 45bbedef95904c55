/** Binds a sign-in to its TLS connection: tls-server-end-point (RFC 5929 section 4.1) in the form of NTLM. */
import { createHash } from 'node:crypto'
import { derElements } from './der.ts'
import { formatText } from './text.ts'

// Contents of the object identifiers of signature algorithms and hashes whose hash is kept. All others, MD5 and SHA-1
// among them, become SHA-256.
const keptHashes: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d01010c', 'sha384'],
  ['2a864886f70d01010d', 'sha512'],
  ['2a864886f70d01010e', 'sha224'],
  ['2a8648ce3d040301', 'sha224'],
  ['2a8648ce3d040303', 'sha384'],
  ['2a8648ce3d040304', 'sha512'],
  ['608648016503040202', 'sha384'],
  ['608648016503040203', 'sha512'],
  ['608648016503040204', 'sha224'],
])
const rsaPss = '2a864886f70d01010a'

/**
 * The sixteen bytes of MsvAvChannelBindings (MS-NLMP 2.2.2.1) for a server certificate in DER: MD5 of a
 * gss_channel_bindings_struct without addresses.
 */
export function channelBinding(certificate: Buffer): Buffer {
  const application = Buffer.concat([
    Buffer.from('tls-server-end-point:'),
    createHash(bindingHash(certificate)).update(certificate).digest(),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(application.length)
  return createHash('md5').update(Buffer.alloc(16)).update(length).update(application).digest()
}

// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { algorithm, parameters }, signature }
function bindingHash(certificate: Buffer): string {
  const algorithm = parts(parts(certificate)[0])[1]
  const [identifier, parameters] = parts(algorithm)
  const name = identifier?.toString('hex') ?? ''
  if (name !== rsaPss) return keptHashes.get(name) ?? 'sha256'
  // RSASSA-PSS-params ::= SEQUENCE { [0] SEQUENCE { hash } ... }; without it the hash is SHA-1.
  const hash = parts(parts(parts(parameters)[0])[0])[0]
  return keptHashes.get(hash?.toString('hex') ?? '') ?? 'sha256'
}

function parts(content: Buffer | undefined): Buffer[] {
  return content === undefined ? [] : derElements(content, formatText.certificate).map((element) => element.content)
}
