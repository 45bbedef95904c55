/** Starting documents of a plan: the two documented layouts, without what only the operator knows. */
import { Plan } from './plan.ts'

/** The domain of every sample address. Reserved by RFC 2606, so that a forgotten one never reaches a machine. */
export const exampleDomain = 'site.example'

/**
 * A valid plan of a layout, to be edited. Its findings name what is missing: addresses, installers, hashes, versions.
 * It invents no switch, file name or size of Exekra. 5432 and 6379 are the default ports of PostgreSQL and Redis.
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
