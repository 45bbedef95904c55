/** Shows where the farm puts hosts: all of them, once, by environment and wave, in the order of names. */
import { describe, expect, it } from 'vitest'
import { compilePlan } from '../../../domain/graph/compile.ts'
import { indexGraph } from '../../../domain/graph/graph-index.ts'
import { enterprisePlan } from '../../builders/plan.ts'
import { loadCatalogue } from '../../../main/app/workstation/catalogue-file.ts'
import { farmOf } from '../../../renderer/rollout/hosts/farm-layout.ts'
import { guessColumns } from '../../../renderer/plan/hosts/csv/columns.ts'
import { readHosts } from '../../../renderer/plan/hosts/csv/read-hosts.ts'
import { rowsOf } from '../../../renderer/plan/hosts/csv/rows.ts'
import { takeHosts } from '../../../renderer/plan/hosts/csv/take-hosts.ts'
import { signOffSheet } from '../../../renderer/plan/review/sign-off.ts'

const base = enterprisePlan()
const rows = rowsOf(
  Array.from(
    { length: 20 },
    (_, i) => `ACC-RN-P${String(i + 1).padStart(2, '0')}, 10.20.14.${i + 1}, Runner, Production`,
  ).join('\n'),
)
const plan = takeHosts(
  base,
  readHosts(rows, guessColumns(rows), base).flatMap((row) => row.host ?? []),
  'merge',
)
const graph = compilePlan(plan, loadCatalogue())
const index = indexGraph(graph)
const farm = farmOf(index, plan)

describe('the farm', () => {
  it('has every lane on exactly one tile', () => {
    const lanes = farm
      .flatMap((group) => group.rows)
      .flatMap((row) => row.tiles)
      .map((tile) => tile.lane)
    expect(lanes.toSorted((a, b) => a - b)).toEqual(index.lanes.map((_, n) => n))
  })

  it('keeps the environments in the order of the plan, after servers and Studio', () => {
    expect(farm.map((group) => group.title)).toEqual(['Servers', 'Studio', 'Development', 'Staging', 'Production'])
  })

  it('names tiles by their digits only where digits tell them apart', () => {
    const production = farm.find((group) => group.title === 'Production')
    const labels = production?.rows.flatMap((row) => row.tiles).map((tile) => tile.label) ?? []
    expect(new Set(labels).size).toBe(labels.length)
    expect(labels).toContain('20')
  })
})

describe('the sign-off sheet', () => {
  it('leaves no host and no step out', () => {
    const sheet = signOffSheet(graph, plan)
    for (const [i, stage] of graph.stages.entries()) {
      const titles = new Set(
        graph.steps.filter((step) => step.stage === stage.name).map((step) => `${step.host} ${step.title}`),
      )
      const shown = new Set(sheet[i]?.rows.flatMap((row) => row.hosts.map((host) => `${host} ${row.step.title}`)))
      expect(shown).toEqual(titles)
    }
  })
})
