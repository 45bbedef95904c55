/** When a firewall rule that a host has already counts as the planned one. */
import { expect, test } from 'vitest'
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import { lanesOn, scriptedHost } from '../../../builders/scripted-host.ts'

type Rule = VerbResult<'Get-FirewallRule'>
const rule = {
  name: 'ExekraRollout-TCP-4545',
  displayName: 'Exekra Rollout: Hub HTTPS (TCP 4545)',
  port: 4545,
  remoteAddresses: ['10.20.10.1', '10.20.20.1'],
}

/** Opens the port on a host that has such a rule already. */
async function opened(there: Partial<Rule>) {
  const right: Rule = { exists: true, enabled: true, port: rule.port, remoteAddresses: rule.remoteAddresses }
  let now: Rule = { ...right, ...there }
  const host = scriptedHost({ 'Get-FirewallRule': () => now, 'Set-FirewallRule': () => (now = right) })
  const { outcome, saw } = await lanesOn(host).once({ kind: 'open-port', rule })
  return { outcome, saw, changes: host.changes() }
}

test('the planned rule is left alone, in whatever order its addresses come', async () => {
  for (const there of [{}, { remoteAddresses: rule.remoteAddresses.toReversed() }])
    expect(await opened(there)).toEqual({ outcome: 'succeeded', saw: ['satisfied'], changes: [] })
})

test.each<[string, Partial<Rule>]>([
  ['that is switched off', { enabled: false }],
  ['for another port', { port: 4546 }],
  ['for every port', { port: null }],
  ['that lets one address too many in', { remoteAddresses: [...rule.remoteAddresses, '10.20.20.2'] }],
  ['that lacks an address', { remoteAddresses: rule.remoteAddresses.slice(1) }],
  ['that names one address twice and lacks the other', { remoteAddresses: ['10.20.10.1', '10.20.10.1'] }],
  ['for other addresses', { remoteAddresses: ['10.20.10.1', '10.20.20.9'] }],
])('a rule %s is set right', async (_, there) => {
  expect(await opened(there)).toEqual({
    outcome: 'succeeded',
    saw: ['partial', 'satisfied'],
    changes: ['Set-FirewallRule'],
  })
})
