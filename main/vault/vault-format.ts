/** The vault's file format, version 1: one JSON document whose readable header is bound to the encrypted entries. */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { newerEntries, newerVault, notAVault, vaultDamaged, wrongPassphrase } from './failures.ts'
import { VaultEntry } from './entry.ts'

const base64 = z.base64()

// Bounds keep a forged header from making us use all memory; N is a power of two.
const Kdf = z.strictObject({
  name: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 10)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
  salt: base64,
})
export type Kdf = z.infer<typeof Kdf>

const Header = z.strictObject({
  format: z.literal('exekra-rollout-vault'),
  version: z.literal(1),
  kdf: Kdf,
  cipher: z.literal('aes-256-gcm'),
  iv: base64,
})
const Document = Header.extend({
  data: base64,
  tag: base64,
  check: z.string().describe('SHA-256 of all before: tells a damaged file from a wrong passphrase'),
})
const Entries = z.record(z.string(), VaultEntry)
export type Entries = Map<string, VaultEntry>

/** scrypt's cost; the default takes 128 MiB and some 0.3 s. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}
export const defaultCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }

/** A new key derivation: fresh salt, given cost. */
export function newKdf(cost: ScryptCost): Kdf {
  return { name: 'scrypt', N: cost.N, r: cost.r, p: cost.p, salt: randomBytes(16).toString('base64') }
}

/** The 32-byte key of a passphrase. Takes as long as the cost says, outside the event loop. */
export function deriveKey(passphrase: string, kdf: Kdf): Promise<Buffer> {
  const salt = Buffer.from(kdf.salt, 'base64')
  const maxmem = 2 * 128 * kdf.N * kdf.r
  return new Promise((resolve, reject) => {
    // NFC: the same passphrase typed on macOS and on Windows may differ in bytes.
    scrypt(passphrase.normalize('NFC'), salt, 32, { N: kdf.N, r: kdf.r, p: kdf.p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** The text of a vault file with these entries. */
export function sealVault(entries: Entries, kdf: Kdf, key: Buffer): string {
  const iv = randomBytes(12)
  const header = {
    format: 'exekra-rollout-vault',
    version: 1,
    kdf,
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
  } as const
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(headerBytes(header))
  const data = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(entries)), 'utf8'), cipher.final()])
  const body = { ...header, data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
  return `${JSON.stringify({ ...body, check: checkOf(body) }, null, 1)}\n`
}

/** A vault file that was read and is whole, still locked. */
export interface LockedVault {
  readonly kdf: Kdf
  /** Decrypts. Throws FailureError `vault-wrong-passphrase`. */
  unlock(key: Buffer): Entries
}

/** Reads a vault file's text. Throws FailureError: vault-not-a-vault, vault-newer, vault-damaged. */
export function readVault(file: string, text: string): LockedVault {
  const json = parsed(file, text)
  if (json.format !== 'exekra-rollout-vault') throw notAVault(file)
  if (json.version !== 1) throw newerVault(file)
  const reading = Document.safeParse(json)
  if (!reading.success) throw vaultDamaged(file)
  const { data, tag, check, ...header } = reading.data
  if (checkOf({ ...header, data, tag }) !== check) throw vaultDamaged(file)
  return {
    kdf: header.kdf,
    unlock: (key) => {
      let plain: string
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.iv, 'base64'), {
          authTagLength: 16,
        }).setAAD(headerBytes(header))
        decipher.setAuthTag(Buffer.from(tag, 'base64'))
        plain = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
      } catch {
        // The checksum is right, so this is no accident: a wrong passphrase, or somebody changed the file on purpose.
        throw wrongPassphrase(file)
      }
      const entries = Entries.safeParse(JSON.parse(plain))
      if (!entries.success) throw newerEntries(file)
      return new Map(Object.entries(entries.data))
    },
  }
}

function parsed(file: string, text: string): Record<string, unknown> & { format?: unknown; version?: unknown } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw text.includes('exekra-rollout-vault') ? vaultDamaged(file) : notAVault(file)
  }
  if (typeof json !== 'object' || json === null) throw notAVault(file)
  return json as Record<string, unknown>
}

function headerBytes(header: z.infer<typeof Header>): Buffer {
  const { kdf } = header
  return Buffer.from(
    JSON.stringify([header.format, header.version, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, header.cipher, header.iv]),
  )
}

function checkOf(body: z.infer<typeof Header> & { data: string; tag: string }): string {
  return createHash('sha256').update(headerBytes(body)).update(`${body.data}\n${body.tag}`).digest('hex')
}
