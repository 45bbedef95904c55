import { describe, expect, test } from 'vitest'
import { isWantedRule, withoutEffect, type RuleOnHost } from '../../../domain/network/rule-judgement.ts'

const wanted = { port: 4545, remoteAddresses: ['10.0.0.5', '2001:db8::1'] }
const right: RuleOnHost = {
  exists: true,
  enabled: true,
  ...wanted,
  action: 'allow',
  direction: 'inbound',
  protocol: 'tcp',
  profiles: ['domain', 'private', 'public'],
}

describe('isWantedRule', () => {
  test('is the rule that was asked for, also as earlier versions answered it', () => {
    expect(isWantedRule(right, wanted)).toBe(true)
    expect(isWantedRule({ exists: true, enabled: true, ...wanted }, wanted)).toBe(true)
  })

  test.each([
    ['blocks', { action: 'block' }],
    ['is outbound', { direction: 'outbound' }],
    ['is for UDP', { protocol: 'udp' }],
    ['holds in one profile only', { profiles: ['domain'] }],
    ['is off', { enabled: false }],
    ['is for another port', { port: 4546 }],
    ['is for any port', { port: null }],
    ['lacks an address', { remoteAddresses: ['10.0.0.5'] }],
    ['has one address too many', { remoteAddresses: [...wanted.remoteAddresses, '10.0.0.6'] }],
    ['is for a network', { remoteAddresses: ['10.0.0.0/24', '2001:db8::1'] }],
    ['is for anybody', { remoteAddresses: ['Any'] }],
    ['does not exist', { exists: false }],
  ] as const)('is not one that %s', (_name, changed) => {
    expect(isWantedRule({ ...right, ...changed }, wanted)).toBe(false)
  })

  test.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['2001:db8::77/64', '2001:db8::/64'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['10.0.0.5/32', '10.0.0.5'],
    ['10.0.0.5/24', '10.0.0.0/24'],
    ['10.0.0.5/0', '0.0.0.0/0'],
    ['LocalSubnet', 'localsubnet'],
  ])('takes %s and %s for the same', (a, b) => {
    for (const [found, asked] of [[a, b] as const, [b, a] as const])
      expect(isWantedRule({ ...right, remoteAddresses: [found] }, { port: 4545, remoteAddresses: [asked] })).toBe(true)
  })

  test.each([
    ['10.0.0.5', '10.0.0.5/31'],
    ['2001:db8::1', '2001:db8::2'],
    ['2001:db8::1', '2001:db8:1::'],
  ])('takes %s and %s for two', (a, b) => {
    expect(isWantedRule({ ...right, remoteAddresses: [a] }, { port: 4545, remoteAddresses: [b] })).toBe(false)
  })
})

describe('withoutEffect', () => {
  const of = (
    ...policy: readonly (readonly [string, 'applies' | 'ignored' | 'all-blocked' | 'not-needed', boolean | null])[]
  ) =>
    withoutEffect({ policy: policy.map(([profile, effect, active]) => ({ profile, effect, active })) }).map(
      ({ profile }) => profile,
    )

  test('is empty where the profile in use lets a local rule through, whatever the others do', () => {
    expect(of(['domain', 'applies', true], ['public', 'ignored', false])).toEqual([])
    expect(of(['domain', 'not-needed', true], ['public', 'all-blocked', false])).toEqual([])
  })

  test('names the profiles in use that leave it without effect', () => {
    expect(of(['domain', 'ignored', true], ['private', 'applies', false])).toEqual(['domain'])
    expect(of(['domain', 'all-blocked', true], ['public', 'ignored', true])).toEqual(['domain', 'public'])
  })

  test('is empty where one of two networks lets it through, or nothing is known', () => {
    expect(of(['domain', 'applies', true], ['public', 'ignored', true])).toEqual([])
    expect(of()).toEqual([])
    expect(withoutEffect({})).toEqual([])
  })

  test('counts all profiles where the host does not tell which are in use', () => {
    expect(of(['domain', 'ignored', null], ['private', 'ignored', null])).toEqual(['domain', 'private'])
    expect(of(['domain', 'ignored', null], ['private', 'applies', null])).toEqual([])
  })
})
