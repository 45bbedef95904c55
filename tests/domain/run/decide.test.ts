/** What decide does, situation by situation. */
import { describe, expect, test } from 'vitest'
import { maxAutomaticRetries, retryDelay } from '../../../domain/base/backoff.ts'
import { decide, isHeld, type Command } from '../../../domain/run/decide.ts'
import type { NewEvent } from '../../../domain/run/event.ts'
import { skipText } from '../../../domain/run/text.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { failureOf, TestLog } from '../../builders/events.ts'
import { graphOf, wideGraph, type WideGraph } from '../../builders/graph.ts'
import { pilotPlan } from '../../builders/plan.ts'

/** A run of like Runner hosts whose first wave is open; `next` is what decide says, in short. */
class Scene extends TestLog {
  now = 1_000
  constructor(size: Partial<WideGraph> = {}) {
    super(wideGraph({ hosts: 3, stepsEach: 4, canary: 0, ...size }))
    this.add(this.now, { type: 'run.started', by: 'ada' })
  }

  commands(): Command[] {
    return decide(this.state, this.now)
  }

  next(): string[] {
    return this.commands().map((command) => {
      switch (command.kind) {
        case 'attempt':
          return `${command.mode === 'prove' ? 'prove' : 'attempt'} ${command.step.id.slice(7)} ${command.attempt}`
        case 'skip':
          return `skip ${command.step.id.slice(7)}`
        case 'open-wave':
          return `open wave ${command.wave}`
        case 'raise-gate':
          return `raise ${command.gate}`
        case 'finish':
          return `finish ${command.outcome}`
        case 'wait':
          return `wait until ${command.until}`
      }
    })
  }

  /** Commits whatever decide says, until it says nothing new. */
  settle(): this {
    for (let commands = this.commands(); commands.some((c) => c.kind !== 'wait'); commands = this.commands())
      for (const command of commands) this.commit(command)
    return this
  }

  private commit(command: Command): void {
    if (command.kind === 'attempt')
      this.add(this.now, {
        type: 'step.attempted',
        step: command.step.id,
        attempt: command.attempt,
        mode: command.mode,
      })
    if (command.kind === 'skip')
      this.add(this.now, { type: 'step.skipped', step: command.step.id, reason: command.reason, by: null })
    if (command.kind === 'open-wave')
      this.add(this.now, { type: 'wave.opened', stage: command.stage, wave: command.wave })
    if (command.kind === 'finish') this.add(this.now, { type: 'run.finished', outcome: command.outcome })
  }

  succeed(step: string, attempt = 1, rebootWanted = false): this {
    return this.add(this.now, {
      type: 'step.succeeded',
      step: `runner/${step}`,
      attempt,
      changed: true,
      rebootWanted,
      learned: null,
    })
  }

  fail(step: string, failure: Failure, attempt = 1): this {
    return this.add(this.now, { type: 'step.failed', step: `runner/${step}`, attempt, failure })
  }

  decision(step: string, choice: Extract<NewEvent, { type: 'decision.made' }>['choice']): this {
    return this.add(this.now, { type: 'decision.made', step: `runner/${step}`, choice, by: 'ada', why: 'so it is' })
  }

  lost(step: string, attempt: number, nextTryAt: number): this {
    const host = step.split('/')[0] ?? ''
    return this.add(
      this.now,
      { type: 'step.interrupted', step: `runner/${step}`, attempt, reason: 'The link was lost.' },
      { type: 'host.unreachable', host, failure: failureOf('never', { kind: 'link' }), nextTryAt },
    )
  }
}

const first = 'RUN0001/stage-artefact:1'
const second = 'RUN0002/stage-artefact:1'
const never = failureOf('never')

