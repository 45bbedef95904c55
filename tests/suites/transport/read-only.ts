/** Parts of the transport suite that only read; they may run against any host. */
import assert from 'node:assert/strict'
import { ask, below, failureOf, nasty, type SuitePart } from './host-under-test.ts'

export const readOnlyParts: readonly SuitePart[] = [
  {
    name: 'tells what the host is',
    async run({ session }) {
      const facts = await ask(session, 'Get-HostFacts', {})
      assert.ok(facts.hostName.length > 0)
      assert.ok(
        Date.parse(facts.bootTime) <= Date.parse(facts.clock),
        'the host was started before now, by its own clock',
      )
      assert.ok(facts.drives.every((drive) => drive.freeBytes <= drive.totalBytes))
      assert.deepEqual(
        facts.listening,
        facts.listening.toSorted((a, b) => a - b),
      )
    },
  },
  {
    name: 'gives the same boot id as long as the host is not restarted',
    async run({ session }) {
      const first = await ask(session, 'Get-BootId', {})
      const facts = await ask(session, 'Get-HostFacts', {})
      const second = await ask(session, 'Get-BootId', {})
      assert.equal(second.bootId, first.bootId)
      assert.equal(facts.bootId, first.bootId)
    },
  },
  {
    name: 'carries any text to the host and back unharmed',
    async run({ session }) {
      const names = [nasty, '*', '-Name', "'; exit 1 #", '漢'.repeat(500), '\u00e9', '"']
      const { services } = await ask(session, 'Get-ServiceState', { Name: names })
      assert.deepEqual(
        services.map((service) => service.name),
        names,
      )
      assert.ok(
        services.every((service) => !service.exists),
        'a name is never taken for a pattern',
      )
    },
  },
  {
    name: 'says that a file is not there, whatever its name',
    async run(host) {
      const state = await ask(host.session, 'Get-FileState', {
        Path: below(host, 'not there', "[a]'$(x).txt"),
        Hash: true,
        Signature: true,
      })
      assert.deepEqual(state, { exists: false, length: null, sha256: null, signature: null })
    },
  },
  {
    name: 'finds no product that is not there, and answers only what was asked',
    async run(host) {
      const state = await ask(host.session, 'Get-ProductState', {
        Detect: { uninstallName: `No such product ${nasty}`, file: below(host, 'no.exe') },
      })
      assert.equal(state.uninstall, null)
      assert.equal(state.file?.exists, false)
      assert.equal(state.service, null)
    },
  },
  {
    name: 'tells a closed port from a name that does not resolve',
    async run({ session }) {
      // Windows tries a refused port three times, half a second apart.
      const closed = await ask(session, 'Test-NetworkPath', { Address: '127.0.0.1', Port: 1, TimeoutMs: 10_000 })
      assert.equal(closed.outcome, 'refused')
      const unknown = await ask(session, 'Test-NetworkPath', {
        Address: 'no-such-host.invalid',
        Port: 443,
        TimeoutMs: 10_000,
      })
      assert.equal(unknown.outcome, 'unresolved')
      assert.deepEqual(unknown.addresses, [])
    },
  },
  {
    name: 'says why an endpoint does not answer',
    async run({ session }) {
      const endpoint = await ask(session, 'Test-Endpoint', { Address: '127.0.0.1', Port: 1, TimeoutMs: 10_000 })
      assert.equal(endpoint.connected, false)
      assert.ok((endpoint.detail ?? '').length > 0)
    },
  },
  {
    name: 'does not trust a certificate it has never seen',
    async run({ session }) {
      assert.deepEqual(await ask(session, 'Get-CertificateTrust', { Sha256: '0'.repeat(64) }), { trusted: false })
    },
  },
  {
    name: 'finds no firewall rule that is not there',
    leftOut: (host) => (host.firewall === true ? undefined : 'no Windows firewall, real or recorded'),
    async run({ session }) {
      const { policy, ...rule } = await ask(session, 'Get-FirewallRule', { Name: 'exekra-rollout-*' })
      assert.deepEqual(rule, { exists: false, enabled: false, port: null, remoteAddresses: [] })
      assert.ok(policy !== undefined)
    },
  },
  {
    name: 'knows no job that was never started',
    async run(host) {
      const job = await ask(host.session, 'Read-HostJob', {
        Folder: below(host, 'jobs'),
        Ticket: 'never',
        Offset: 0,
        MaxBytes: 1024,
      })
      assert.equal(job.state, 'absent')
    },
  },
  {
    name: 'answers many requests, also at once, each with its own answer',
    async run({ session }) {
      const names = Array.from({ length: 12 }, (_, index) => `none-${index}`)
      const answers = await Promise.all(names.map((name) => ask(session, 'Get-ServiceState', { Name: [name] })))
      assert.deepEqual(
        answers.map((answer) => answer.services[0]?.name),
        names,
      )
    },
  },
  {
    name: 'does not send what was cancelled before it was asked',
    async run({ session }) {
      assert.equal(
        (await failureOf(ask(session, 'Get-HostFacts', {}, { signal: AbortSignal.abort() }))).code,
        'cancelled',
      )
      await ask(session, 'Get-BootId', {})
    },
  },
]
