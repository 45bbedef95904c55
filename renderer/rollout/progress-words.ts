/** Owns the sentences that tell the progress of a run to who does not see it. */
import type { RunState } from '../../domain/run/run.ts'
import { stageTitles } from '../../domain/base/titles.ts'
import { waveTitle } from './hosts/farm-layout.ts'
import { plural } from '../../domain/base/plural.ts'

export interface Told {
  readonly stage: number
  readonly wave: number
  readonly settled: number
  readonly failed: number
}

/** What has been told once it is told how the run stands now. */
export function toldOf(state: RunState): Told {
  const { settled, failed } = tallyOf(state)
  return { stage: state.stage, wave: state.wave, settled, failed }
}

/** What is new since `told`, as one sentence such as "Wave 5: 6 more done, 1 failed"; null where nothing is. */
export function newsSince(state: RunState, told: Told): string | null {
  const now = toldOf(state)
  const name = nameOf(state)
  if (now.stage !== told.stage || now.wave !== told.wave)
    return `${name}: begun${now.settled > 0 ? `, ${now.settled} done` : ''}`
  const parts = [
    now.settled > told.settled ? `${now.settled - told.settled} more done` : '',
    now.failed > told.failed ? `${now.failed - told.failed} failed` : '',
  ].filter(Boolean)
  return parts.length === 0 ? null : `${name}: ${parts.join(', ')}`
}

/** How the run stands, in one or two sentences. */
export function summaryOf(state: RunState): string {
  const { settled, total, failed } = tallyOf(state)
  if (state.status === 'finished') return `The rollout is over: ${state.outcome ?? ''}.`
  const waits = [...state.deciding].some((word) => word !== 0) ? ' A decision waits.' : ''
  return `${nameOf(state)}: ${settled} of ${plural(total, 'host')} done${failed > 0 ? `, ${failed} failed` : ''}. ${state.status === 'paused' ? 'Paused.' : `${plural(state.inFlight, 'step')} under way.`}${waits}`
}

function tallyOf(state: RunState): { readonly settled: number; readonly total: number; readonly failed: number } {
  return state.waveTallies[state.wave - 1] ?? state.stageTally
}

function nameOf(state: RunState): string {
  const stage = state.index.stages[state.stage]
  if (!stage) return 'Rollout'
  return stage.waves.length > 1 && state.wave > 0
    ? `${stageTitles[stage.name]}, ${waveTitle(state.index, state.stage, state.wave).toLowerCase()}`
    : stageTitles[stage.name]
}
