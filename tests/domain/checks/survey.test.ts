/** Rung 0: what a survey says of single paths, and what accepting one of them leaves open. */
import { expect, test } from 'vitest'
import { probeFindings } from '../../../domain/checks/survey.ts'
import { subjectText } from '../../../domain/base/subject.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { applyWaivers, standingBlocks } from '../../../domain/checks/waiver.ts'
import { catalogue } from '../../builders/judge.ts'
import { enterprisePlan } from '../../builders/plan.ts'

test('a waiver of one blocked path leaves every other path of the same host blocked', () => {
  const plan = enterprisePlan()
  const { flows } = topologyOf(plan, catalogue)
  const from =
    flows.find(
      (flow) =>
        flow.kind === 'product' &&
        flows.filter((other) => other.kind === 'product' && other.from === flow.from).length > 1,
    )?.from ?? ''
  const tried = flows.filter((flow) => flow.kind === 'product' && flow.from === from)
  const findings = probeFindings(
    plan,
    from,
    tried.map((flow) => ({ flow, outcome: 'unreachable', detail: '' })),
  )
  expect(findings.length).toBeGreaterThan(1)
  const [first] = findings
  if (!first) return expect.unreachable()
  const { check, subject } = first
  const left = standingBlocks(
    applyWaivers(findings, [
      { version: 2, check, subject, by: 'Ada', reason: 'opened on the day', at: '2026-11-25T08:00:00Z' },
    ]),
  )
  expect(left.map((finding) => finding.subject)).toEqual(findings.slice(1).map((finding) => finding.subject))
  expect(subjectText(subject)).toContain(from)
})
