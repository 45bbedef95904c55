/** Move of a component to another host: one edit. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'

/** The plan with a placement on another host, with its provision and environment. The same plan if nothing changes. */
export function movePlacement(plan: Plan, component: ComponentName, from: string, to: string): Plan {
  const moved = plan.placements.find((placement) => placement.component === component && placement.host === from)
  if (!moved || from === to || !plan.hosts.some((host) => host.name === to)) return plan
  // If the host already has the component, the two become one.
  const others = plan.placements.filter(
    (placement) => placement !== moved && !(placement.component === component && placement.host === to),
  )
  return { ...plan, placements: [...others, { ...moved, host: to }] }
}
