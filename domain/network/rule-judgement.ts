/** Judges what a host answers about a firewall rule: whether it is the wanted one, and whether it has any effect. */
import { isIpv4, isIpv6 } from '../base/ids.ts'
import type { FirewallRule } from './firewall.ts'

/** A rule as a host answers it; answers of earlier versions lack the optional parts. */
export interface RuleOnHost {
  readonly exists: boolean
  readonly enabled: boolean
  readonly port: number | null
  readonly remoteAddresses: readonly string[]
  readonly action?: string | undefined
  readonly direction?: string | undefined
  readonly protocol?: string | undefined
  readonly profiles?: readonly string[] | undefined
  readonly policy?: readonly ProfilePolicy[] | undefined
}

interface ProfilePolicy {
  readonly profile: string
  readonly effect: 'applies' | 'ignored' | 'all-blocked' | 'not-needed'
  readonly active: boolean | null
}

/** True where the rule allows TCP to that port, in every profile, from those addresses and no others. */
export function isWantedRule(found: RuleOnHost, wanted: Pick<FirewallRule, 'port' | 'remoteAddresses'>): boolean {
  const is = (value: string | undefined, expected: string) => value === undefined || value === expected
  return (
    found.exists &&
    found.enabled &&
    found.port === wanted.port &&
    is(found.action, 'allow') &&
    is(found.direction, 'inbound') &&
    is(found.protocol, 'tcp') &&
    (found.profiles === undefined || new Set(found.profiles).size === 3) &&
    sameAddresses(found.remoteAddresses, wanted.remoteAddresses)
  )
}

/**
 * The profiles in which policy leaves a local rule without effect. Of the profiles in use every one must be so, else the
 * list is empty: through another network the rule works. Where the host does not tell which are in use, all count.
 */
export function withoutEffect({ policy = [] }: Pick<RuleOnHost, 'policy'>): ProfilePolicy[] {
  const known = policy.filter(({ active }) => active !== null)
  const used = known.length === 0 ? policy : known.filter(({ active }) => active === true)
  const dead = used.filter(({ effect }) => effect === 'ignored' || effect === 'all-blocked')
  return dead.length === used.length ? dead : []
}

function sameAddresses(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a.map(addressKey)), new Set(b.map(addressKey))]
  return left.size === right.size && [...left].every((key) => right.has(key))
}

/** The same text for all spellings of an address or network; other words in lower case. */
function addressKey(text: string): string {
  const [, address = text, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const bytes = isIpv4(address) ? address.split('.').map(Number) : isIpv6(address) ? ipv6Bytes(address) : undefined
  const bits = length === undefined ? (bytes?.length ?? 0) * 8 : Number(length)
  if (bytes === undefined || bits > bytes.length * 8) return text.toLowerCase()
  const network = bytes.map((byte, i) => byte & (0xff << (8 - Math.min(8, Math.max(0, bits - i * 8)))) & 0xff)
  return `${network.join('.')}/${bits}`
}

function ipv6Bytes(address: string): number[] {
  const groups = (half: string) => (half === '' ? [] : half.split(':'))
  const [left = '', right = ''] = address.split('::')
  const [first, last] = [groups(left), groups(right)]
  const between = address.includes('::') ? Array<string>(8 - first.length - last.length).fill('0') : []
  return [...first, ...between, ...last].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff])
}
