/** The lab's firewall: what rules and profiles come to, as nft is told. What they let in is seen by the suite of transports. */
import { describe, expect, test } from 'vitest'
import { firstFirewall, type RecordedFirewall, type RecordedRule, rulesetOf } from './firewall.ts'

const rule = (changed: Partial<RecordedRule> = {}): RecordedRule => ({
  Name: 'r',
  DisplayName: 'R',
  Enabled: 1,
  Profile: 0,
  Direction: 1,
  Action: 2,
  Protocol: 'TCP',
  LocalPort: ['4545'],
  RemoteAddress: ['Any'],
  ...changed,
})

/** The lines of a chain, without what every one has. */
function chain(hook: 'input' | 'output', rules: readonly RecordedRule[], profile: object = {}): string[] {
  const firewall: RecordedFirewall = {
    Rules: rules,
    Profiles: firstFirewall(2222).Profiles.map((one) => (one.Name === 'Private' ? { ...one, ...profile } : one)),
  }
  const text = rulesetOf(firewall).split(`chain ${hook} {\n`)[1]?.split('  }\n')[0] ?? ''
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !/^(ct state|iif lo|icmpv6)/.test(line))
}
const kept = 'type filter hook input priority 0; policy drop;'
const opened = 'type filter hook input priority 0; policy accept;'

describe('rung 1: the firewall of a lab host', () => {
  test('lets in whom a rule names; a rule that is off, goes out or is for another kind of network lets in nobody', () => {
    expect(chain('input', [rule()])).toEqual([kept, 'tcp dport { 4545 } accept'])
    expect(
      chain('input', [
        rule({ LocalPort: ['80', '90-95'], RemoteAddress: ['10.1.0.0/255.255.0.0', '10.2.0.9', 'fd00::/8'] }),
      ]),
    ).toEqual([
      kept,
      'ip saddr { 10.1.0.0/16, 10.2.0.9 } tcp dport { 80, 90-95 } accept',
      'ip6 saddr { fd00::/8 } tcp dport { 80, 90-95 } accept',
    ])
    for (const changed of [{ Enabled: 2 }, { Direction: 2 }, { Profile: 1 }, { Profile: 5 }] as const)
      expect(chain('input', [rule(changed)]), JSON.stringify(changed)).toEqual([kept])
    expect(chain('input', [rule({ Profile: 6 })])).toHaveLength(2)
  })

  test('a rule that blocks comes before one that allows, whichever was made first', () => {
    expect(chain('input', [rule(), rule({ Action: 4, RemoteAddress: ['10.0.0.1'] })])).toEqual([
      kept,
      'ip saddr { 10.0.0.1 } tcp dport { 4545 } drop',
      'tcp dport { 4545 } accept',
    ])
    expect(chain('output', [rule({ Direction: 2, Action: 4, RemoteAddress: ['10.0.0.1'] })])).toContain(
      'ip daddr { 10.0.0.1 } tcp sport { 4545 } drop',
    )
  })

  test('a profile says what rules are worth: ignored, all shut, open by itself, or no firewall at all', () => {
    expect(chain('input', [rule()], { AllowLocalFirewallRules: false })).toEqual([kept])
    expect(chain('input', [rule()], { AllowInboundRules: false, DefaultInboundAction: 'Allow' })).toEqual([kept])
    expect(chain('input', [rule({ Action: 4 })], { DefaultInboundAction: 'Allow' })).toEqual([
      opened,
      'tcp dport { 4545 } drop',
    ])
    expect(chain('input', [rule({ Action: 4 })], { Enabled: false })).toEqual([opened])
  })
})
