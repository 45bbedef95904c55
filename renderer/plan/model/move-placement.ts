/** Owns moving a component from one host to another: one edit, which keeps how it is provisioned and its environment. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'

/** The plan with that placement on another host; the same plan where nothing would change. */
export function movePlacement(plan: Plan, component: ComponentName, from: string, to: string): Plan {
  const moved = plan.placements.find((placement) => placement.component === component && placement.host === from)
  if (!moved || from === to || !plan.hosts.some((host) => host.name === to)) return plan
  // Already there: what was dragged joins it.
  const others = plan.placements.filter(
    (placement) => placement !== moved && !(placement.component === component && placement.host === to),
  )
  return { ...plan, placements: [...others, { ...moved, host: to }] }
}
