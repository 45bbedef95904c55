import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firewallRules, firewallRulesFor } from '../../../domain/network/firewall.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { anywhere, topologyOf, workstation } from '../../../domain/network/topology.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'
import { catalogue, spoilt } from '../../builders/judge.ts'
import { enterpriseDocument, enterprisePlan, pilotDocument, pilotPlan } from '../../builders/plan.ts'

const idsOf = (plan: Plan) => topologyOf(plan, catalogue).flows.map((flow) => flow.id)

describe('the firewall matrix of a plan', () => {
  it('of a pilot: clients to the Hub, the Hub to its own database, the backend closed', () => {
    expect(
      topologyOf(pilotPlan(), catalogue).flows.map(({ id, verdict, sameHost }) => ({ id, verdict, sameHost })),
    ).toEqual([
      { id: 'RUN001>HUB01:4545', verdict: 'allow', sameHost: false },
      { id: 'RUN002>HUB01:4545', verdict: 'allow', sameHost: false },
      { id: 'STUDIO01>HUB01:4545', verdict: 'allow', sameHost: false },
      { id: 'HUB01>HUB01:5432', verdict: 'allow', sameHost: true },
      { id: `${anywhere}>HUB01:5000`, verdict: 'must-stay-closed', sameHost: false },
    ])
  })

  it('of an enterprise site: the Hub reaches database and Redis on their hosts', () => {
    const ids = idsOf(enterprisePlan({ runners: 2, studios: 1 }))
    expect(ids).toEqual([
      'HUB01>DB01:5432',
      'RUN001>HUB01:4545',
      'RUN002>HUB01:4545',
      'STUDIO01>HUB01:4545',
      'HUB01>REDIS01:6379',
      `${anywhere}>HUB01:5000`,
    ])
  })

  it("follows the plan's own ports and addresses", () => {
    const plan = spoilt(pilotDocument(), (d) => {
      d.hub = { address: 'hub.corp.local', httpsPort: 8443 }
      d.database = { kind: 'managed', address: 'db.corp.local', port: 6000 }
      d.redis = { kind: 'managed', address: '10.9.9.9', port: 7000 }
      d.placements = d.placements.filter((placement) => placement.component !== 'postgresql')
    })
    const flows = topologyOf(plan, catalogue).flows
    expect(
      flows.filter((flow) => flow.verdict === 'allow').map((flow) => `${flow.from} ${flow.toAddress}:${flow.port}`),
    ).toEqual([
      'HUB01 10.9.9.9:7000',
      'RUN001 hub.corp.local:8443',
      'RUN002 hub.corp.local:8443',
      'STUDIO01 hub.corp.local:8443',
      'HUB01 db.corp.local:6000',
    ])
  })

  it('draws one line for a host with both Studio and Runner, with both reasons', () => {
    const plan = spoilt(pilotDocument(), (d) => void d.placements.push({ component: 'runner', host: 'STUDIO01' }))
    const [flow, ...others] = topologyOf(plan, catalogue).flows.filter((one) => one.from === 'STUDIO01')
    expect(others).toEqual([])
    expect(flow?.why).toMatch(/Studio .*\. .*Runner/)
  })

  it('lists the management path of every SSH host, from the workstation', () => {
    const plan = spoilt(
      pilotDocument(),
      (d) => (d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind: 'ssh' as const, port: 2222 } }))),
    )
    const management = topologyOf(plan, catalogue).flows.filter((flow) => flow.kind === 'management')
    expect(management.map((flow) => flow.id)).toEqual(
      ['HUB01', 'RUN001', 'RUN002', 'STUDIO01'].map((host) => `${workstation}>${host}:2222`),
    )
  })

  it('lists that of a WinRM host by the port that TLS decides, unless the plan names one', () => {
    const reaches = [
      { kind: 'winrm' as const },
      { kind: 'winrm' as const, tls: false },
      { kind: 'winrm' as const, port: 15986 },
      { kind: 'local' as const },
    ]
    const plan = spoilt(
      pilotDocument(),
      (d) => (d.hosts = d.hosts.map((host, n) => ({ ...host, reach: reaches[n] ?? host.reach }))),
    )
    const management = topologyOf(plan, catalogue).flows.filter(
      (flow) => flow.kind === 'management' && flow.from === workstation,
    )
    expect(management.map(({ port, why }) => `${port} ${why}`).toSorted()).toEqual(
      ['15986', '5985', '5986'].map((port) => `${port} Rollout reaches the host by WinRM`),
    )
  })

  it('lists all the ports of a host whose way is chosen later, and says that one is enough', () => {
    const plan = spoilt(
      pilotDocument(),
      (d) => (d.hosts = d.hosts.map((host, n) => (n === 0 ? { ...host, reach: { kind: 'auto' as const } } : host))),
    )
    const management = topologyOf(plan, catalogue).flows.filter(
      (flow) => flow.kind === 'management' && flow.from === workstation,
    )
    expect(management.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([22, 5985, 5986])
    for (const { why } of management) expect(why).toContain('One is enough')
  })

  it('lists how large files get to WinRM hosts that something is installed on', () => {
    const wishes = [undefined, { by: 'pull' as const, port: 4711 }, { by: 'smb' as const }, { by: 'session' as const }]
    const flowsFor = (wish: (typeof wishes)[number], kind: 'winrm' | 'auto' | 'ssh') => {
      const plan = spoilt(
        pilotDocument(),
        (d) => (d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind }, ...(wish && { largeFiles: wish }) }))),
      )
      return topologyOf(plan, catalogue)
        .flows.filter(
          ({ to, from, port, kind: flowKind }) =>
            flowKind === 'management' && (to === workstation || port === 445) && [to, from].includes('RUN001'),
        )
        .map(({ id }) => id)
    }
    expect(wishes.map((wish) => flowsFor(wish, 'winrm'))).toEqual([
      [`RUN001>${workstation}:25986`],
      [`RUN001>${workstation}:4711`],
      [`${workstation}>RUN001:445`],
      [],
    ])
    expect([flowsFor(undefined, 'auto'), flowsFor(undefined, 'ssh')]).toEqual([[`RUN001>${workstation}:25986`], []])
    expect(
      topologyOf(
        spoilt(
          pilotDocument(),
          (d) => (d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind: 'winrm' as const } }))),
        ),
        catalogue,
      ).nodes.find(({ id }) => id === workstation)?.address,
    ).toBeNull()
  })

  it('lists no way for large files to a host on which nothing is installed', () => {
    const plan = spoilt(enterpriseDocument({ runners: 1, studios: 1 }), (d) => {
      d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind: 'winrm' as const } }))
      d.placements = d.placements.map((one) =>
        one.component === 'postgresql' ? { ...one, provision: 'existing' as const } : one,
      )
    })
    for (const largeFiles of [{ by: 'pull' as const, port: 25986 }, { by: 'smb' as const }]) {
      const ways = topologyOf({ ...plan, hosts: plan.hosts.map((host) => ({ ...host, largeFiles })) }, catalogue)
        .flows.filter(({ to, port }) => to === workstation || port === 445)
        .flatMap(({ from, to }) => [from, to])
      expect(ways).toContain('HUB01')
      expect(ways).not.toContain('DB01')
    }
  })

  it('lets the backend port alone where the plan serves HTTPS on it', () => {
    const plan = pilotPlan({ hub: { address: '10.20.0.10', httpsPort: 5000 } })
    expect(topologyOf(plan, catalogue).flows.filter(({ verdict }) => verdict === 'must-stay-closed')).toEqual([])
    expect(idsOf(plan)).toContain('RUN001>HUB01:5000')
  })

  it("leaves the portal's address to the operator, and only for online activation", () => {
    expect(topologyOf(pilotPlan(), catalogue).open).toEqual([])
    const [open] = topologyOf(pilotPlan({ licence: { mode: 'online' } }), catalogue).open
    expect(open?.id).toBe('HUB01>licence-portal')
    expect(open?.question).toContain('No page names it')
  })

  it('no flow of the product ends at a Runner, and every flow has its reason and source', () => {
    for (const flow of topologyOf(enterprisePlan(), catalogue).flows) {
      expect(flow.to).not.toMatch(/^RUN/)
      expect(flow.why.length * flow.source.length).toBeGreaterThan(0)
    }
  })

  it('does not depend on the order of hosts or placements', () => {
    const document = enterpriseDocument({ runners: 6 })
    const original = topologyOf(
      spoilt(document, () => {}),
      catalogue,
    )
    fc.assert(
      fc.property(
        fc.shuffledSubarray(document.hosts, { minLength: document.hosts.length }),
        fc.shuffledSubarray(document.placements, { minLength: document.placements.length }),
        (hosts, placements) => {
          expect(
            topologyOf(
              spoilt({ ...document, hosts, placements }, () => {}),
              catalogue,
            ),
          ).toEqual(original)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('for any plan: ids are unique, both ends are nodes, and what is opened is never what must stay closed', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.boolean(), (drawn, onBackendPort) => {
        const plan = onBackendPort ? { ...drawn, hub: { ...drawn.hub, httpsPort: 5000 } } : drawn
        const { nodes, flows } = topologyOf(plan, catalogue)
        expect(new Set(flows.map((flow) => flow.id)).size).toBe(flows.length)
        const known = new Set(nodes.map((node) => node.id))
        expect(flows.filter((flow) => !known.has(flow.from) || !known.has(flow.to))).toEqual([])
        const closed = new Set(
          flows.filter((flow) => flow.verdict === 'must-stay-closed').map((flow) => `${flow.to} ${flow.port}`),
        )
        const clientsOnly = new Set(
          plan.hosts
            .map((host) => host.name)
            .filter((name) =>
              plan.placements.every((p) => p.host !== name || p.component === 'runner' || p.component === 'studio'),
            ),
        )
        for (const [host, rules] of firewallRules(plan, catalogue)) {
          // A database or Redis on the backend's port is blocked by port-clash.
          if (plan.database.port !== 5000 && (plan.redis.kind === 'bundled' || plan.redis.port !== 5000))
            for (const rule of rules) expect(closed.has(`${host} ${rule.port}`)).toBe(false)
          expect(clientsOnly.has(host)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('draws hosts and what lies outside as nodes', () => {
    const nodes = topologyOf(
      pilotPlan({
        database: { kind: 'managed', address: 'db.corp.local', port: 6000 },
        placements: pilotDocument().placements.slice(1),
      }),
      catalogue,
    ).nodes
    expect(nodes.map((node) => `${node.kind} ${node.id} ${node.components.join('+')}`)).toEqual([
      'host HUB01 hub',
      'host RUN001 runner',
      'host RUN002 runner',
      'host STUDIO01 studio',
      'outside (anywhere) ',
      'outside db.corp.local ',
    ])
  })
})

describe('the firewall rules of a plan', () => {
  it("open the Hub's HTTPS port to exactly its clients, and the database to the Hub", () => {
    const plan = enterprisePlan({ runners: 2, studios: 1 })
    expect(firewallRulesFor(plan, 'HUB01', catalogue)).toEqual([
      {
        name: 'ExekraRollout-TCP-4545',
        displayName: 'Exekra Rollout: Hub HTTPS (TCP 4545)',
        port: 4545,
        remoteAddresses: ['10.20.10.1', '10.20.20.1', '10.20.20.2'],
        unscopable: [],
      },
    ])
    expect(firewallRulesFor(plan, 'DB01', catalogue)).toMatchObject([{ port: 5432, remoteAddresses: ['10.20.0.10'] }])
    expect(firewallRulesFor(plan, 'RUN001', catalogue)).toEqual([])
  })

  it('need none where both ends are one machine, and never open the backend or the management port', () => {
    const plan = spoilt(
      pilotDocument(),
      (d) => (d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind: 'ssh' as const } }))),
    )
    expect(
      [...firewallRules(plan, catalogue)].flatMap(([host, rules]) => rules.map((rule) => `${host} ${rule.port}`)),
    ).toEqual(['HUB01 4545'])
  })

  it('name clients known by name only, which no rule can be scoped to', () => {
    const plan = spoilt(
      pilotDocument(),
      (d) =>
        (d.hosts = d.hosts.map((host) => (host.name === 'RUN002' ? { ...host, address: 'run002.corp.local' } : host))),
    )
    expect(firewallRulesFor(plan, 'HUB01', catalogue)[0]).toMatchObject({
      remoteAddresses: ['10.20.10.1', '10.20.20.1'],
      unscopable: [{ host: 'RUN002', address: 'run002.corp.local' }],
    })
  })

  it('let in a client with an IPv6 address', () => {
    const plan = spoilt(
      pilotDocument(),
      (d) => (d.hosts = d.hosts.map((host) => (host.name === 'RUN002' ? { ...host, address: '2001:db8::5' } : host))),
    )
    expect(firewallRulesFor(plan, 'HUB01', catalogue)[0]).toMatchObject({
      remoteAddresses: ['10.20.10.1', '10.20.20.1', '2001:db8::5'],
      unscopable: [],
    })
  })
})
