/** The acceptance summary of runs that did not go smoothly: what was left out, let pass, done by hand or cut short. */
import { describe, expect, test } from 'vitest'
import { dossierOf } from '../../../domain/acceptance/dossier-of.ts'
import type { DossierV2 } from '../../../domain/acceptance/dossier-version-2.ts'
import type { NewEvent } from '../../../domain/run/event.ts'
import type { Step } from '../../../domain/graph/step.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { failureOf, numbered } from '../../builders/events.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan, installerFor } from '../../builders/plan.ts'
import { playedRun, type Play } from '../../builders/played-run.ts'

const plan = enterprisePlan({ runners: 2, studios: 1 })
const install = 'runner/RUN001/run-installer:runner'

/** The summary of a run of that log. */
function summaryOf(events: readonly NewEvent[], of: Plan = plan): DossierV2 {
  const log: NewEvent[] = [
    { type: 'run.created', planId: 'p', revision: 1, planHash: 'h', graphHash: 'g', by: 'ada', logVersion: 2 },
    ...events,
  ]
  const made = dossierOf({
    plan: of,
    graph: graphOf(of),
    events: numbered(log).map((event, i) => ({ ...event, at: 1_000 + i })),
    waivers: [],
    approvals: [],
    of: { id: 'p', revision: 1, hash: 'h', lockedBy: 'ada', lockedAt: 0 },
    run: { id: 'run-1', graphHash: 'g' },
    audit: null,
  })
  if (made?.version !== 2) throw new Error('there is no summary of version 2')
  return { ...made, sealed: { sha256: '0'.repeat(64), signatures: [] } }
}

const played = (play: Play, of: Plan = plan) => playedRun(graphOf(of), play).events
const matchOf = (summary: DossierV2, component: string, host?: string) =>
  summary.placements.find((one) => one.component === component && (host === undefined || one.host === host))?.match
const isInstall = ({ id }: Step) => id === install

describe('a component counts as planned', () => {
  test('when every step that concerns it is done', () => {
    const { placements, steps } = summaryOf(played({}))
    expect(placements.map(({ match }) => match)).toEqual(plan.placements.map(() => 'yes'))
    expect(steps).toMatchObject({ total: graphOf(plan).steps.length, skippedByPerson: 0, notDone: 0 })
  })

  test('not when the run was cancelled between its installer and the check that it works', () => {
    const events = played({})
    const installed = events.findIndex(
      (event) => event.type === 'step.succeeded' && event.step === 'hub/HUB01/run-installer:hub',
    )
    const summary = summaryOf([
      ...events.slice(0, installed + 1),
      { type: 'run.cancel-requested', by: 'ada', why: 'wrong weekend' },
      { type: 'run.finished', outcome: 'cancelled' },
    ])
    expect(matchOf(summary, 'hub')).toBe('unproven')
    expect(matchOf(summary, 'runner')).toBe('unproven')
    expect(summary.steps.notDone).toBeGreaterThan(0)
    expect(summary.everyStep.find(({ title }) => title === 'Install Hub')).toMatchObject({ outcome: 'changed' })
  })

  test('not when nothing in the run concerns it', () => {
    const unmanaged = enterprisePlan({
      runners: 2,
      studios: 1,
      overrides: {
        hosts: plan.hosts.map((host) => (host.name === 'RUN002' ? { ...host, reach: { kind: 'unmanaged' } } : host)),
      },
    })
    const summary = summaryOf(played({}, unmanaged), unmanaged)
    expect([matchOf(summary, 'runner', 'RUN001'), matchOf(summary, 'runner', 'RUN002')]).toEqual(['yes', 'unproven'])
  })

  test('as an exception when a person let one of its steps pass, or left its host out', () => {
    const skipped = summaryOf(played({ fails: (step) => (isInstall(step) ? 'skip' : null) }))
    expect([matchOf(skipped, 'runner', 'RUN001'), matchOf(skipped, 'runner', 'RUN002')]).toEqual(['exception', 'yes'])
    const excluded = summaryOf(played({ fails: (step) => (isInstall(step) ? 'exclude' : null) }))
    expect([matchOf(excluded, 'runner', 'RUN001'), matchOf(excluded, 'runner', 'RUN002')]).toEqual(['exception', 'yes'])
    expect(excluded.hosts.find(({ host }) => host === 'RUN001')?.excluded).toEqual({
      by: 'grace',
      why: 'The media is wrong.',
    })
  })

  test('of two components on one host, each by its own services', () => {
    const both = enterprisePlan({
      runners: 1,
      studios: 1,
      overrides: {
        placements: plan.placements
          .filter(({ host }) => host !== 'RUN002')
          .map((one) => (one.component === 'postgresql' ? { ...one, host: 'HUB01' } : one)),
        installers: {
          ...plan.installers,
          postgresql: { ...installerFor('postgresql'), services: ['postgresql-16'] },
          hub: { ...installerFor('hub'), services: ['hub-1'] },
        },
      },
    })
    const skipping = (service: string) =>
      summaryOf(
        played(
          {
            fails: ({ stage, work }) =>
              stage === 'acceptance' && work.kind === 'await-service' && work.service === service ? 'skip' : null,
          },
          both,
        ),
        both,
      )
    const matches = (summary: DossierV2) => [matchOf(summary, 'hub'), matchOf(summary, 'postgresql')]
    expect(matches(skipping('postgresql-16'))).toEqual(['yes', 'exception'])
    expect(matches(skipping('hub-1'))).toEqual(['exception', 'yes'])
  })
})

