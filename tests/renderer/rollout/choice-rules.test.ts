/** Shows that the window asks for a reason exactly where the engine demands one, for every choice there is. */
import { describe, expect, it } from 'vitest'
import { choices } from '../../../domain/run/event.ts'
import { judgeRequest } from '../../../domain/run/request.ts'
import { pendingDecisions } from '../../../domain/run/pending.ts'
import { choiceEffect, refusalsFor, whatIsMissing } from '../../../renderer/rollout/decision/choice-rules.ts'
import { choiceButton, choiceText, choiceTitles } from '../../../renderer/rollout/decision/text.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { graphOf } from '../../builders/graph.ts'
import { playedRun } from '../../builders/played-run.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const plan = enterprisePlan({ runners: 4 })
const { state } = playedRun(graphOf(plan), {
  fails: (step) => (step.work.kind === 'run-installer' && step.host === 'RUN001' ? 'stays' : null),
})
const pending = pendingDecisions(state)
const target = pending[0]?.step.id ?? ''

describe('the choices for a failure', () => {
  it.each(choices)('%s: the window takes what the engine takes, with a reason and without', (choice) => {
    for (const why of ['', '  ', 'Its drive is being replaced.']) {
      const refusal = refusalsFor(state, [target]).get(choice) ?? null
      const verdict = judgeRequest(state, { kind: 'decide', target, choice, by: 'ada', why })
      expect(whatIsMissing(choice, { hosts: 1, refusal, why }) === null, `${choice} because "${why}"`).toBe(verdict.ok)
    }
  })

  it('are all those of the domain, in its order, each with what it does and a button', () => {
    expect(pending.length).toBe(1)
    expect([...refusalsFor(state, [target]).keys()]).toEqual(choices)
    expect(Object.keys(choiceTitles).toSorted()).toEqual([...choices].toSorted())
    for (const choice of choices) expect(choiceEffect(choice, state, plan, pending)).not.toBe('')
  })

  it('say what is missing: a host, a choice that is available, a reason', () => {
    const given = { hosts: 1, refusal: null, why: '' }
    expect(whatIsMissing('retry', { ...given, hosts: 0 })).toBe(choiceText.noHost)
    expect(whatIsMissing('retry', { ...given, refusal: 'The step is done.' })).toBe(choiceText.notOfferedForHosts(1))
    expect(whatIsMissing('skip', given)).toBe(choiceText.reasonMissing)
    // Aborting is for the whole rollout: no host has to be picked.
    expect(whatIsMissing('abort', { ...given, hosts: 0, why: 'The window closes.' })).toBeNull()
  })

  it('count the Runners that an exclusion leaves, and name the number of hosts in the button', () => {
    expect(choiceEffect('exclude', state, plan, pending)).toMatch(/ 3 of 4 Runners remain\.$/)
    expect([choiceButton('retry', 1), choiceButton('retry', 3)]).toEqual(['Retry on 1 host', 'Retry on 3 hosts'])
  })

  it('count no Runner that was taken out before, and say nothing of Runners where none leaves', () => {
    const graph = graphOf(plan)
    const fails = (step: Step) =>
      step.work.kind !== 'run-installer'
        ? null
        : step.host === 'RUN001'
          ? 'exclude'
          : step.host === 'RUN002'
            ? 'stays'
            : null
    const after = playedRun(graph, { fails }).state
    expect(choiceEffect('exclude', after, plan, pendingDecisions(after))).toMatch(/ 2 of 4 Runners remain\.$/)
    const hub = playedRun(graph, {
      fails: ({ work, host }) => (work.kind === 'run-installer' && host === 'HUB01' ? 'stays' : null),
    }).state
    expect(choiceEffect('exclude', hub, plan, pendingDecisions(hub))).not.toContain('Runner')
  })

  it('are refused for many hosts where one of them refuses', () => {
    const done = state.index.graph.steps.find(({ work }) => work.kind === 'reach-host')?.id ?? ''
    const [alone, both] = [[target], [target, done]].map((steps) => refusalsFor(state, steps).get('retry') ?? null)
    expect(alone).toBeNull()
    expect(both).not.toBeNull()
  })

  it('have the same words in option and button for work that was done by hand', () => {
    expect(choiceButton('fixed', 2)).toBe(`${choiceTitles.fixed} on 2 hosts`)
  })
})
