/** Names, addresses, ports, hashes and times: which values are valid. */
import { z } from 'zod'
import { idText } from './text.ts'

/** The name of a host: up to 63 letters, digits, dots, dashes and underscores, a letter or digit at both ends. */
export const HostName = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, idText.hostName)

/** An address a host is reached at: a DNS name, an IPv4 or a bare IPv6 address. No scheme, no port, no path. */
export const Address = z.string().refine(isAddress, idText.address)

/** A TCP port, 1 to 65535. */
export const Port = z.int(idText.port).min(1, idText.port).max(65535, idText.port)

/** The SHA-256 of a file or certificate, 64 hexadecimal digits, kept in lower case. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, idText.sha256)
  .transform((hex) => hex.toLowerCase())

/** Milliseconds since 1970, UTC, within the range of Date: a larger number in the log could not be formatted. */
export const Moment = z.number().min(0).max(8_640_000_000_000_000)

/** The name of an entry of the vault; never the secret itself. */
export const CredentialRef = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@/-]{0,99}$/, idText.credential)

export const componentNames = ['hub', 'postgresql', 'redis', 'studio', 'runner'] as const
export type ComponentName = (typeof componentNames)[number]

export const stageNames = ['prerequisites', 'hub', 'studio', 'runner', 'acceptance'] as const
export type StageName = (typeof stageNames)[number]

function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text) || isDnsName(text)
}

/** True for four decimal numbers of 0 to 255 joined by dots. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** True for an IPv6 address without brackets or zone, RFC 4291 section 2.2 (no embedded IPv4). */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(':')) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

// All-numeric names are refused: they are mistyped IP addresses (RFC 1123 section 2.1 asks for the same test).
function isDnsName(text: string): boolean {
  if (text.length > 253) return false
  const labels = text.split('.')
  return (
    labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}
