/** Plans that a check passes, warns of or blocks, with the verdicts. */
import type { Plan } from '../../domain/plan/plan.ts'
import { spoilt } from './judge.ts'
import { enterpriseDocument, enterprisePlan, pilotDocument, pilotPlan, type PlanDocument } from './plan.ts'

const pilot = (spoil: (d: PlanDocument) => void) => spoilt(pilotDocument(), spoil)
export const enterprise = (spoil: (d: PlanDocument) => void) =>
  spoilt(enterpriseDocument({ runners: 3, studios: 1 }), spoil)
const remove = (d: PlanDocument, component: string) =>
  void (d.placements = d.placements.filter((placement) => placement.component !== component))
export const place = (d: PlanDocument, ...added: PlanDocument['placements']) => void d.placements.push(...added)
const everyHost = (d: PlanDocument, change: Partial<PlanDocument['hosts'][number]>) =>
  void (d.hosts = d.hosts.map((host) => ({ ...host, ...change })))
const oneHost = (d: PlanDocument, name: string, change: Partial<PlanDocument['hosts'][number]>) =>
  void (d.hosts = d.hosts.map((host) => (host.name === name ? { ...host, ...change } : host)))

const pass = ['pass plan']

/** For a check: what the plan is like, the plan, and the verdicts with their subjects. */
export const planCases: [string, string, Plan, string[]][] = [
  ['hub-placed', 'no Hub', pilot((d) => remove(d, 'hub')), ['block plan']],
  ['hub-placed', 'a Hub', pilotPlan(), pass],
  [
    'single-hub',
    'two Hubs',
    enterprise((d) => place(d, { component: 'hub', host: 'STUDIO01' })),
    ['block placement hub on STUDIO01'],
  ],
  ['single-hub', 'one Hub', pilotPlan(), pass],
  ['single-hub', 'no Hub: nothing to say', pilot((d) => remove(d, 'hub')), []],
  ['hub-os', 'Server 2016', pilot((d) => oneHost(d, 'HUB01', { os: 'windows-server-2016' })), ['block host HUB01']],
  ['hub-os', 'Windows 11 Home', pilot((d) => oneHost(d, 'HUB01', { os: 'windows-11-home' })), ['block host HUB01']],
  ['hub-os', 'another system', pilot((d) => oneHost(d, 'HUB01', { os: 'other' })), ['block host HUB01']],
  [
    'hub-os',
    'Windows 10 Enterprise, which is not named',
    pilot((d) => oneHost(d, 'HUB01', { os: 'windows-10-enterprise' })),
    ['warn host HUB01'],
  ],
  ['hub-os', 'nothing declared: unknown, not passed', pilot((d) => void delete d.hosts[0]?.os), ['warn host HUB01']],
  ...(
    ['windows-server-2019', 'windows-server-2022', 'windows-server-2025', 'windows-10-pro', 'windows-11-pro'] as const
  ).map((os): [string, string, Plan, string[]] => ['hub-os', os, pilot((d) => oneHost(d, 'HUB01', { os })), pass]),
  [
    'hub-address',
    "a name that is not the host's",
    pilot((d) => (d.hub = { address: 'hub.corp.local' })),
    ['warn plan'],
  ],
  [
    'hub-address',
    "the host's own, in other case",
    pilot((d) => {
      oneHost(d, 'HUB01', { address: 'HUB.corp.local' })
      d.hub = { address: 'hub.corp.local' }
    }),
    pass,
  ],
  [
    'postgresql-version',
    '13',
    pilot((d) => (d.database = { kind: 'placed', port: 5432, version: 13 })),
    ['block plan'],
  ],
  ['postgresql-version', '14', pilot((d) => (d.database = { kind: 'placed', port: 5432, version: 14 })), pass],
  [
    'postgresql-version',
    'not given: unknown',
    pilot((d) => (d.database = { kind: 'placed', port: 5432 })),
    ['warn plan'],
  ],
  [
    'postgresql-version',
    'managed, 12',
    pilot((d) => {
      remove(d, 'postgresql')
      d.database = { kind: 'managed', address: '10.1.1.1', port: 5432, version: 12 }
    }),
    ['block plan'],
  ],
  ['database-reachable', 'nowhere', pilot((d) => remove(d, 'postgresql')), ['block plan']],
  [
    'database-reachable',
    'in two places',
    enterprise((d) => place(d, { component: 'postgresql', host: 'HUB01' })),
    ['block plan'],
  ],
  [
    'database-reachable',
    'managed and placed',
    pilot((d) => (d.database = { kind: 'managed', address: '10.1.1.1', port: 5432, version: 16 })),
    ['block placement postgresql on HUB01'],
  ],
  [
    'database-reachable',
    'managed',
    pilot((d) => {
      remove(d, 'postgresql')
      d.database = { kind: 'managed', address: '10.1.1.1', port: 5432 }
    }),
    pass,
  ],
  ['database-reachable', 'without a Hub: no path to judge', pilot((d) => remove(d, 'hub')), []],
  [
    'redis-placement',
    'bundled and placed',
    pilot((d) => place(d, { component: 'redis', host: 'HUB01' })),
    ['block placement redis on HUB01'],
  ],
  ['redis-placement', 'placed nowhere', enterprise((d) => remove(d, 'redis')), ['block plan']],
  [
    'redis-placement',
    'placed twice',
    enterprise((d) => place(d, { component: 'redis', host: 'DB01' })),
    ['block plan'],
  ],
  ['redis-placement', 'bundled', pilotPlan(), pass],
  ['redis-placement', 'placed', enterprisePlan(), pass],
  [
    'production-redis',
    'bundled in an enterprise',
    enterprise((d) => {
      remove(d, 'redis')
      d.redis = { kind: 'bundled' }
    }),
    ['warn plan'],
  ],
  [
    'production-redis',
    'beside the Hub in an enterprise',
    enterprise((d) => {
      remove(d, 'redis')
      place(d, { component: 'redis', host: 'HUB01' })
    }),
    ['warn plan'],
  ],
  ['production-redis', 'bundled in a pilot', pilotPlan(), pass],
  [
    'dedicated-database',
    'shared in an enterprise',
    enterprise((d) => {
      remove(d, 'postgresql')
      place(d, { component: 'postgresql', host: 'HUB01' })
    }),
    ['warn placement postgresql on HUB01'],
  ],
  ['dedicated-database', 'shared in a pilot', pilotPlan(), pass],
  ['dedicated-database', 'none', pilot((d) => remove(d, 'postgresql')), []],
  ['load-balancer', 'planned', enterprise((d) => (d.loadBalancer = { address: 'lb.corp.local' })), ['warn plan']],
  ['load-balancer', 'not planned', pilotPlan(), pass],
  [
    'certificate-strategy',
    'self-signed outside a pilot',
    enterprise((d) => (d.certificate = { strategy: 'self-signed' })),
    ['block plan'],
  ],
  ['certificate-strategy', 'self-signed in a pilot', pilotPlan(), pass],
  ['certificate-pinned', 'not pinned', enterprise((d) => (d.certificate = { strategy: 'operator' })), ['warn plan']],
  ['certificate-pinned', 'pinned', enterprisePlan(), pass],
  ['certificate-trust', 'self-signed', pilotPlan(), ['warn plan']],
  ['certificate-trust', 'a file to trust', enterprisePlan(), pass],
  [
    'firewall-rules',
    'a client known by name',
    pilot((d) => oneHost(d, 'RUN001', { address: 'run001.corp.local' })),
    ['warn host HUB01'],
  ],
  ['firewall-rules', 'addresses', enterprisePlan(), pass],
  ['firewall-rules', 'no Hub', pilot((d) => remove(d, 'hub')), []],
  ['client-machines', 'no Studio', pilot((d) => remove(d, 'studio')), ['block plan']],
  [
    'client-machines',
    'neither',
    pilot((d) => {
      remove(d, 'studio')
      remove(d, 'runner')
    }),
    ['block plan', 'block plan'],
  ],
  [
    'client-machines',
    'a Runner that is no Windows machine',
    pilot((d) => oneHost(d, 'RUN001', { os: 'other' })),
    ['warn host RUN001'],
  ],
  ['client-machines', 'both', pilotPlan(), pass],
  [
    'dedicated-runners',
    'a Runner on the Hub',
    pilot((d) => place(d, { component: 'runner', host: 'HUB01' })),
    ['warn placement runner on HUB01'],
  ],
  [
    'dedicated-runners',
    'a Runner beside Studio in an enterprise',
    enterprise((d) => place(d, { component: 'runner', host: 'STUDIO01' })),
    ['warn placement runner on STUDIO01'],
  ],
  [
    'dedicated-runners',
    'a Runner beside Studio in a pilot',
    pilot((d) => place(d, { component: 'runner', host: 'STUDIO01' })),
    pass,
  ],
  ['pilot-size', 'six Runners', spoilt(pilotDocument({ runners: 6 }), () => {}), ['warn plan']],
  ['pilot-size', 'five Runners', spoilt(pilotDocument({ runners: 5 }), () => {}), pass],
  ['pilot-size', 'an enterprise', enterprisePlan(), []],
  [
    'runner-inbound',
    'a Runner on the database host',
    enterprise((d) => place(d, { component: 'runner', host: 'DB01' })),
    ['warn placement runner on DB01'],
  ],
  ['runner-inbound', 'Runners by themselves', enterprisePlan(), pass],
  [
    'port-clash',
    "the database on the Hub's port",
    pilot((d) => (d.database = { kind: 'placed', port: 4545, version: 16 })),
    ['block host HUB01'],
  ],
  [
    'port-clash',
    "the database on the backend's port",
    pilot((d) => (d.database = { kind: 'placed', port: 5000, version: 16 })),
    ['block host HUB01'],
  ],
  [
    'port-clash',
    "the Hub on its own backend's port",
    pilot((d) => (d.hub = { address: '10.20.0.10', httpsPort: 5000 })),
    ['block host HUB01'],
  ],
  [
    'port-clash',
    'the Hub on the WinRM port',
    pilot((d) => {
      everyHost(d, { reach: { kind: 'winrm', port: 4545 } })
    }),
    ['block host HUB01'],
  ],
  [
    'port-clash',
    'the Hub on the SSH port',
    pilot((d) => {
      everyHost(d, { reach: { kind: 'ssh', port: 4545 } })
    }),
    ['block host HUB01'],
  ],
  [
    'port-clash',
    'the same port on different hosts',
    enterprise((d) => (d.redis = { kind: 'placed', port: 5432 })),
    pass,
  ],
  [
    'environments',
    'unused',
    enterprise((d) => void (d.environments = [...(d.environments ?? []), { name: 'Training' }])),
    ['warn environment Training'],
  ],
  [
    'environments',
    'a Hub of its own',
    enterprise(
      (d) =>
        void (d.environments = [
          { name: 'Development', separation: 'own-hub' },
          { name: 'Staging' },
          { name: 'Production' },
        ]),
    ),
    ['block environment Development'],
  ],
  [
    'environments',
    'a Runner without',
    enterprise((d) => void delete d.placements.at(-1)?.environment),
    ['warn environment Production', 'warn placement runner on RUN003'],
  ],
  ['environments', 'all used', enterprisePlan(), pass],
  ['licence-network', 'online without internet', pilot((d) => (d.licence = { mode: 'online' })), ['warn plan']],
  [
    'licence-network',
    'online with internet',
    pilot((d) => {
      d.licence = { mode: 'online' }
      d.site = { name: 'x', internet: true }
    }),
    pass,
  ],
  ['licence-network', 'air-gapped', pilotPlan(), pass],
  ['licence-runners', 'too few', pilot((d) => (d.licence = { mode: 'air-gapped', runners: 1 })), ['block plan']],
  ['licence-runners', 'not given: unknown', pilotPlan(), ['warn plan']],
  ['licence-runners', 'just enough', pilot((d) => (d.licence = { mode: 'air-gapped', runners: 2 })), pass],
  [
    'host-managed',
    'an installation on an unmanaged host',
    pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'unmanaged' } })),
    ['block placement runner on RUN001'],
  ],
  [
    'host-managed',
    'an existing database on an unmanaged host',
    enterprise((d) => {
      oneHost(d, 'DB01', { reach: { kind: 'unmanaged' } })
      remove(d, 'postgresql')
      place(d, { component: 'postgresql', host: 'DB01', provision: 'existing' })
    }),
    pass,
  ],
  [
    'host-credentials',
    'SSH without',
    pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'ssh' } })),
    ['block host RUN001'],
  ],
  [
    'host-credentials',
    'WinRM without',
    pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'winrm' } })),
    ['block host RUN001'],
  ],
  [
    'host-credentials',
    'SSH with one of its own',
    pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'ssh' }, credential: 'runner' })),
    pass,
  ],
  [
    'host-credentials',
    'SSH with the default one',
    pilot((d) => {
      everyHost(d, { reach: { kind: 'ssh' } })
      d.defaultCredential = 'site'
    }),
    pass,
  ],
  [
    'local-host',
    'two',
    pilot((d) => {
      oneHost(d, 'RUN001', { reach: { kind: 'local' } })
      oneHost(d, 'RUN002', { reach: { kind: 'local' } })
    }),
    ['block host RUN002'],
  ],
  ['local-host', 'one', pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'local' } })), pass],
  [
    'duplicate-address',
    'the same',
    pilot((d) => oneHost(d, 'RUN001', { address: '10.20.0.10' })),
    ['block host RUN001'],
  ],
  [
    'duplicate-address',
    'the same name in other case',
    pilot((d) => {
      oneHost(d, 'HUB01', { address: 'pc.corp.local' })
      oneHost(d, 'RUN001', { address: 'PC.corp.local' })
    }),
    ['block host RUN001'],
  ],
  [
    'duplicate-address',
    'forwarded ports of one address',
    pilot((d) => {
      oneHost(d, 'HUB01', { address: '127.0.0.1', reach: { kind: 'ssh', port: 2201 } })
      oneHost(d, 'RUN001', { address: '127.0.0.1', reach: { kind: 'ssh', port: 2202 } })
    }),
    ['warn host RUN001'],
  ],
  [
    'port-clash',
    'the Hub on a port that auto may take',
    pilot((d) => {
      d.hub = { ...d.hub, httpsPort: 5985 }
      everyHost(d, { reach: { kind: 'auto' } })
    }),
    ['block host HUB01'],
  ],
  [
    'host-credentials',
    'auto without',
    pilot((d) => oneHost(d, 'RUN001', { reach: { kind: 'auto' } })),
    ['block host RUN001'],
  ],
  [
    'duplicate-address',
    'one machine by auto and by a port that auto may take',
    pilot((d) => {
      oneHost(d, 'HUB01', { address: '10.1.1.1', reach: { kind: 'auto' } })
      oneHost(d, 'RUN001', { address: '10.1.1.1', reach: { kind: 'winrm' } })
    }),
    ['block host RUN001'],
  ],
  [
    'duplicate-address',
    'one machine by SSH and by WinRM',
    pilot((d) => {
      oneHost(d, 'HUB01', { address: '10.1.1.1', reach: { kind: 'ssh' } })
      oneHost(d, 'RUN001', { address: '10.1.1.1', reach: { kind: 'winrm' } })
    }),
    ['warn host RUN001'],
  ],
  ['duplicate-address', 'none', enterprisePlan(), pass],
  [
    'placeholder-address',
    'left over',
    pilot((d) => oneHost(d, 'RUN001', { address: 'run001.site.example' })),
    ['block host RUN001'],
  ],
  [
    'placeholder-address',
    "the Hub's left over",
    pilot((d) => (d.hub = { address: 'hub01.site.example' })),
    ['block plan'],
  ],
  ['placeholder-address', 'none', pilotPlan(), pass],
  [
    'unused-host',
    'one',
    pilot((d) => void d.hosts.push({ name: 'SPARE', address: '10.9.9.9', reach: { kind: 'simulated' } })),
    ['warn host SPARE'],
  ],
  ['unused-host', 'none', pilotPlan(), pass],
  ['waves', 'a canary of all Runners', pilot((d) => (d.rollout = { waves: { runner: { canary: 2 } } })), ['warn plan']],
  [
    'waves',
    'a canary larger than its one host',
    pilot((d) => (d.rollout = { waves: { studio: { canary: 3 } } })),
    ['warn plan'],
  ],
  ['waves', 'no canary', pilot((d) => (d.rollout = { waves: { runner: { canary: 0 } } })), ['warn plan']],
  ['waves', 'a rollout nothing stops', pilot((d) => (d.rollout = { stopAtFailedPercent: 100 })), ['warn plan']],
  ['waves', 'the defaults', enterprisePlan(), pass],
  ['survey', 'not done: unknown', pilotPlan(), ['warn plan']],
]
