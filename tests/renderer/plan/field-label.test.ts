/** Shows that a problem of the plan is named by the label of its field, never by its path. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { fieldLabel } from '../../../renderer/plan/field-label.ts'
import { pilotPlan } from '../../builders/plan.ts'

const plan = pilotPlan()
const host = plan.hosts[0]?.name ?? ''

describe('the label of a field', () => {
  it.each([
    ['hub.httpsPort', 'HTTPS port'],
    ['hosts[0].address', `${host}: Address`],
    ['environments[1].name', 'Name of environment 2'],
    ['installers.hub.artefact.file', 'File of the Hub installer'],
    ['installers.hub.extra[0].sha256', 'SHA-256 of extra file 1 of Hub'],
    ['installers.postgresql.detect', 'How Rollout detects PostgreSQL'],
    ['installers.studio.instructions', 'Steps to install Studio'],
    ['rollout.waves.runner.canary', 'Canary hosts of Runner'],
    ['rollout.stageConcurrency.hub', 'Hosts at a time in Hub'],
  ])('of %s is %s', (path, label) => {
    expect(fieldLabel(plan, path)).toBe(label)
  })

  it.each(['hosts[99].address', 'somethingElse'])('of %s is unknown', (path) => {
    expect(fieldLabel(plan, path)).toBeNull()
  })
})
