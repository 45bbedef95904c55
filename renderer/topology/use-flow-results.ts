/** Survey results of the flows of the open plan: of each path, and the worst behind one label of the map. */
import { useCallback, useMemo } from 'react'
import { proveFlows, type ProvenFlow } from '../../domain/checks/flow-proof.ts'
import type { Status } from '../status/status.ts'
import { useDraft } from '../plan/model/draft.ts'
import { useSurvey } from '../survey/survey-store.ts'
import { resultOfAll } from './flow-results.ts'

/** Every flow of the plan with its proof; null until the plan has been drawn. */
export function useProvenFlows(): readonly ProvenFlow[] | null {
  const plan = useDraft((draft) => draft.plan)
  const topology = useDraft((draft) => draft.topology)
  const hosts = useSurvey((survey) => survey.hosts)
  return useMemo(() => (topology ? proveFlows(plan, topology.flows, hosts) : null), [plan, topology, hosts])
}

/** The worst result of some flows, by their ids; null where none of them was tested. */
export function useFlowResults(): (flows: readonly string[]) => Status | null {
  const proven = useProvenFlows()
  const tested = useMemo(
    () => new Map((proven ?? []).flatMap((path) => (path.proof.at === null ? [] : [[path.flow.id, path] as const]))),
    [proven],
  )
  return useCallback(
    (flows) => {
      const seen = flows.flatMap((id) => tested.get(id) ?? [])
      return seen.length === 0 ? null : resultOfAll(seen).status
    },
    [tested],
  )
}