describe('decide: a failure is retried as its verdict says', () => {
  test('never: only a person brings another attempt, and it is numbered on', () => {
    const scene = new Scene({ hosts: 1 }).settle().fail(first, never)
    expect(scene.next()).toEqual([])
    expect(scene.decision(first, 'retry').next()).toEqual([`attempt ${first} 2`])
  })

  test('backoff: not before its delay, longer each time, and after the last automatic retry a person is asked', () => {
    const scene = new Scene({ hosts: 1 }).settle()
    for (let n = 1; n <= maxAutomaticRetries; n++) {
      scene.fail(first, failureOf('backoff'), n)
      const until = scene.now + retryDelay(n)
      expect(scene.next()).toEqual([`wait until ${until}`])
      scene.now = until - 1
      expect(scene.next()).toEqual([`wait until ${until}`])
      scene.now = until
      expect(scene.next()).toEqual([`attempt ${first} ${n + 1}`])
      scene.settle()
    }
    expect(scene.fail(first, failureOf('backoff'), maxAutomaticRetries + 1).next()).toEqual([])
    expect(scene.decision(first, 'retry').next()).toEqual([`attempt ${first} ${maxAutomaticRetries + 2}`])
  })

  test('after-reboot: the restart that stands before it in the graph is made first, then the step again; a second time a person is asked', () => {
    const scene = new Scene({ hosts: 1 }).settle().fail(first, failureOf('after-reboot'))
    expect(scene.next()).toEqual(['attempt RUN0001/reboot-host 1'])
    expect(scene.settle().succeed('RUN0001/reboot-host').next()).toEqual([`attempt ${first} 2`])
    expect(scene.settle().fail(first, failureOf('after-reboot'), 2).next()).toEqual([])
  })

  test('after-reboot: a failure of another sort before it takes nothing away', () => {
    const scene = new Scene({ hosts: 1 }).settle().fail(first, failureOf('backoff'))
    scene.now += retryDelay(1)
    expect(scene.settle().fail(first, failureOf('after-reboot'), 2).next()).toEqual(['attempt RUN0001/reboot-host 1'])
  })

  test('after-reboot: a restart that a person refused is not made behind their back', () => {
    const scene = new Scene({ hosts: 1 })
      .settle()
      .fail(first, failureOf('after-reboot'))
      .settle()
      .fail('RUN0001/reboot-host', never)
      .decision('RUN0001/reboot-host', 'skip')
      .settle()
    scene.fail(first, never, 2).decision(first, 'skip').settle()
    expect(scene.fail('RUN0001/stage-artefact:2', failureOf('after-reboot')).next()).toEqual([])
  })

  test('fixed by hand: Rollout only looks, also after a passing fault', () => {
    const scene = new Scene({ hosts: 1 }).settle().fail(first, never).decision(first, 'fixed')
    expect(scene.next()).toEqual([`prove ${first} 2`])
    scene.settle().fail(first, failureOf('backoff'), 2)
    scene.now += retryDelay(2)
    expect(scene.next()).toEqual([`prove ${first} 3`])
    expect(scene.settle().fail(first, never, 3).decision(first, 'retry').next()).toEqual([`attempt ${first} 4`])
  })

  test('a restart that nothing asked for is skipped with the reason', () => {
    const scene = new Scene({ hosts: 1 })
    scene.add(1, { type: 'wave.opened', stage: 'runner', wave: 1 })
    expect(scene.commands()).toMatchObject([{ kind: 'skip', reason: 'No restart is required.' }])
  })
})

describe('decide: a host that does not answer', () => {
  test('pauses its own lane until its next try, while the others go on', () => {
    const scene = new Scene({ hosts: 2 }).settle().lost(first, 1, 3_000).succeed(second)
    expect(scene.next()).toEqual(['attempt RUN0002/stage-artefact:2 1', 'wait until 3000'])
    scene.now = 3_000
    expect(scene.next()).toEqual([`attempt ${first} 2`, 'attempt RUN0002/stage-artefact:2 1'])
  })

  test('with every slot taken there is no moment to wait for: what is in flight brings the run back', () => {
    const scene = new Scene({ hosts: 2, policy: { concurrency: 1 } }).settle().lost(first, 1, 3_000)
    expect(scene.settle().next()).toEqual([])
    scene.now = 3_000
    expect(scene.next()).toEqual([])
  })

  test('among several that wait, the earliest moment counts, and whose moment has come begins', () => {
    const scene = new Scene({ hosts: 4 }).settle()
    for (const [n, nextTryAt] of [2_000, 5_000, 4_000, 6_000].entries())
      scene.lost(`RUN000${n + 1}/stage-artefact:1`, 1, nextTryAt)
    scene.now = 2_000
    expect(scene.next()).toEqual([`attempt ${first} 2`, 'wait until 4000'])
  })

  test('hosts whose moment has come share the free slots', () => {
    const scene = new Scene({ hosts: 3, policy: { concurrency: 2 } }).settle()
    scene.lost(first, 1, 3_000).settle().lost(second, 1, 3_000)
    scene.now = 3_000
    expect(scene.next()).toEqual([`attempt ${first} 2`])
  })

  test("is tried at once when a person says retry, and stays nobody's failure", () => {
    const scene = new Scene({ hosts: 2, policy: { stopAtFailedPercent: 1 } }).settle().lost(first, 1, 60_000)
    expect(isHeld(scene.state)).toBe(false)
    expect(scene.decision(first, 'retry').next()).toEqual([`attempt ${first} 2`])
  })
})

