/** What the engine promises whatever happens to its process, its log and its hosts. */
import { describe, expect, test } from 'vitest'
import { failed } from '../../../domain/base/failure.ts'
import type { Graph, Stage } from '../../../domain/graph/graph.ts'
import type { NewEvent } from '../../../domain/run/event.ts'
import { virtualClock } from '../../../main/app/workstation/clock.ts'
import { createEngine } from '../../../main/engine/engine.ts'
import { wideGraph } from '../../builders/graph.ts'
import { memoryRun } from '../../builders/memory-run.ts'
import { scriptedHost, type Answers } from '../../builders/scripted-host.ts'

const { signal } = new AbortController()
const answers: Answers = {
  'Get-BootId': () => ({ bootId: 'boot-1', bootTime: '', pendingReboot: [] }),
  'Get-FileState': () => ({ exists: false, length: null, sha256: null, signature: null }),
}

/** One reach-host step a host and stage; the stages follow each other without a gate. */
function lookingGraph(hosts: readonly string[], stages: readonly Stage['name'][]): Graph {
  return {
    ...wideGraph({ hosts: 0, stepsEach: 1 }),
    stages: stages.map((name) => ({
      name,
      gate: null,
      canary: false,
      waves: [{ number: 1, id: `wave:${name}:1`, hosts: [...hosts] }],
    })),
    steps: stages.flatMap((stage) =>
      hosts.map((host) => ({
        id: `${stage}/${host}/reach-host`,
        host,
        stage,
        wave: 1,
        after: [],
        title: 'Reach the host',
        work: { kind: 'reach-host' as const },
      })),
    ),
  }
}

describe('a process that died', () => {
  const step = 'runner/RUN0001/stage-artefact:1'
  const clear = 'runner/RUN0001/clear-staging'
  const begun: NewEvent[] = [
    { type: 'run.started', by: 'ann@test' },
    { type: 'wave.opened', stage: 'runner', wave: 1 },
    { type: 'step.skipped', step: 'runner/RUN0001/reboot-host', reason: 'No restart is required.', by: null },
    { type: 'step.attempted', step, attempt: 1, mode: 'normal' },
  ]
  const cancelled: NewEvent[] = [
    ...begun,
    { type: 'run.cancel-requested', by: 'ann@test', why: 'wrong weekend' },
    { type: 'step.interrupted', step, attempt: 1, reason: 'stopped' },
    { type: 'step.attempted', step: clear, attempt: 1, mode: 'normal' },
  ]

  test('while a cancelled run was clearing up: the clean-up is done again, and the run ends', async () => {
    const { log, options } = memoryRun(wideGraph({ hosts: 2, stepsEach: 4 }), scriptedHost(answers), {
      events: cancelled,
    })
    const engine = createEngine(options)
    expect(log.at(-1)).toMatchObject({ type: 'step.interrupted', step: clear, attempt: 1 })
    expect(await engine.run(signal)).toBe('finished')
    expect(engine.state().outcome).toBe('cancelled')
    expect(log).toContainEqual(expect.objectContaining({ type: 'step.succeeded', step: clear, attempt: 2 }))
  })

  test('in the middle of a step: it is recorded as interrupted, once, and begun again with the next number', () => {
    const { log, options } = memoryRun(wideGraph({ hosts: 2, stepsEach: 4 }), scriptedHost(answers), { events: begun })
    const engine = createEngine(options)
    expect(log.slice(begun.length)).toMatchObject([{ type: 'step.interrupted', step, attempt: 1 }])
    expect(createEngine(options).state()).toEqual(engine.state())
    expect(log).toHaveLength(begun.length + 1)
  })
})

