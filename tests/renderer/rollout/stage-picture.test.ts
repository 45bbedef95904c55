/** Shows that the stage rail loses no wave: what is merged still counts all its hosts. */
import { describe, expect, it } from 'vitest'
import { compilePlan } from '../../../domain/graph/compile.ts'
import { startState } from '../../../domain/run/run.ts'
import { loadCatalogue } from '../../../main/app/workstation/catalogue-file.ts'
import { stagePictures } from '../../../renderer/rollout/header/stage-picture.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = compilePlan(enterprisePlan({ runners: 20 }), loadCatalogue())
const runner = graph.stages.findIndex((stage) => stage.name === 'runner')
const waves = graph.stages[runner]?.waves ?? []
const at = (wave: number) =>
  stagePictures({
    ...startState(graph),
    status: 'running',
    stage: runner,
    wave,
    waveCounts: waves.map((one) => ({ total: one.hosts.length, settled: 0, stuck: 0, failed: 0 })),
  })[runner]?.waves ?? []

describe('waves on the stage rail', () => {
  it('are three at most, whichever is open', () => {
    for (const wave of waves.map((_, i) => i + 1)) expect(at(wave).length).toBe(3)
  })

  it('merge all that came before, so that nothing of it is lost', () => {
    const last = at(waves.length)
    expect(last.reduce((sum, wave) => sum + wave.total, 0)).toBe(20)
    expect(last[0]?.title).toBe(`Waves 1–${waves.length - 2}`)
  })
})
