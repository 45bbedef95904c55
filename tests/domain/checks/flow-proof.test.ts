/** Rung 0: what a survey proves of each path of the firewall matrix, and how the matrix is filtered, folded and handed out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cause } from '../../../domain/doctor/cause.ts'
import { failed } from '../../../domain/base/failure.ts'
import {
  crossing,
  facetsOf,
  filterFlows,
  flowGrid,
  flowGroups,
  matrixTable,
  matrixText,
} from '../../../domain/checks/flow-matrix.ts'
import { type DatedAnswer, proveFlows, type ProvenFlow } from '../../../domain/checks/flow-proof.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Probe } from '../../../domain/checks/survey.ts'
import { anywhere, topologyOf, workstation } from '../../../domain/network/topology.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'
import { catalogue, spoilt } from '../../builders/judge.ts'
import { enterpriseDocument, enterprisePlan } from '../../builders/plan.ts'

const seenAt = Date.parse('2026-11-25T08:00:00Z')
const answer = (host: string, more: Partial<DatedAnswer> = {}): DatedAnswer => ({
  host,
  unreached: null,
  diagnosis: null,
  door: null,
  facts: null,
  probes: [],
  findings: [],
  seenAt,
  ...more,
})
const byHost = (...answers: DatedAnswer[]) => new Map(answers.map((one) => [one.host, one]))
const proofs = (plan: Plan, ...answers: DatedAnswer[]): ReadonlyMap<string, ProvenFlow> =>
  new Map(proveFlows(plan, topologyOf(plan, catalogue).flows, byHost(...answers)).map((one) => [one.flow.id, one]))
const tried = (plan: Plan, from: string, outcome: Probe['outcome'], toAddress?: string) =>
  answer(from, {
    probes: topologyOf(plan, catalogue)
      .flows.filter((flow) => flow.from === from)
      .map((flow) => ({
        flow: { ...flow, toAddress: toAddress ?? flow.toAddress },
        outcome,
        detail: 'as it was told',
      })),
  })

describe('what is proven of a path', () => {
  const plan = enterprisePlan({ runners: 3, studios: 1 })

  test('follows what its source met, with when and how; a firewall that the rollout opens itself is no missing answer', () => {
    const expected: Record<Probe['outcome'], readonly [string, string]> = {
      open: ['open', 'pass'],
      refused: ['refused', 'pass'],
      filtered: ['not-yet', 'warn'],
      unreachable: ['no-way', 'block'],
      unresolved: ['name-unknown', 'block'],
    }
    for (const [outcome, [state, severity]] of Object.entries(expected) as [
      Probe['outcome'],
      readonly [string, string],
    ][]) {
      const { proof } = proofs(plan, tried(plan, 'RUN001', outcome)).get('RUN001>HUB01:4545') ?? {}
      expect(proof).toMatchObject({ state, severity, at: seenAt })
      expect(proof?.how).toContain('RUN001')
      expect(proof?.how).toContain('10.20.0.10')
    }
    // A database that was there before is opened by its owner.
    const existing = spoilt(
      enterpriseDocument({ runners: 1, studios: 1 }),
      (d) =>
        (d.placements = d.placements.map((one) =>
          one.component === 'postgresql' ? { ...one, provision: 'existing' as const } : one,
        )),
    )
    expect(proofs(existing, tried(existing, 'HUB01', 'filtered')).get('HUB01>DB01:5432')?.proof).toMatchObject({
      state: 'no-answer',
      severity: 'block',
    })
  })

  test('is nothing where nobody tried, and says why', () => {
    const before = proofs(plan).get('RUN001>HUB01:4545')?.proof
    expect(before).toMatchObject({ state: 'planned', severity: null, at: null })
    const silent = answer('RUN001', {
      unreached: failed('link', 'connect-timeout', 'RUN001 does not answer.', 'Switch it on.').failure,
    })
    const found = proofs(plan, silent, answer('RUN002'), tried(plan, 'RUN003', 'open', '10.99.0.1'))
    expect(
      ['RUN001', 'RUN002', 'RUN003', 'STUDIO01'].map((from) => found.get(`${from}>HUB01:4545`)?.proof),
    ).toMatchObject([
      { state: 'not-tested', at: null, how: expect.stringContaining('did not answer') },
      { state: 'not-tested', how: expect.stringContaining('did not have this path') },
      { state: 'not-tested', how: expect.stringContaining('10.99.0.1') },
      { state: 'not-tested', how: expect.stringContaining('not visited') },
    ])
    const [closed] = [...found.values()].filter(({ flow }) => flow.from === anywhere)
    expect(closed?.proof.state).toBe('not-from-here')
    const unmanaged = spoilt(
      enterpriseDocument({ runners: 1, studios: 1 }),
      (d) =>
        (d.hosts = d.hosts.map((host) =>
          host.name === 'STUDIO01' ? { ...host, reach: { kind: 'unmanaged' as const } } : host,
        )),
    )
    expect(proofs(unmanaged, tried(unmanaged, 'RUN001', 'open')).get('STUDIO01>HUB01:4545')?.proof).toMatchObject({
      state: 'not-from-here',
      how: expect.stringContaining('Test-NetConnection 10.20.0.10 -Port 4545'),
    })
  })

  test("of the way in is the survey's own: where it got in, or what kept it out", () => {
    const over = (kind: 'ssh' | 'auto') =>
      spoilt(
        enterpriseDocument({ runners: 1, studios: 0 }),
        (d) => (d.hosts = d.hosts.map((host) => ({ ...host, reach: { kind } }))),
      )
    const at = (by: Plan, port: number, more: Partial<DatedAnswer>) =>
      proofs(by, answer('RUN001', more)).get(`${workstation}>RUN001:${port}`)?.proof
    const [ssh, auto] = [over('ssh'), over('auto')]
    const { address = '' } = ssh.hosts.find((host) => host.name === 'RUN001') ?? {}
    expect(at(ssh, 22, { door: { address, port: 22 } })).toMatchObject({ state: 'open', severity: 'pass', at: seenAt })
    expect(at(ssh, 22, { door: { address: '10.99.0.1', port: 22 } })).toMatchObject({ state: 'not-tested' })
    expect([5986, 5985, 22].map((port) => at(auto, port, { door: { address, port: 5985 } })?.state)).toEqual([
      'not-tested',
      'open',
      'not-tested',
    ])
    const kept = (cause: Cause) => ({
      unreached: failed('link', 'x', 'It did not work.', 'Mend it.').failure,
      diagnosis: { cause, sentence: 'Seen.', evidence: [], hint: '', remedy: null, notes: [] },
    })
    const causes = ['port-filtered', 'port-closed', 'no-route', 'name-unresolved', 'password-refused', 'proxy'] as const
    expect(causes.map((cause) => at(ssh, 22, kept(cause))?.state)).toEqual([
      'no-answer',
      'refused',
      'no-way',
      'name-unknown',
      'open',
      'not-tested',
    ])
    // Which of three doors the cause is about is not said.
    expect(at(auto, 22, kept('port-filtered'))?.state).toBe('not-tested')
  })
})

describe('the matrix as it is read', () => {
  const plan = enterprisePlan({ runners: 4, studios: 1 })
  const { flows } = topologyOf(plan, catalogue)
  const proven = crossing(
    proveFlows(
      plan,
      flows,
      byHost(
        tried(plan, 'RUN001', 'open'),
        tried(plan, 'RUN002', 'open'),
        tried(plan, 'RUN003', 'unreachable'),
        tried(plan, 'HUB01', 'refused'),
      ),
    ),
  )

  test('folds equal paths into one row until one differs, the loudest first', () => {
    const [toHub] = flowGroups(proven)
    expect(
      toHub?.rows
        .filter((row) => row.first.flow.from.startsWith('RUN'))
        .map((row) => [row.first.proof.state, row.flows.map(({ flow }) => flow.from)]),
    ).toEqual([
      ['no-way', ['RUN003']],
      ['not-tested', ['RUN004']],
      ['open', ['RUN001', 'RUN002']],
    ])
  })

  test('a filter leaves what its counts said, and the counts of one part hold for the others as they stand', () => {
    const filter = { role: 'runner', port: null, state: null } as const
    const facets = facetsOf(plan, proven, filter)
    expect(facets.roles.get('runner')).toBe(4)
    for (const [state, found] of facets.states)
      expect(filterFlows(plan, proven, { ...filter, state })).toHaveLength(found)
    expect([...facets.ports]).toEqual([[4545, 4]])
    // What is chosen stays on screen, though it leaves nothing.
    expect(facetsOf(plan, proven, { ...filter, port: 5432 }).ports.get(5432)).toBe(0)
  })

  test('as a grid, hosts with the same paths are one line, and every path stands in one cell', () => {
    const grid = flowGrid(proven)
    expect(grid.from.map((line) => line.ends)).toContainEqual(['RUN001', 'RUN002', 'RUN003', 'RUN004', 'STUDIO01'])
    fc.assert(
      fc.property(arbitraryPlan, (any) => {
        const all = proveFlows(any, topologyOf(any, catalogue).flows, new Map())
        const { from, to, cell } = flowGrid(all)
        const inCells = from.flatMap((line) =>
          to.flatMap((column) => [...cell(line, column).values()].flat().map(({ flow }) => flow.id)),
        )
        expect(inCells.toSorted()).toEqual(all.map(({ flow }) => flow.id).toSorted())
      }),
      { numRuns: 100 },
    )
  })

  test('is handed out whole: one line for each path, with what was tested, when and how', () => {
    const [head = [], ...lines] = matrixTable(plan, proven)
    expect(lines).toHaveLength(proven.length)
    expect(new Set(lines.map((cells) => cells.length))).toEqual(new Set([head.length]))
    const line = lines.find((cells) => cells[0] === 'RUN001') ?? []
    const cells = Object.fromEntries(head.map((title, i) => [title, line[i]]))
    expect(cells).toMatchObject({
      'From address': plan.hosts.find((host) => host.name === 'RUN001')?.address,
      To: 'HUB01',
      'To address': '10.20.0.10',
      Port: '4545',
      Result: 'Open',
      'Tested at': '2026-11-25T08:00:00.000Z',
    })
    const text = matrixText(plan, 3, proven)
    expect(text).toContain(`revision 3: ${proven.length} paths`)
    expect(text.split('\n\n').length - 1).toBe(proven.length)
    expect(text).toMatch(/Result +No route/)
  })
})
