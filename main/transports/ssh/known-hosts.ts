/** Reads OpenSSH's known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): the known keys of hosts. */
import { createHmac } from 'node:crypto'
import { hostKeyFamilies } from './algorithms.ts'
import { seenKey, type SeenKey } from './host-key.ts'
import { sshText } from './text.ts'

/** A pin made of a known_hosts file. */
export interface KnownPin extends SeenKey {
  readonly address: string
  readonly port: number
}

export interface KnownHosts {
  /** The known keys of that address and port, the types we prefer first. Hashed names match too. */
  keysOf(address: string, port: number): readonly SeenKey[]
  /** One pin for each known address: of several keys the type we prefer. Revoked keys are never pins. */
  pinsFor(hosts: readonly { readonly address: string; readonly port: number }[]): readonly KnownPin[]
  /** Fingerprints marked @revoked, whatever host they are listed for. */
  readonly revoked: ReadonlySet<string>
  /** False for a text without any usable or revoked key: another kind of file, or an empty one. */
  readonly knowsAny: boolean
  /** The lines that were skipped and why, for the operator. */
  readonly notes: readonly string[]
}

type Entry = { readonly names: string; readonly key: SeenKey }

/** Reads the text of a known_hosts file. Never throws: a line that cannot be used becomes a note. */
export function readKnownHosts(text: string): KnownHosts {
  const entries: Entry[] = []
  const revoked = new Set<string>()
  const notes: string[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    const read = readLine(line.trim())
    if (read === undefined) return
    if (typeof read === 'string') notes.push(sshText.knownHostsLine(index + 1, read))
    else if (read.marker === '@revoked') revoked.add(read.key.fingerprint)
    else entries.push(read)
  })
  const usable = entries.filter((entry) => !revoked.has(entry.key.fingerprint))
  const keysOf = (address: string, port: number) => {
    const name = lookupName(address, port)
    return usable
      .filter((entry) => namesMatch(entry.names, name))
      .map((entry) => entry.key)
      .toSorted((a, b) => rank(a) - rank(b))
  }
  return {
    keysOf,
    pinsFor: (hosts) =>
      hosts.flatMap(({ address, port }) =>
        keysOf(address, port)
          .slice(0, 1)
          .map((key) => ({ address, port, ...key })),
      ),
    revoked,
    knowsAny: entries.length + revoked.size > 0,
    notes,
  }
}

// undefined: nothing on the line; a string: why it cannot be used.
function readLine(line: string): (Entry & { readonly marker?: string }) | string | undefined {
  if (line === '' || line.startsWith('#')) return undefined
  const fields = line.split(/[ \t]+/)
  const marker = fields[0]?.startsWith('@') === true ? fields.shift() : undefined
  const [names, type, encoded] = fields
  if (marker === '@cert-authority') return sshText.authorityUnused
  if (marker !== undefined && marker !== '@revoked') return sshText.unknownMarker(marker)
  if (names === undefined || type === undefined || encoded === undefined) return sshText.noEntry
  const key = seenKey(Buffer.from(encoded, 'base64'))
  if (key.keyType !== type) return sshText.keyDamaged(type)
  if (marker === undefined && !hostKeyFamilies.some((family) => family.keyType === type))
    return sshText.keyTypeUnused(type)
  return { names, key, ...(marker !== undefined && { marker }) }
}

// OpenSSH writes the port only where it is not 22, and compares names in lower case.
function lookupName(address: string, port: number): string {
  return port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`
}

function namesMatch(names: string, name: string): boolean {
  if (names.startsWith('|1|')) return hashedNameMatches(names, name)
  const patterns = names.toLowerCase().split(',')
  const matches = (pattern: string) => fits(pattern, name)
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern))
}

// |1|salt|hash: HMAC-SHA1 of the name under the salt, both in base64 (HashKnownHosts of ssh_config(5)).
function hashedNameMatches(names: string, name: string): boolean {
  const [, , salt, hash] = names.split('|')
  return (
    salt !== undefined &&
    hash !== undefined &&
    createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
  )
}

// The only wildcards are * and ?; the brackets of [host]:port are meant literally. A star first takes nothing, then one
// character more each time the rest does not fit: a file of somebody else's cannot make this slow, as it could a RegExp.
function fits(pattern: string, name: string): boolean {
  let [at, of] = [0, 0]
  let star: { readonly after: number; readonly of: number } | undefined
  while (of < name.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = { after: ++at, of }
    } else if (wanted === '?' || wanted === name[of]) {
      at++
      of++
    } else if (star) {
      star = { after: star.after, of: star.of + 1 }
      ;[at, of] = [star.after, star.of]
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

function rank(key: SeenKey): number {
  return hostKeyFamilies.findIndex((family) => family.keyType === key.keyType)
}
