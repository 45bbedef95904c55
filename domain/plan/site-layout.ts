/** Owns the starting documents of a plan: the two documented layouts, with everything only the operator can know left open. */
import { Plan } from './plan.ts'

/** Ends every address of a starting document. Reserved by RFC 2606, so that a forgotten one can never lead to a machine. */
export const exampleDomain = 'site.example'

/**
 * A plan of that layout to be edited: it reads, and its findings name what is still missing (addresses, installers, hashes,
 * versions). No switch, file name or size of Exekra's is made up. 5432 and 6379 are PostgreSQL's and Redis' own default ports.
 */
export function newPlan(layout: Plan['layout'], name: string = layout === 'pilot' ? 'Pilot' : 'Enterprise site'): Plan {
  return Plan.parse({ ...common(layout, name), ...(layout === 'pilot' ? pilot() : enterprise()) })
}

function common(layout: Plan['layout'], name: string) {
  return {
    format: 'exekra-rollout-plan',
    version: 1,
    name,
    layout,
    site: { name: 'Site', internet: false },
    hub: { address: addressOf('HUB01') },
    licence: { mode: 'air-gapped' },
    defaultCredential: 'site-admin',
  }
}

// Hub, PostgreSQL and bundled Redis on one server; Studio and Runner on user workstations.
function pilot() {
  return {
    hosts: ['HUB01', 'STUDIO01', 'RUN001', 'RUN002'].map(host),
    placements: [
      { component: 'postgresql', host: 'HUB01', provision: 'existing' },
      { component: 'hub', host: 'HUB01' },
      { component: 'studio', host: 'STUDIO01' },
      { component: 'runner', host: 'RUN001' },
      { component: 'runner', host: 'RUN002' },
    ],
    database: { kind: 'placed', port: 5432 },
    redis: { kind: 'bundled' },
    certificate: { strategy: 'self-signed' },
  }
}

// Hub, PostgreSQL and Redis on servers of their own; dedicated Runner machines per environment.
function enterprise() {
  const environments = ['Development', 'Staging', 'Production']
  const runners = environments.map((environment, i) => ({ component: 'runner', host: `RUN00${i + 1}`, environment }))
  return {
    hosts: ['HUB01', 'DB01', 'REDIS01', 'STUDIO01', ...runners.map((runner) => runner.host)].map(host),
    placements: [
      { component: 'postgresql', host: 'DB01', provision: 'existing' },
      { component: 'redis', host: 'REDIS01', provision: 'existing' },
      { component: 'hub', host: 'HUB01' },
      { component: 'studio', host: 'STUDIO01' },
      ...runners,
    ],
    database: { kind: 'placed', port: 5432 },
    redis: { kind: 'placed', port: 6379 },
    certificate: { strategy: 'operator' },
    environments: environments.map((environment) => ({ name: environment })),
  }
}

function host(name: string) {
  return { name, address: addressOf(name), reach: { kind: 'ssh' } }
}

function addressOf(name: string): string {
  return `${name.toLowerCase()}.${exampleDomain}`
}