describe('decide: waves and stopping at a share of failures', () => {
  test('no other host begins before the canary is through, also when it fails', () => {
    const scene = new Scene({ canary: 1, batch: 1 }).settle().fail(first, never)
    expect(scene.next()).toEqual([])
    scene.decision(first, 'skip').settle().succeed('RUN0001/stage-artefact:2').settle()
    expect(scene.next()).toEqual([])
    expect(scene.succeed('RUN0001/clear-staging').next()).toEqual(['open wave 2'])
  })

  test('a stage whose hosts were all excluded before it opened still opens: the next one may open only after it', () => {
    const log = new TestLog(graphOf(pilotPlan())).add(
      1,
      { type: 'run.started', by: 'ada' },
      { type: 'decision.made', step: 'prerequisites/HUB01/reach-host', choice: 'exclude', by: 'ada', why: 'gone' },
    )
    expect(log.state.stageCounts).toMatchObject({ total: 1, settled: 1 })
    expect(decide(log.state, 2)).toEqual([{ kind: 'open-wave', stage: 'prerequisites', wave: 1 }])
  })

  test('a later wave lets the next begin while one of its hosts waits for a decision', () => {
    const scene = new Scene({ batch: 1 }).settle().fail(first, never)
    expect(scene.next()).toEqual(['open wave 2'])
  })

  test('held: hosts under way go on, others do not begin, and answering releases it', () => {
    const scene = new Scene({ hosts: 4, policy: { concurrency: 2, stopAtFailedPercent: 25 } })
      .settle()
      .fail(first, never)
    expect(isHeld(scene.state)).toBe(true)
    expect(scene.next()).toEqual([])
    scene.succeed(second).settle()
    expect(scene.state.inFlight).toBe(1)
    expect(scene.decision(first, 'retry').next()).toEqual([`attempt ${first} 2`])
  })

  test('held by a host that is then excluded: the rest of the run goes on, for nobody is left to ask', () => {
    const scene = new Scene({ hosts: 2, policy: { concurrency: 1, stopAtFailedPercent: 25 } })
      .settle()
      .fail(first, never)
      .decision(first, 'exclude')
    expect(scene.state.stageCounts.failed).toBe(1)
    expect(scene.next()).toEqual([`attempt ${second} 1`])
  })

  test('work by hand waits for a person and holds nothing up', () => {
    const scene = new Scene({ hosts: 2, policy: { concurrency: 1, stopAtFailedPercent: 1 } })
      .settle()
      .fail(first, failureOf('never', { kind: 'by-hand' }))
    expect(isHeld(scene.state)).toBe(false)
    expect(scene.settle().state.inFlight).toBe(1)
    // Also beside a host that counts as failed for good: nobody is left to answer for that one.
    const beside = new Scene({ hosts: 3, policy: { concurrency: 2, stopAtFailedPercent: 1 } })
      .settle()
      .fail(first, never)
      .decision(first, 'exclude')
      .fail(second, failureOf('never', { kind: 'by-hand' }))
    expect(beside.state.stageCounts.failed).toBe(1)
    expect(isHeld(beside.state)).toBe(false)
  })
})

