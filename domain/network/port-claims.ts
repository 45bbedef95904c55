/** The ports on which the components of a plan listen, by host. */
import { hubBackendPort, type Catalogue } from '../plan/catalogue.ts'
import { doorsOf, type Host } from '../plan/host.ts'
import type { ComponentName } from '../base/ids.ts'
import type { Placement, Plan } from '../plan/plan.ts'
import { portText } from './text.ts'
import { hostField, type PlanIndex } from '../plan/plan-index.ts'

export interface PortClaim {
  readonly port: number
  readonly what: string
  /** The path of the plan document that sets the port; absent where none does. */
  readonly field?: string | undefined
  readonly component: ComponentName | null
  readonly provision: Placement['provision']
}

/** The ports the plan claims on a host. The port of a bundled Redis is missing: no page names it. */
export function portClaims(plan: Plan, catalogue: Catalogue, index: PlanIndex, host: Host): PortClaim[] {
  const claims: PortClaim[] = doorsOf(host.reach).map(({ port, by }) => ({
    port,
    what: portText.reach(by, host.reach.kind !== 'auto'),
    field: hostField(index, host.name, 'reach'),
    component: null,
    provision: 'existing',
  }))
  for (const { component, provision } of index.placementsOn.get(host.name) ?? []) {
    const claim = (port: number, what: string, field?: string) =>
      void claims.push({ port, what, field, component, provision })
    switch (component) {
      case 'hub': {
        const backend = hubBackendPort(catalogue)
        claim(plan.hub.httpsPort, portText.hubHttps, 'hub.httpsPort')
        if (backend !== undefined) claim(backend, portText.hubBackend)
        break
      }
      case 'postgresql':
        if (plan.database.kind === 'placed') claim(plan.database.port, portText.postgresql, 'database.port')
        break
      case 'redis':
        if (plan.redis.kind === 'placed') claim(plan.redis.port, portText.redis, 'redis.port')
        break
      case 'studio':
      case 'runner':
        break
    }
  }
  return claims
}
