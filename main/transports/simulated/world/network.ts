/** The network between practice hosts: what a connection meets follows from the state of the host at its other end. */
import { BlockList, isIP } from 'node:net'
import { invalidRuleAddress } from '../verbs/failures.ts'
import { pathText } from '../text.ts'
import type { Answers, Asked } from '../verbs/answer.ts'
import { practiceCertificate, readCertificate } from './certificate.ts'
import { strike } from '../fault-memory.ts'
import {
  Endpoint,
  type HostRecord,
  hostAt,
  isDown,
  listening,
  type ListenerRecord,
  rulesFor,
  trusts,
} from './records.ts'
import { between } from './seeded.ts'
import { advanceTime } from './advance-time.ts'
import type { WorldFile } from './world-file.ts'

type Met =
  | { readonly outcome: 'unresolved' | 'unreachable' }
  | { readonly outcome: 'refused' | 'filtered'; readonly target: HostRecord }
  | { readonly outcome: 'open'; readonly target: HostRecord; readonly listener: ListenerRecord }

export const networkVerbs: Answers<'Test-NetworkPath' | 'Test-Endpoint'> = {
  'Test-NetworkPath': (asked, { Address, Port, TimeoutMs }) => {
    const met = meet(asked, Address, Port)
    const elapsedMs = Math.min(TimeoutMs, elapsed(asked, met, Address, Port, TimeoutMs))
    const addresses = 'target' in met ? [met.target.ip] : isIP(Address) ? [Address] : []
    return {
      waitMs: elapsedMs,
      read: () => ({ outcome: met.outcome, addresses, elapsedMs, detail: details[met.outcome] }),
    }
  },

  'Test-Endpoint': (asked, { Address, Port, TimeoutMs }) => {
    const met = meet(asked, Address, Port)
    const waitMs = Math.min(TimeoutMs, elapsed(asked, met, Address, Port, TimeoutMs))
    if (met.outcome !== 'open')
      return {
        waitMs,
        read: () => ({ connected: false, certificate: null, httpStatus: null, detail: details[met.outcome] }),
      }
    const endpoint = presented(asked.world, met.target, met.listener)
    if (!endpoint)
      return {
        waitMs,
        read: () => ({
          connected: true,
          certificate: null,
          httpStatus: null,
          detail: pathText.noTls,
        }),
      }
    const certificate = readCertificate(endpoint.der)
    return {
      waitMs,
      read: ({ world, host }) => {
        const trusted = trusts(world, host.id, certificate.sha256) || trusts(world, host.id, endpoint.issuer)
        return {
          connected: true,
          certificate: { ...certificate, der: endpoint.der, trusted },
          httpStatus: endpoint.status,
          detail: null,
        }
      },
    }
  },
}

const details: Record<Met['outcome'], string | null> = {
  open: null,
  refused: pathText.refused,
  filtered: pathText.filtered,
  unresolved: pathText.unresolved,
  unreachable: pathText.unreachable,
}

/**
 * The addresses as Windows writes them in a rule, sorted. Throws FailureError `host` for anything that Windows refuses,
 * for example a DNS name.
 */
export function ruleAddresses(texts: readonly string[]): string[] {
  for (const text of texts) {
    if (!isRuleAddress(text)) {
      throw invalidRuleAddress(text)
    }
  }
  return [...new Set(texts)].toSorted()
}

function meet({ world, host, now }: Asked, address: string, port: number): Met {
  const found = /^(localhost|127\.0\.0\.1|::1)$/i.test(address) ? host : hostAt(world, address)
  if (!found) return { outcome: isIP(address) ? 'unreachable' : 'unresolved' }
  const target = found.id === host.id ? host : advanceTime(world, found, now)
  if (isDown(target, now)) return { outcome: 'filtered', target }
  const listener = listening(world, target.id, now).find((candidate) => candidate.port === port)
  // A host always reaches itself; others need a rule that names them.
  const allowed =
    target.id === host.id ||
    rulesFor(world, target.id, port).some((rule) =>
      (JSON.parse(rule.remote) as string[]).some((remote) => covers(remote, host.ip)),
    )
  if (!allowed) return { outcome: 'filtered', target }
  return listener ? { outcome: 'open', target, listener } : { outcome: 'refused', target }
}

function elapsed({ world, host }: Asked, met: Met, address: string, port: number, timeoutMs: number): number {
  if (met.outcome === 'filtered') return timeoutMs
  if (met.outcome === 'unreachable') return Math.min(timeoutMs, 3000)
  return between(1, 12, world.seed, host.name, 'path', address, port)
}

function presented(world: WorldFile, target: HostRecord, listener: ListenerRecord): Endpoint | undefined {
  if (!listener.endpoint) return undefined
  const endpoint = Endpoint.parse(JSON.parse(listener.endpoint))
  if (!strike(world, target, 'Test-Endpoint', 'wrong-certificate')) return endpoint
  const other = practiceCertificate({ seed: world.seed, commonName: 'somebody-else.practice.example' })
  return { ...endpoint, der: other.der.toString('base64'), issuer: other.sha256 }
}

function isRuleAddress(text: string): boolean {
  if (/^(Any|LocalSubnet)$/i.test(text) || isIP(text)) return true
  const [first = '', last = ''] = text.split(/[/-]/)
  return isIP(first) > 0 && (text.includes('/') ? /^\d{1,3}$/.test(last) || isIP(last) > 0 : isIP(last) > 0)
}

function covers(remote: string, ip: string): boolean {
  if (remote === ip || /^(Any|LocalSubnet)$/i.test(remote)) return true
  const list = new BlockList()
  const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4'
  const [first = '', last = ''] = remote.split(/[/-]/)
  if (isIP(first) !== isIP(ip) || last === '') return false
  if (remote.includes('-')) list.addRange(first, last, family)
  else list.addSubnet(first, isIP(last) ? maskBits(last) : Number(last), family)
  return list.check(ip, family)
}

function maskBits(mask: string): number {
  return mask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0)
}