describe('decide: pause and cancel', () => {
  test('paused: nothing begins; resumed: it goes on', () => {
    const scene = new Scene({ hosts: 1 })
      .settle()
      .succeed(first)
      .add(1, { type: 'run.paused', by: 'ada', why: 'lunch' })
    expect(scene.next()).toEqual([])
    expect(scene.add(1, { type: 'run.resumed', by: 'ada', why: 'back' }).next()).toEqual([
      'attempt RUN0001/stage-artefact:2 1',
    ])
  })

  test('cancelled: what is in flight ends, always-steps of touched hosts run once, then it is over', () => {
    const scene = new Scene({ hosts: 3, policy: { concurrency: 2 } })
      .settle()
      .add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    expect(scene.next()).toEqual([])
    expect(scene.succeed(first).next()).toEqual(['attempt RUN0001/clear-staging 1'])
    scene.settle().fail(second, never).settle().succeed('RUN0001/clear-staging')
    expect(scene.next()).toEqual([])
    scene.fail('RUN0002/clear-staging', failureOf('backoff'))
    expect(scene.next()).toEqual(['skip RUN0002/clear-staging'])
    expect(scene.settle().state).toMatchObject({ status: 'finished', outcome: 'cancelled' })
  })

  test('cancelled: the always-steps take no more slots than the plan gives, beside what is still in flight', () => {
    const scene = new Scene({ hosts: 3, policy: { concurrency: 2, stopAtFailedPercent: 100 } }).settle()
    scene.fail(first, never).settle().fail(second, never)
    scene.add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    expect(scene.next()).toEqual(['attempt RUN0001/clear-staging 1'])
    scene.settle().succeed('RUN0003/stage-artefact:1')
    expect(scene.next()).toEqual(['attempt RUN0002/clear-staging 1'])
  })

  test('cancelled: an always-step that failed, or that a host cannot be reached for, is skipped with the reason', () => {
    const scene = new Scene({ hosts: 2 }).settle().lost(first, 1, 2_000).succeed(second)
    scene.add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    expect(scene.commands()).toMatchObject([
      { kind: 'skip', step: { host: 'RUN0001' }, reason: skipText.unreachable },
      { kind: 'attempt', step: { host: 'RUN0002' } },
    ])
    scene.settle().fail('RUN0002/clear-staging', never)
    expect(scene.commands()).toMatchObject([{ kind: 'skip', reason: skipText.failedCancelling }])
  })

  test('cancelled: an always-step whose moment has come has another attempt', () => {
    const scene = new Scene({ hosts: 1 }).settle().succeed(first).settle().succeed('RUN0001/stage-artefact:2').settle()
    scene.fail('RUN0001/clear-staging', failureOf('backoff'))
    scene.add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    expect(scene.next()).toEqual(['skip RUN0001/clear-staging'])
    scene.now += retryDelay(1)
    expect(scene.next()).toEqual(['attempt RUN0001/clear-staging 2'])
  })

  test('cancelled: no stage is held any more, for nobody is asked', () => {
    const scene = new Scene({ hosts: 2, policy: { stopAtFailedPercent: 1 } }).settle().fail(first, never)
    expect(isHeld(scene.state)).toBe(true)
    scene.add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    expect(isHeld(scene.state)).toBe(false)
  })

  test('cancelled before anything began: over at once', () => {
    expect(new Scene().add(1, { type: 'run.cancel-requested', by: 'ada', why: 'enough' }).next()).toEqual([
      'finish cancelled',
    ])
  })
})

describe('decide: the end', () => {
  test('a host that is excluded while its attempt runs keeps the run open until the attempt has ended', () => {
    const scene = new Scene({ hosts: 1 }).settle().decision(first, 'exclude')
    expect(scene.next()).toEqual([])
    expect(scene.succeed(first).next()).toEqual(['finish accepted-with-exceptions'])
  })

  const whole = (scene: Scene) => scene.settle().succeed(first).settle().succeed('RUN0001/stage-artefact:2').settle()

  test('accepted when all was done', () => {
    expect(
      whole(new Scene({ hosts: 1 }))
        .succeed('RUN0001/clear-staging')
        .next(),
    ).toEqual(['finish accepted'])
  })

  test('accepted with exceptions when a person let something pass', () => {
    expect(
      whole(new Scene({ hosts: 1 }))
        .fail('RUN0001/clear-staging', never)
        .decision('RUN0001/clear-staging', 'skip')
        .next(),
    ).toEqual(['finish accepted-with-exceptions'])
    expect(
      whole(new Scene({ hosts: 1 }))
        .fail('RUN0001/clear-staging', never)
        .decision('RUN0001/clear-staging', 'exclude')
        .next(),
    ).toEqual(['finish accepted-with-exceptions'])
  })
})
