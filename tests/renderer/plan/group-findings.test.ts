/** Grouped findings: none is lost, a few stay single, many alike become one row. Rung 0. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { subjectOfText } from '../../../domain/base/subject.ts'
import { aboutGroup, mostUngrouped, rowsOf } from '../../../renderer/plan/findings/group-findings.ts'

const findingOf = (
  check: string,
  about: string,
  severity: JudgedFinding['severity'] = 'warn',
  accepted = false,
  message = `${about.split(' ').at(-1) ?? ''} has ${check}`,
): JudgedFinding => ({
  check,
  severity,
  subject: subjectOfText(about),
  message,
  source: 'Rollout',
  remedy: 'Do.',
  waiver: accepted
    ? { version: 2, check, subject: subjectOfText(about), by: 'ann', reason: 'r', at: '2026-11-23T12:00:00Z' }
    : null,
})
const hosts = (count: number, of: (host: string) => string = (host) => `host ${host}`) =>
  Array.from({ length: count }, (_, i) => of(`RUN${i}`))

test('opened, every finding stands in one row, in groups or alone; closed, each is counted once', () => {
  const finding = fc
    .record({
      check: fc.constantFrom('a', 'b', 'c'),
      subject: fc.nat(30).map((n) => `host H${n}`),
      severity: fc.constantFrom('pass', 'warn', 'block'),
      accepted: fc.boolean(),
    })
    .map(({ check, subject, severity, accepted }) => findingOf(check, subject, severity, accepted))
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 60 }), fc.boolean(), (findings, open) => {
      const rows = rowsOf(findings, () => open)
      const seen = rows.flatMap((row) => (row.kind === 'finding' ? [row.finding] : open ? [] : row.findings))
      expect(new Set(seen)).toEqual(new Set(findings))
      expect(seen).toHaveLength(findings.length)
      for (const row of rows) if (row.kind === 'group') expect(row.findings.length).toBeGreaterThan(mostUngrouped)
    }),
  )
})

test('what says something else is another group: a password that was refused is not hidden among hosts that do not answer', () => {
  const said = (count: number, subject: (n: number) => string, message: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => findingOf('c', subject(n), 'block', false, message(n)))
  const groups = (findings: readonly JudgedFinding[]) =>
    rowsOf(findings, () => false).map((row) => (row.kind === 'group' ? row.findings.length : row.finding.message))
  const silent = said(
    7,
    (n) => `host RUN00${n}`,
    (n) => `RUN00${n} does not answer at 10.21.0.${n}.`,
  )
  expect(
    groups([
      ...silent,
      ...said(
        1,
        () => 'host HUB01',
        () => 'HUB01 did not accept the password.',
      ),
    ]),
  ).toEqual([7, 'HUB01 did not accept the password.'])
  // A host's name in small letters, and figures, are no other saying; a port is.
  expect(
    groups(
      said(
        6,
        (n) => `host DB0${n}`,
        (n) => `db0${n}.site.example is 1${n} minutes ahead.`,
      ),
    ),
  ).toEqual([6])
  expect(
    groups(
      [443, 4545].flatMap((port) =>
        said(
          3,
          (n) => `host RUN00${n}`,
          (n) => `Port ${port} of RUN00${n} is taken.`,
        ),
      ),
    ),
  ).toHaveLength(6)
  expect(
    groups(
      [443, 4545].flatMap((port) =>
        said(
          3,
          (n) => `path RUN00${n}>HUB01:${port}`,
          (n) => `RUN00${n} to 10.20.0.10:${port} does not answer.`,
        ),
      ),
    ),
  ).toHaveLength(6)
})

test('what differs in severity, or is accepted, is another group, where its first finding stood', () => {
  const many = hosts(6).flatMap((subject) => [
    findingOf('clock', subject, 'block'),
    findingOf('clock', subject),
    findingOf('clock', subject, 'warn', true),
  ])
  expect(
    rowsOf([...many, findingOf('disk', 'plan')], () => false).map((row) =>
      row.kind === 'group' ? row.key : row.finding.check,
    ),
  ).toEqual(['block clock: * has clock', 'warn clock: * has clock', 'warn clock accepted: * has clock', 'disk'])
})

test('a group is about hosts where each finding has one of its own, at either kind of subject', () => {
  const about = (subjects: readonly string[]) =>
    rowsOf(
      subjects.map((subject) => findingOf('c', subject, 'warn', false, 'It is so.')),
      () => false,
    ).map((row) => (row.kind === 'group' ? aboutGroup(row) : 'none'))
  expect(about(hosts(7))).toEqual(['7 hosts'])
  expect(about(hosts(7, (host) => `path ${host}>HUB01:4545`))).toEqual(['7 hosts'])
  expect(about([...hosts(6), 'plan'])).toEqual(['7 places'])
  expect(about([...hosts(6), ...hosts(1)])).toEqual(['7 places'])
})
