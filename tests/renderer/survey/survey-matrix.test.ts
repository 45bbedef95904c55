/** The matrix of a survey: a row per host, unknown without an answer, the worst first when sorted, paths as tested. */
import { describe, expect, test } from 'vitest'
import type { JudgedFinding, SeenHost } from '../../../domain/contract/shapes.ts'
import { failed } from '../../../domain/base/failure.ts'
import { proveFlows } from '../../../domain/checks/flow-proof.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { loadCatalogue } from '../../../main/app/workstation/catalogue-file.ts'
import { resultOfAll } from '../../../renderer/topology/flow-results.ts'
import { surveyColumns } from '../../../domain/checks/survey-columns.ts'
import { onHost } from '../../../domain/base/subject.ts'
import { waiverVersion } from '../../../domain/checks/waiver.ts'
import { countCells, hasFinding, matrixRows, type Row } from '../../../renderer/survey/matrix.ts'
import { rowSort, sortRows } from '../../../renderer/survey/sort-rows.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const plan = enterprisePlan({ runners: 4, studios: 1 })
const toHub = topologyOf(plan, loadCatalogue()).flows.filter(
  (flow) => flow.purpose === 'hub-https' && flow.from.startsWith('RUN'),
)
const finding = (check: string, severity: 'pass' | 'warn' | 'block', host: string) => ({
  check,
  severity,
  subject: onHost(host),
  message: check,
  source: 'Rollout',
  remedy: '',
})
const seen = (host: string, more: Partial<SeenHost> = {}): SeenHost => ({
  host,
  unreached: null,
  diagnosis: null,
  door: null,
  facts: null,
  probes: [],
  findings: [finding('clock', 'pass', host)],
  number: 1,
  seenAt: 1,
  ...more,
})
const silent = (host: string) =>
  seen(host, {
    unreached: failed('link', 'no-answer', 'No answer.', 'Switch it on.').failure,
    findings: [finding('host-reached', 'block', host)],
  })
const rowsOf = (
  answers: readonly SeenHost[],
  more: { visiting?: string[]; running?: boolean; judged?: JudgedFinding[] } = {},
) =>
  matrixRows(
    plan,
    {
      hosts: new Map(answers.map((one) => [one.host, one])),
      visiting: new Set(more.visiting),
      running: more.running ?? false,
    },
    more.judged ?? [],
  )
const cell = (rows: readonly Row[], host: string, column: string) =>
  rows.find((row) => row.host.name === host)?.cells[surveyColumns.findIndex(({ id }) => id === column)]

describe('the matrix of a survey', () => {
  test('has every managed host once, servers first, and says what is not known yet', () => {
    const rows = rowsOf([], { running: true, visiting: ['HUB01'] })
    expect(rows.map((row) => row.host.name).sort()).toEqual(plan.hosts.map((host) => host.name).sort())
    expect(rows.slice(0, 3).map((row) => row.group)).toEqual(['Servers', 'Servers', 'Servers'])
    expect([cell(rows, 'HUB01', 'clock'), cell(rows, 'RUN001', 'clock')]).toEqual(['running', 'planned'])
    expect(cell(rowsOf([]), 'RUN001', 'clock')).toBe('unknown')
  })
  test('a host without answer fills only its reach; what a check does not say does not apply', () => {
    const rows = rowsOf([silent('RUN001'), seen('RUN002')])
    expect(rows.find((row) => row.host.name === 'RUN001')?.cells).toEqual(
      surveyColumns.map(({ id }) => (id === 'reach' ? 'unreachable' : 'unknown')),
    )
    expect([cell(rows, 'RUN002', 'reach'), cell(rows, 'RUN002', 'clock'), cell(rows, 'RUN002', 'ports')]).toEqual([
      'pass',
      'pass',
      'skipped',
    ])
    expect(rows.filter(hasFinding).map((row) => row.host.name)).toContain('RUN001')
    expect(countCells(rows).get('unreachable')).toBe(1)
  })
  test('what a person accepted is shown as accepted, and nothing beside it is', () => {
    const answers = [
      seen('RUN001', { findings: [finding('clock', 'block', 'RUN001'), finding('free-disk', 'warn', 'RUN001')] }),
      silent('RUN002'),
    ]
    const waiver = (check: string, host: string) => ({
      version: waiverVersion,
      check,
      subject: onHost(host),
      by: 'anna',
      reason: 'known',
      at: '2026-11-23T20:00:00Z',
    })
    const judged = [
      { ...finding('clock', 'block', 'RUN001'), waiver: waiver('clock', 'RUN001') },
      { ...finding('host-reached', 'block', 'RUN002'), waiver: waiver('host-reached', 'RUN002') },
    ]
    const rows = rowsOf(answers, { judged })
    expect([cell(rows, 'RUN001', 'clock'), cell(rows, 'RUN001', 'disk'), cell(rows, 'RUN002', 'reach')]).toEqual([
      'excluded',
      'warn',
      'excluded',
    ])
  })
  test('sorted by a column the loudest come first; sorting loses no row', () => {
    const rows = rowsOf([
      seen('RUN003', { findings: [finding('clock', 'block', 'RUN003')] }),
      seen('RUN002', { findings: [finding('clock', 'warn', 'RUN002')] }),
    ])
    const sorted = sortRows(rows, { by: 'clock', down: false })
    expect(sorted.slice(0, 2).map((row) => row.host.name)).toEqual(['RUN003', 'RUN002'])
    expect(sortRows(rows, { by: 'clock', down: true }).at(-1)?.host.name).toBe('RUN003')
    expect(new Set(sorted)).toEqual(new Set(rows))
    expect(sortRows(rows, rowSort.plan)).toBe(rows)
  })
  test('paths are told by the loudest of those in one place, with how many it holds for where they differ', () => {
    const tried = (from: string, outcome: SeenHost['probes'][number]['outcome']) =>
      seen(from, { probes: toHub.filter((flow) => flow.from === from).map((flow) => ({ flow, outcome, detail: '' })) })
    const told = (answers: readonly SeenHost[]) =>
      resultOfAll(proveFlows(plan, toHub, new Map(answers.map((one) => [one.host, one]))))
    expect(told([])).toEqual({ status: 'planned', word: 'Planned' })
    expect(told(['RUN001', 'RUN002', 'RUN003', 'RUN004'].map((host) => tried(host, 'refused')))).toEqual({
      status: 'pass',
      word: 'Gets through',
    })
    expect(told([tried('RUN001', 'open'), tried('RUN002', 'unreachable'), silent('RUN003')])).toEqual({
      status: 'block',
      word: 'No route: 1 of 4',
    })
    // The Hub's port is one that the rollout opens itself.
    expect(told(['RUN001', 'RUN002', 'RUN003', 'RUN004'].map((host) => tried(host, 'filtered')))).toEqual({
      status: 'warn',
      word: 'No answer yet',
    })
  })
})
