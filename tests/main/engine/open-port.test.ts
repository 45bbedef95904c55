/** What the step open-port makes of a firewall whose policy leaves local rules without effect. */
import { expect, test } from 'vitest'
import { FailureError } from '../../../domain/base/failure.ts'
import type { VerbResult } from '../../../domain/remote/verb.ts'
import { openPort } from '../../../main/engine/steps/security.ts'

const rule = { name: 'r', displayName: 'R', port: 4545, remoteAddresses: ['10.0.0.5'] as [string] }

async function observed(found: Partial<VerbResult<'Get-FirewallRule'>>) {
  const answer = { exists: true, enabled: true, port: 4545, remoteAddresses: ['10.0.0.5'], ...found }
  const context = {
    session: { run: () => Promise.resolve(answer) },
    signal: new AbortController().signal,
    host: { name: 'HUB01' },
    work: { kind: 'open-port', rule },
  }
  try {
    return await openPort.observe(context as unknown as Parameters<typeof openPort.observe>[0])
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
}

test.each([
  { policy: [{ profile: 'domain', effect: 'ignored', active: true }] },
  { exists: false, policy: [{ profile: 'domain', effect: 'ignored', active: true }] },
] as const)('no rule: open-port fails where policy ignores local rules, and says whom to ask (%j)', async (found) => {
  expect(await observed({ ...found, policy: [...found.policy] })).toMatchObject({
    kind: 'host',
    code: 'firewall-policy',
    retry: 'never',
    message: 'A policy makes the Windows firewall of HUB01 ignore local rules, so TCP 4545 stays closed.',
    hint: expect.stringContaining('allow TCP 4545 from 10.0.0.5') as string,
    evidence: expect.arrayContaining(['Firewall profile domain, in use: local rules are ignored']) as string[],
  })
})

test('a rule of that name that blocks is to be put right, and is shown as it is', async () => {
  expect(await observed({ action: 'block', direction: 'inbound', protocol: 'udp', profiles: ['domain'] })).toEqual({
    state: 'partial',
    evidence: ['Firewall rule r: block inbound UDP 4545 from 10.0.0.5 in domain profile only, on'],
  })
})

test('a rule in the right state is satisfied where the profile in use lets it through', async () => {
  const policy = [
    { profile: 'domain', effect: 'applies' as const, active: true },
    { profile: 'public', effect: 'ignored' as const, active: false },
  ]
  expect(await observed({ policy })).toMatchObject({ state: 'satisfied' })
})
