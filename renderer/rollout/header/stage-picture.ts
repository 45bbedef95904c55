/** Progress of stages and waves, computed from the lanes and tallies of the run. */
import { pendingGate } from '../../../domain/run/pending.ts'
import { isSettled } from '../../../domain/run/lane.ts'
import type { RunState } from '../../../domain/run/run.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { Status } from '../../status/status.ts'
import { waveTitle } from '../hosts/farm-layout.ts'
import { stageText } from './text.ts'

export interface WavePicture {
  readonly title: string
  readonly status: Status
  readonly settled: number
  readonly total: number
}

export interface StagePicture {
  readonly title: string
  readonly status: Status
  /** In steps, as the bar of the run counts them: the remaining steps of an excluded host are not done. */
  readonly settled: number
  readonly total: number
  /** Steps left out because their host was excluded. The stage is done without them. */
  readonly leftOut: number
  /** Milliseconds between its first attempt and its last outcome; null before it started. */
  readonly took: number | null
  /** The gate before it; null before the first. */
  readonly gate: {
    readonly id: string
    readonly title: string
    readonly status: Extract<Status, 'gate-planned' | 'gate-opened' | 'needs-you'>
  } | null
  /** Its waves, the older ones merged; empty unless it is the open one. */
  readonly waves: readonly WavePicture[]
}

const shownWaves = 3

/** Returns every stage with its steps counted. Walks all lanes once. */
export function stagePictures(state: RunState): StagePicture[] {
  const { index } = state
  const counts = index.stages.map(() => ({
    settled: 0,
    total: 0,
    leftOut: 0,
    failed: 0,
    first: Number.POSITIVE_INFINITY,
    last: 0,
  }))
  let n = 0
  for (const lane of state.lanes.flat()) {
    const stages = index.lanes[n++]?.stages ?? []
    lane.steps.forEach((step, i) => {
      const at = counts[stages[i] ?? -1]
      if (!at) return
      at.total++
      if (isSettled(step)) at.settled++
      else if (lane.excluded) at.leftOut++
      else if (step.status === 'failed') at.failed++
      if (step.startedAt !== null) at.first = Math.min(at.first, step.startedAt)
      if (step.endedAt !== null) at.last = Math.max(at.last, step.endedAt)
    })
  }
  const waiting = pendingGate(state)?.id
  return index.graph.stages.map((stage, i): StagePicture => {
    const at = counts[i] ?? { settled: 0, total: 0, leftOut: 0, failed: 0, first: Number.POSITIVE_INFINITY, last: 0 }
    const open = i === state.stage && state.wave > 0
    const done = at.settled + at.leftOut === at.total
    const status: Status = done
      ? 'done'
      : at.failed > 0
        ? 'failed'
        : state.status === 'finished'
          ? 'cancelled'
          : open
            ? 'running'
            : 'planned'
    const { gate } = stage
    return {
      title: stageTitles[stage.name],
      status,
      settled: at.settled,
      total: at.total,
      leftOut: at.leftOut,
      took: at.last > at.first ? at.last - at.first : null,
      gate: gate && {
        id: gate.id,
        title: gate.title,
        status: state.gates[gate.id]?.opened ? 'gate-opened' : waiting === gate.id ? 'needs-you' : 'gate-planned',
      },
      waves: open && !done ? wavesOf(state, i) : [],
    }
  })
}

function wavesOf(state: RunState, stage: number): WavePicture[] {
  const waves = (state.index.stages[stage]?.waves ?? []).map((wave, i): WavePicture => {
    const tally = state.waveCounts[i] ?? { total: 0, settled: 0, stuck: 0, failed: 0 }
    const status: Status =
      tally.settled === tally.total
        ? 'done'
        : tally.failed > 0
          ? 'failed'
          : wave.number <= state.wave
            ? 'running'
            : 'planned'
    return { title: waveTitle(state.index, stage, wave.number), status, settled: tally.settled, total: tally.total }
  })
  if (waves.length < 2) return []
  // The open wave and its neighbours stay. Older waves are merged, waves far ahead are not shown yet.
  const from = Math.max(0, Math.min(state.wave - 2, waves.length - shownWaves))
  if (from === 0) return waves.slice(0, shownWaves)
  // One of the three entries stands for all older waves, so that a failed one is never lost.
  const older = waves.slice(0, from + 1)
  const shown = waves.slice(from + 1, from + shownWaves)
  const merged: WavePicture = {
    title: stageText.waves(older.length),
    status: older.some((wave) => wave.status === 'failed')
      ? 'failed'
      : older.every((wave) => wave.status === 'done')
        ? 'done'
        : 'running',
    settled: older.reduce((sum, wave) => sum + wave.settled, 0),
    total: older.reduce((sum, wave) => sum + wave.total, 0),
  }
  return [merged, ...shown]
}
