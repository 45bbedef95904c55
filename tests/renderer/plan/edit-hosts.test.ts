/** Shows that an edit of hosts, environments or placements changes what it says, everywhere it stands, and nothing else. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../domain/plan/plan.ts'
import {
  addRunners,
  editHosts,
  freeName,
  placeOn,
  removeEnvironment,
  renameEnvironment,
  renameHost,
  setEnvironment,
} from '../../../renderer/plan/model/edit-hosts.ts'
import { movePlacement } from '../../../renderer/plan/model/move-placement.ts'
import { compareNames, hostRows } from '../../../renderer/plan/hosts/host-rows.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const enterprise = enterprisePlan({ runners: 3 })
const plan: Plan = {
  ...enterprise,
  placements: enterprise.placements.map(({ component, host, provision }) => ({ component, host, provision })),
  environments: ['Production', 'Test'].map((name) => ({ name, separation: 'runner-labels' })),
}
const placed = ({ placements }: Plan) =>
  placements.map(({ component, host, environment }) => `${component} ${host}${environment ? ` ${environment}` : ''}`)
const names = ({ hosts }: Plan) => hosts.map(({ name }) => name)
const inProduction = setEnvironment(plan, new Set(['RUN001', 'RUN002', 'HUB01']), 'Production')

describe('edits of hosts', () => {
  it('find a name that no host has in any case of letters', () => {
    const taken = renameHost(plan, 'RUN001', 'run001')
    expect(freeName(taken, 'RUN', 3)).toBe('RUN004')
    expect(freeName({ ...plan, hosts: [] }, 'RUN', 3)).toBe('RUN001')
    const more = addRunners(taken, 2)
    expect(names(more).slice(-2)).toEqual(['RUN004', 'RUN005'])
    expect(placed(more).slice(-2)).toEqual(['runner RUN004', 'runner RUN005'])
  })

  it('rename a host together with what is placed on it', () => {
    const renamed = renameHost(plan, 'HUB01', 'HUB09')
    expect(names(renamed)).toEqual(names(plan).map((name) => (name === 'HUB01' ? 'HUB09' : name)))
    expect(placed(renamed)).toEqual(placed(plan).map((text) => text.replace('HUB01', 'HUB09')))
  })

  it('change those that were chosen, and no others', () => {
    const edited = editHosts(plan, new Set(['RUN002']), (host) => ({ ...host, network: 'Plant' }))
    expect(edited.hosts.filter(({ network }) => network === 'Plant').map(({ name }) => name)).toEqual(['RUN002'])
    const cleared = editHosts(edited, new Set(['RUN002']), (host) => ({ ...host, network: undefined }))
    expect(cleared).toEqual(plan)
  })

  it('add a component where it is not yet, once', () => {
    const chosen = new Set(['RUN001', 'RUN002', 'HUB01'])
    const studios = placeOn(plan, chosen, 'studio')
    const added = placed(studios).filter((text) => !placed(plan).includes(text))
    expect(added.toSorted()).toEqual(['studio HUB01', 'studio RUN001', 'studio RUN002'])
    expect(placeOn(studios, chosen, 'studio')).toBe(studios)
  })
})

describe('edits of environments', () => {
  it('put Runners into one, and no other component of the same hosts', () => {
    expect(placed(inProduction).filter((text) => text.endsWith('Production'))).toEqual([
      'runner RUN001 Production',
      'runner RUN002 Production',
    ])
    const withStudio = placeOn(plan, new Set(['RUN001']), 'studio')
    expect(
      placed(setEnvironment(withStudio, new Set(['RUN001']), 'Test')).filter((text) => text.endsWith('Test')),
    ).toEqual(['runner RUN001 Test'])
    expect(setEnvironment(inProduction, new Set(['RUN001', 'RUN002']), undefined)).toEqual(plan)
  })

  it('rename one with its Runners, and leave those without any', () => {
    const renamed = renameEnvironment(inProduction, 0, 'Live')
    expect(renamed.environments.map(({ name }) => name)).toEqual(['Live', 'Test'])
    expect(placed(renamed)).toEqual(placed(inProduction).map((text) => text.replace('Production', 'Live')))
  })

  it('remove one, and its Runners belong to none then', () => {
    const removed = removeEnvironment(inProduction, 0)
    expect(removed.environments.map(({ name }) => name)).toEqual(['Test'])
    expect(placed(removed)).toEqual(placed(plan))
    expect(placed(removeEnvironment(inProduction, 1))).toEqual(placed(inProduction))
  })
})

describe('a component that is moved', () => {
  it('keeps its environment, and becomes one with that of the host it meets', () => {
    const moved = movePlacement(inProduction, 'runner', 'RUN001', 'RUN003')
    expect(placed(moved).filter((text) => text.startsWith('runner'))).toEqual([
      'runner RUN002 Production',
      'runner RUN003 Production',
    ])
    expect(names(moved)).toEqual(names(plan))
  })

  it('stays where it is for a host that is not there, its own, or where there is none of it', () => {
    for (const [from, to] of [
      ['RUN001', 'NOBODY'],
      ['RUN001', 'RUN001'],
      ['HUB01', 'RUN001'],
    ] as const)
      expect(movePlacement(plan, 'runner', from, to)).toBe(plan)
  })
})

describe('the rows of the hosts table', () => {
  const rows = (by: Parameters<typeof hostRows>[2]['by'], filter = '', descending = false) =>
    hostRows(
      { ...plan, hosts: plan.hosts.map((host) => (host.name === 'RUN001' ? { ...host, name: 'RUN10' } : host)) },
      new Map([
        ['RUN002', 'block'],
        ['HUB01', 'warn'],
      ]),
      { by, descending },
      filter,
    ).map(({ host }) => host.name)

  it('sort numbers in names as numbers', () => {
    expect(['RUN10', 'run9', 'RUN2'].toSorted(compareNames)).toEqual(['RUN2', 'run9', 'RUN10'])
    expect(rows('name', 'run')).toEqual(['RUN002', 'RUN003', 'RUN10'])
    expect(rows('name', 'run', true)).toEqual(['RUN10', 'RUN003', 'RUN002'])
  })

  it('begin with the worst findings, and those with the same go by name either way', () => {
    expect(rows('findings').slice(0, 2)).toEqual(['RUN002', 'HUB01'])
    expect(rows('findings', '', true).slice(-2)).toEqual(['HUB01', 'RUN002'])
    expect(rows('findings', 'run', true)).toEqual(['RUN003', 'RUN10', 'RUN002'])
  })

  it('are found by what is placed on them', () => {
    expect(rows('name', ' hub ')).toContain('HUB01')
    expect(rows('name', 'no such thing')).toEqual([])
  })
})
