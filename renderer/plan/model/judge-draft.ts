/** Judging of the open plan: its findings, topology and graph, and the counts in the rail. */
import { toFailure } from '../../../domain/base/failure.ts'
import type { Client } from '../../client/client.ts'
import type { Draft } from './draft.ts'
import { useDraftMarks } from './draft-marks.ts'

/** The findings, topology and graph of the document on screen. Parts that cannot be computed are left out. */
export async function judgeDraft(
  client: Client,
  { plan, folder, planId, revision }: Pick<Draft, 'plan' | 'folder' | 'planId' | 'revision'>,
): Promise<Partial<Draft>> {
  const [checked, drawn, compiled] = await Promise.all([
    client.call('plan.check', { document: plan, folder, of: { planId, revision: revision.revision } }),
    client.call('plan.topology', { document: plan }),
    client.call('plan.graph', { document: plan }).catch((thrown: unknown) => toFailure(thrown)),
  ])
  return {
    ...(checked.ok ? { findings: checked.findings } : {}),
    ...(drawn.ok ? { topology: drawn.topology } : {}),
    ...('kind' in compiled
      ? { graph: null, notCompiled: compiled }
      : compiled.ok
        ? { graph: compiled.graph, notCompiled: null }
        : {}),
  }
}

/** Shows the counts of the open plan in the rail. */
export function showMarks({ planId, findings, topology }: Pick<Draft, 'planId' | 'findings' | 'topology'>): void {
  const open = findings?.filter((finding) => finding.severity !== 'pass' && finding.waiver === null) ?? []
  useDraftMarks.setState({
    planId,
    findings: open.length,
    worst: open.some((finding) => finding.severity === 'block') ? 'block' : open.length > 0 ? 'warn' : 'pass',
    flows: topology?.flows.length ?? null,
  })
}

/** Removes the counts from the rail: no plan is open. */
export function clearMarks(): void {
  useDraftMarks.setState({ planId: null, findings: 0, worst: 'pass', flows: null })
}
