/** Describes the progress of a run in sentences, for a person who does not see the screen. */
import type { RunState } from '../../domain/run/run.ts'
import { stageTitles } from '../../domain/base/titles.ts'
import { waveTitle } from './hosts/farm-layout.ts'
import { progressText } from './text.ts'

/** How far a run was when it was last announced. */
export interface Progress {
  readonly stage: number
  readonly wave: number
  readonly settled: number
  readonly failed: number
}

/** Returns how far the run is now. */
export function progressOf(state: RunState): Progress {
  const { settled, failed } = tallyOf(state)
  return { stage: state.stage, wave: state.wave, settled, failed }
}

/** Returns what is new since `before`, such as "Wave 5: 6 more done, 1 failed"; null where nothing is. */
export function newsSince(state: RunState, before: Progress): string | null {
  const now = progressOf(state)
  const name = nameOf(state)
  if (now.stage !== before.stage || now.wave !== before.wave) return progressText.started(name, now.settled)
  const parts = [
    now.settled > before.settled ? progressText.moreDone(now.settled - before.settled) : '',
    now.failed > before.failed ? progressText.moreFailed(now.failed - before.failed) : '',
  ].filter(Boolean)
  return parts.length === 0 ? null : progressText.news(name, parts)
}

/** Describes the state of the run in one to three sentences. */
export function summaryOf(state: RunState): string {
  const { settled, total, failed } = tallyOf(state)
  if (state.status === 'finished')
    return state.outcome === null ? progressText.ended : progressText.outcome[state.outcome]
  const needsDecision = [...state.deciding].some((bits) => bits !== 0)
  return [
    progressText.summary(nameOf(state), settled, total, failed),
    state.status === 'paused' ? progressText.paused : progressText.stepsRunning(state.inFlight),
    needsDecision ? progressText.decisionNeeded : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function tallyOf(state: RunState): { readonly settled: number; readonly total: number; readonly failed: number } {
  return state.waveCounts[state.wave - 1] ?? state.stageCounts
}

function nameOf(state: RunState): string {
  const stage = state.index.stages[state.stage]
  if (!stage) return progressText.rollout
  return stage.waves.length > 1 && state.wave > 0
    ? progressText.wave(stageTitles[stage.name], waveTitle(state.index, state.stage, state.wave).toLowerCase())
    : stageTitles[stage.name]
}
