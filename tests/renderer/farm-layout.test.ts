/** Shows where the farm puts hosts: all of them, once, by environment and wave, in the order of names. */
import { describe, expect, it } from 'vitest'
import { compilePlan } from '../../domain/compile.ts'
import { indexGraph } from '../../domain/graph-index.ts'
import { enterprisePlan } from '../builders/plan.ts'
import { loadCatalogue } from '../../main/app/catalogue-file.ts'
import { farmOf } from '../../renderer/run/farm-layout.ts'
import { addPasted, readPasted } from '../../renderer/views/plan/edit.ts'
import { signOffSheet } from '../../renderer/run/sign-off.ts'

const base = enterprisePlan()
const pasted = readPasted(Array.from({ length: 20 }, (_, i) => `ACC-RN-P${String(i + 1).padStart(2, '0')}, 10.20.14.${i + 1}, Runner, Production`).join('\n'), base)
const plan = addPasted(base, pasted.hosts)
const graph = compilePlan(plan, loadCatalogue())
const index = indexGraph(graph)
const farm = farmOf(index, plan)

describe('the farm', () => {
  it('has every lane on exactly one tile', () => {
    const lanes = farm.flatMap((group) => group.rows).flatMap((row) => row.tiles).map((tile) => tile.lane)
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
      const titles = new Set(graph.steps.filter((step) => step.stage === stage.name).map((step) => `${step.host} ${step.title}`))
      const shown = new Set(sheet[i]?.rows.flatMap((row) => row.hosts.map((host) => `${host} ${row.step.title}`)))
      expect(shown).toEqual(titles)
    }
  })
})

describe('pasted hosts', () => {
  it('takes names, addresses, components and environments, and says which lines it cannot take', () => {
    expect(pasted.hosts).toHaveLength(20)
    const wrong = readPasted('host;address;component\nRUN900;10.0.0.900;Runner\nHUB01;10.0.0.1\nNEW01;10.0.0.2;Printer\nNEW02', base)
    expect(wrong.hosts.map(({ host }) => host.name)).toEqual(['NEW02'])
    expect(wrong.refused.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it('takes nothing from an empty file', () => {
    expect(readPasted('\n \n', base)).toEqual({ hosts: [], refused: [] })
  })
})
