/** The status and the title of survey results: of one path, and of several shown as one. */
import { loudest } from '../../domain/checks/flow-matrix.ts'
import { type FlowProof, type ProofState, proofTitles, type ProvenFlow } from '../../domain/checks/flow-proof.ts'
import { pathText } from './text.ts'
import type { Status } from '../status/status.ts'

export interface FlowResult {
  readonly status: Status
  readonly word: string
}

const untried: Partial<Record<ProofState, Status>> = {
  planned: 'planned',
  'not-tested': 'unknown',
  'not-from-here': 'skipped',
}

/** The status of a proof: that of its judgement, or of why there is none. */
export function statusOfProof({ state, severity }: Pick<FlowProof, 'state' | 'severity'>): Status {
  return severity ?? untried[state] ?? 'unknown'
}

/** The worst result of several paths, with how many paths have it where they differ. */
export function resultOfAll(proven: readonly ProvenFlow[]): FlowResult {
  const state = loudest(proven)
  const worst = proven.filter(({ proof }) => proof.state === state)
  const [first] = worst
  if (!state || !first) return { status: 'planned', word: proofTitles.planned }
  return {
    status: statusOfProof(first.proof),
    word:
      worst.length === proven.length
        ? proofTitles[state]
        : pathText.result(proofTitles[state], worst.length, proven.length),
  }
}
