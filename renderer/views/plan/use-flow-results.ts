/** Owns what the survey saw of the flows on the map: the worst of those that one label stands for. */
import { useCallback, useMemo } from 'react'
import type { SeenHost } from '../../../domain/contract/shapes.ts'
import type { Status } from '../../status/status.ts'
import { useSurvey } from '../../stores/survey.ts'

// A refusal proves the path as well as an answer does: somebody was there to refuse.
const statusOf: Readonly<Record<SeenHost['probes'][number]['outcome'], Status>> = { open: 'pass', refused: 'pass', filtered: 'warn', unreachable: 'block', unresolved: 'block' }
const order: readonly Status[] = ['block', 'warn', 'pass']

/** The worst result of some flows, by their ids; null where none of them was tested. */
export function useFlowResults(): (flows: readonly string[]) => Status | null {
  const hosts = useSurvey((survey) => survey.hosts)
  const results = useMemo(() => new Map([...hosts.values()].flatMap((host) => host.probes.map((probe) => [probe.flow.id, statusOf[probe.outcome]] as const))), [hosts])
  return useCallback((flows) => {
    const seen = new Set(flows.flatMap((id) => results.get(id) ?? []))
    return order.find((status) => seen.has(status)) ?? null
  }, [results])
}
