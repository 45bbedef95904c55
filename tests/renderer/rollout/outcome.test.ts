/** Shows that the end of a run is told as it was, and that header and stages count the same steps. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { countSteps } from '../../../domain/run/pending.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { outcomeSentences } from '../../../renderer/rollout/header/outcome.ts'
import { stagePictures } from '../../../renderer/rollout/header/stage-picture.ts'
import { graphOf } from '../../builders/graph.ts'
import { playedRun } from '../../builders/played-run.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 4 }))
const hosts = new Set(graph.steps.map((step) => step.host)).size
const isLastLook = ({ work }: Step): boolean => work.kind === 'check-host' && work.purpose === 'as-built'
const outOf = (step: Step) =>
  step.work.kind !== 'run-installer'
    ? null
    : step.host === 'RUN001'
      ? 'skip'
      : step.host === 'RUN002'
        ? 'exclude'
        : null

describe('the end of a run', () => {
  it('calls a host verified only where it was', () => {
    expect(outcomeSentences(playedRun(graph).state)).toBe(
      `${hosts} of ${hosts} hosts done in 0:00. Every host was verified after installation.`,
    )
    const unseen = playedRun(graph, {
      fails: (step) => (isLastLook(step) && step.host === 'RUN001' ? 'skip' : null),
    }).state
    expect(outcomeSentences(unseen)).toBe(
      `${hosts - 1} of ${hosts} hosts done, 1 skipped in 0:00. ${hosts - 1} of ${hosts} hosts were verified after installation.`,
    )
  })

  it('counts each host once, and the steps that a host left out still had before it', () => {
    const { state } = playedRun(graph, { fails: outOf })
    const { settled, total } = countSteps(state)
    expect(total - settled).toBeGreaterThan(1)
    expect(outcomeSentences(state)).toBe(
      `${hosts - 2} of ${hosts} hosts done, 1 skipped, 1 excluded in 0:00. ${hosts - 1} of ${hosts} hosts were verified after installation. ${total - settled} of ${total} steps were not done.`,
    )
  })
})

describe('the stages of a run', () => {
  it('add up to what its header counts, and a stage is done though a host of it was left out', () => {
    const { state } = playedRun(graph, { fails: outOf })
    const stages = stagePictures(state)
    const sum = (of: (stage: (typeof stages)[number]) => number) => stages.reduce((so, stage) => so + of(stage), 0)
    expect({ settled: sum((stage) => stage.settled), total: sum((stage) => stage.total) }).toMatchObject({
      settled: countSteps(state).settled,
      total: countSteps(state).total,
    })
    expect(sum((stage) => stage.leftOut)).toBe(countSteps(state).total - countSteps(state).settled)
    expect(stages.map((stage) => stage.status)).toEqual(stages.map(() => 'done'))
  })
})