describe('a log that cannot be written', () => {
  /** From the first event of that type on. */
  const failing = (type: NewEvent['type']) => {
    let full = false
    return (events: readonly NewEvent[]) => {
      full ||= events.some((event) => event.type === type)
      if (full) throw new Error('disk is full')
    }
  }

  test('no host is spoken to before the log says that it will be', async () => {
    const host = scriptedHost(answers)
    const { log, options } = memoryRun(lookingGraph(['HUB01', 'DB01'], ['prerequisites']), host, {
      onAppend: failing('step.attempted'),
    })
    await expect(createEngine(options).run(signal)).rejects.toThrow('disk is full')
    expect(host.asked).toEqual([])
    expect(log.at(-1)).toMatchObject({ type: 'wave.opened' })
  })

  test('the outcome of a step is the first that is lost: nothing more begins on any host', async () => {
    const host = scriptedHost(answers)
    const graph = lookingGraph(['HUB01', 'DB01', 'REDIS01'], ['prerequisites'])
    const { log, options } = memoryRun({ ...graph, policy: { ...graph.policy, concurrency: 1 } }, host, {
      onAppend: failing('step.succeeded'),
    })
    await expect(createEngine(options).run(signal)).rejects.toThrow('disk is full')
    expect(log.filter(({ type }) => type === 'step.attempted')).toHaveLength(1)
    expect(host.asked).toEqual(['open', 'Get-BootId', 'close'])
  })
})

describe('conversations', () => {
  test('one host is done with its stage: its conversation ends, while another still works', async () => {
    let first = true
    const { transports, asked } = scriptedHost({
      'Get-BootId': async () => {
        const mine = first
        first = false
        // The first host works on until the second has had time to end.
        for (let turn = 0; mine && turn < 50; turn++) await new Promise<void>((resolve) => void setImmediate(resolve))
        if (mine) expect(asked).toContain('close')
        return { bootId: 'boot-1', bootTime: '', pendingReboot: [] }
      },
    })
    const { options } = memoryRun(lookingGraph(['HUB01', 'DB01'], ['prerequisites', 'acceptance']), { transports })
    const engine = createEngine(options)
    expect(await engine.run(signal)).toBe('finished')
    expect(engine.state().outcome).toBe('accepted')
  })

  test('within a stage it stays, and at the end none is left open', async () => {
    const { transports, asked } = scriptedHost(answers)
    const graph = lookingGraph(['HUB01'], ['prerequisites'])
    const [step] = graph.steps
    if (!step) throw new Error('the graph has a first step')
    const { options } = memoryRun({ ...graph, steps: [step, { ...step, id: `${step.id}:2` }] }, { transports })
    expect(await createEngine(options).run(signal)).toBe('finished')
    expect(asked).toEqual(['open', 'Get-BootId', 'Get-BootId', 'close'])
  })
})

describe('a person', () => {
  test('who decides while a host is waited for does not wait with the engine', async () => {
    let switchedOn = false
    const host = scriptedHost(answers, {
      open: () => {
        if (!switchedOn) throw failed('link', 'connection-refused', 'Nothing listens.', 'Wait.')
      },
    })
    const { log, options } = memoryRun(lookingGraph(['HUB01'], ['prerequisites']), host)
    const lost = Promise.withResolvers<void>()
    // Time stands still: only the decision can bring the host's next try.
    const clock = virtualClock(options.clock.now(), { auto: false })
    const engine = createEngine({
      ...options,
      clock,
      listeners: [
        (_run, event) => {
          if (event.type === 'host.unreachable') lost.resolve()
        },
      ],
    })
    const ended = engine.run(signal)
    await lost.promise
    while (clock.waiting() === 0) await new Promise<void>((resolve) => void setImmediate(resolve))
    switchedOn = true
    const step = 'prerequisites/HUB01/reach-host'
    engine.submit([{ type: 'decision.made', step, choice: 'retry', by: 'ann@test', why: 'switched on' }])
    for (let turn = 0; turn < 50; turn++) await new Promise<void>((resolve) => void setImmediate(resolve))
    expect(log.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'accepted' })
    expect(await ended).toBe('finished')
    expect(clock.now()).toBe(options.clock.now())
  })

  test('who stopped Rollout before the run began finds nothing begun', async () => {
    const host = scriptedHost(answers)
    const { log, options } = memoryRun(lookingGraph(['HUB01'], ['prerequisites']), host)
    expect(await createEngine(options).run(AbortSignal.abort())).toBe('stopped')
    expect(host.asked).toEqual([])
    expect(log.filter(({ type }) => type === 'step.attempted')).toEqual([])
  })
})
