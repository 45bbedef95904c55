/** Parts of the transport suite about firewall, services, certificates and broken links. */
import assert from 'node:assert/strict'
import { entered } from '../entered.ts'
import { ask, failureOf, type SuitePart } from './host-under-test.ts'
import { ended, follow, jobOf, texts } from './job-programs.ts'

const rule = {
  Name: 'exekra-rollout-suite',
  DisplayName: 'Exekra Rollout suite',
  Port: 45_451,
  RemoteAddresses: ['192.0.2.7', '198.51.100.0/24'],
}

export const changeParts: readonly SuitePart[] = [
  {
    name: 'brings a firewall rule to what is wanted, from nothing and from something else',
    leftOut: (host) => (host.firewall === true ? undefined : 'no Windows firewall, real or recorded'),
    async run({ session }) {
      const wanted = {
        exists: true,
        enabled: true,
        port: rule.Port,
        remoteAddresses: rule.RemoteAddresses,
        action: 'allow',
        direction: 'inbound',
        protocol: 'tcp',
        profiles: ['domain', 'private', 'public'],
      }
      const set = async (changed: Partial<typeof rule> = {}) => {
        const { policy = [], ...seen } = await ask(session, 'Set-FirewallRule', { ...rule, ...changed })
        assert.ok(
          policy.length === 0 || policy.map(({ profile }) => profile).join() === wanted.profiles.join(),
          JSON.stringify(policy),
        )
        return { ...seen, profiles: seen.profiles?.toSorted() }
      }
      assert.deepEqual(await set(), wanted)
      assert.deepEqual(await set(), wanted)
      const changed = { Port: 45_452, RemoteAddresses: ['203.0.113.1'] }
      assert.deepEqual(await set(changed), { ...wanted, port: 45_452, remoteAddresses: ['203.0.113.1'] })
      const other = await ask(session, 'Set-FirewallRule', { ...rule, ...changed })
      assert.deepEqual(await ask(session, 'Get-FirewallRule', { Name: rule.Name }), other)
    },
  },
  {
    name: 'a firewall rule lets in whom it names, and nobody else',
    leftOut: ({ firewall, reached, powershell }) =>
      firewall !== true || reached === undefined || powershell === undefined
        ? 'no Windows firewall between the host and this workstation'
        : undefined,
    async run(host) {
      const { session, reached } = host
      assert.ok(reached)
      const port = 45_453
      const enters = (say = '') => entered(reached.address, port, say)
      const lets = (address: string) =>
        ask(session, 'Set-FirewallRule', { ...rule, Port: port, RemoteAddresses: [address] })
      // Ends with the first byte that it is sent.
      const listener = jobOf(
        host,
        `$l = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Any), ${port}; $l.Start(); [Console]::Out.WriteLine('listening'); do { $c = $l.AcceptTcpClient(); $n = $c.GetStream().ReadByte(); $c.Close() } while ($n -lt 0)`,
      )
      await ask(session, 'Start-HostJob', listener.params)
      await follow(session, listener, (seen) => texts(seen, 'output').includes('listening') || ended(seen))
      await lets('192.0.2.7')
      assert.equal(await enters(), false)
      await lets(reached.from)
      assert.equal(await enters(), true)
      await lets('192.0.2.7')
      assert.equal(await enters(), false)
      await lets(reached.from)
      assert.equal(await enters('end'), true)
      await follow(session, listener)
    },
  },
  {
    name: 'starts a service, and leaves one alone that runs',
    leftOut: (host) => (host.service === undefined ? 'no service that may be started' : undefined),
    async run({ session, service = '' }) {
      assert.equal((await ask(session, 'Start-HostService', { Name: service, TimeoutMs: 30_000 })).status, 'running')
      assert.equal((await ask(session, 'Start-HostService', { Name: service, TimeoutMs: 30_000 })).status, 'running')
    },
  },
  {
    name: 'says that there is no such service',
    async run({ session }) {
      const failure = await failureOf(
        ask(session, 'Start-HostService', { Name: 'exekra-rollout-none', TimeoutMs: 1_000 }),
      )
      assert.deepEqual([failure.kind, failure.code], ['host', 'no-service'])
    },
  },
  {
    name: 'adds no certificate but the one that was approved',
    async run({ session }) {
      const failure = await failureOf(ask(session, 'Add-TrustedCertificate', { Der: 'AAAA', Sha256: '0'.repeat(64) }))
      assert.deepEqual([failure.kind, failure.code], ['host', 'wrong-hash'])
    },
  },
  {
    name: 'does not restart a host that has been restarted already',
    async run({ session }) {
      const { bootId } = await ask(session, 'Get-BootId', {})
      assert.deepEqual(await ask(session, 'Restart-Host', { BootId: 'another start', Reason: 'suite' }), {
        requested: false,
        bootId,
      })
    },
  },
  {
    name: 'fails a request whose link is cut, and works over a new session',
    leftOut: (host) => (host.breakLink === undefined ? 'its link cannot be cut' : undefined),
    async run(host) {
      const pending = failureOf(
        ask(host.session, 'Test-NetworkPath', { Address: '192.0.2.1', Port: 9, TimeoutMs: 20_000 }),
      )
      await host.breakLink?.()
      assert.equal((await pending).kind, 'link')
      const session = await host.reopen()
      await ask(session, 'Get-BootId', {})
      await session.close()
    },
  },
]