describe('the counts of steps', () => {
  test('keep apart what a person let pass, what needed nothing, and what was not done', () => {
    const graph = graphOf(plan)
    const restarts = graph.steps.filter(({ work }) => work.kind === 'reboot-host').length
    const skipped = summaryOf(played({ fails: (step) => (isInstall(step) ? 'skip' : null) })).steps
    expect(skipped).toEqual({
      total: graph.steps.length,
      changed: graph.steps.length - restarts - 1,
      unchanged: 0,
      nothingToDo: restarts,
      skippedByPerson: 1,
      notDone: 0,
    })
    const left = summaryOf(played({ fails: (step) => (isInstall(step) ? 'exclude' : null) })).steps
    const before = graph.steps.filter(({ host }) => host === 'RUN001').findIndex(isInstall)
    expect(left.notDone).toBe(graph.steps.filter(({ host }) => host === 'RUN001').length - before)
    expect(left.skippedByPerson).toBe(0)
  })

  test('keep apart what was changed and what was so already', () => {
    const graph = graphOf(plan)
    const probes = graph.steps.filter(({ work }) => work.kind === 'probe-flow').length
    const { steps } = summaryOf(played({ unchanged: ({ work }) => work.kind === 'probe-flow' }))
    expect([steps.unchanged, steps.changed + steps.unchanged + steps.nothingToDo]).toEqual([probes, steps.total])
  })
})

describe('the attempts of installers', () => {
  /** The log up to the installer, then these events, then the rest as if it had succeeded. */
  function withInstaller(...attempts: readonly NewEvent[]): DossierV2 {
    const events = played({})
    const from = events.findIndex((event) => event.type === 'step.attempted' && event.step === install)
    const mine = (event: NewEvent) => 'step' in event && event.step === install
    return summaryOf([...events.slice(0, from), ...attempts, ...events.slice(from).filter((event) => !mine(event))])
  }
  const attempted = (attempt: number, mode: 'normal' | 'prove' = 'normal'): NewEvent => ({
    type: 'step.attempted',
    step: install,
    attempt,
    mode,
  })
  const applying = (attempt: number): NewEvent => ({ type: 'step.applying', step: install, attempt, ticket: 't' })
  const failedWith = (attempt: number, exitCode?: number): NewEvent => ({
    type: 'step.failed',
    step: install,
    attempt,
    failure: failureOf('never', { kind: 'installer', code: `exit-${exitCode}`, message: 'It ended badly.' }),
    ...(exitCode !== undefined && { exitCode }),
  })
  const succeeded = (attempt: number, changed: boolean, exitCode?: number): NewEvent => ({
    type: 'step.succeeded',
    step: install,
    attempt,
    changed,
    rebootWanted: false,
    learned: null,
    ...(exitCode !== undefined && { exitCode }),
  })
  const decided = (choice: 'retry' | 'fixed'): NewEvent => ({
    type: 'decision.made',
    step: install,
    choice,
    by: 'ada',
    why: 'done by hand',
  })
  const listed = ({ installers }: DossierV2) =>
    installers.map(({ attempt, exitCode, failure }) => [attempt, exitCode, failure?.message ?? null])

  test('are those in which an installer ran: not the look after a person did it by hand', () => {
    const summary = withInstaller(
      attempted(1),
      applying(1),
      failedWith(1, 1603),
      decided('fixed'),
      attempted(2, 'prove'),
      succeeded(2, false),
    )
    expect(listed(summary)).toEqual([[1, 1603, 'It ended badly.']])
    expect(summary.decisions).toMatchObject([
      { host: 'RUN001', choice: 'fixed', by: 'ada', after: { code: 'exit-1603', message: 'It ended badly.' } },
    ])
  })

  test('are all of them, each with its exit code, and a failure only where there was one', () => {
    const summary = withInstaller(
      attempted(1),
      applying(1),
      failedWith(1, 1603),
      decided('retry'),
      attempted(2),
      applying(2),
      succeeded(2, true, 3010),
    )
    expect(listed(summary)).toEqual([
      [1, 1603, 'It ended badly.'],
      [2, 3010, null],
    ])
    const [first, second] = summary.installers
    expect(first?.endedAt).toBeLessThan(second?.startedAt ?? 0)
  })

  test('are no other steps: a file that was sent is none', () => {
    const events = played({}).flatMap((event): NewEvent[] =>
      event.type === 'step.attempted'
        ? [event, { type: 'step.applying', step: event.step, attempt: event.attempt, ticket: null }]
        : [event],
    )
    const { installers } = summaryOf(events)
    expect(installers.map(({ host, component }) => `${component} ${host}`)).toEqual([
      'postgresql DB01',
      'redis REDIS01',
      'hub HUB01',
      'studio STUDIO01',
      'runner RUN001',
      'runner RUN002',
    ])
  })
})
