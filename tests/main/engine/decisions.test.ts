/**
 * What a person can do to a run: skip, exclude, retry, fixed, pause, cancel, work by hand. Each answer fits one
 * question.
 */
import { describe, expect, test } from 'vitest'
import { verbs } from '../../../domain/remote/verb.ts'
import { practiceRun, standingBetween } from './practice-run.ts'

const install = (host: string) => `runner/${host}/run-installer:runner`

describe('rung 1: what a person lets pass', () => {
  test('skip leaves the step undone, and the run says that it was accepted with exceptions', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
    await run.run()
    run.decide(install('RUN001'), 'skip', 'this desk is empty')
    expect(await run.run()).toBe('person')
    // What depends on it is not taken for done: the host is not as planned, and that is asked about as well.
    expect(run.pending()).toEqual([
      expect.stringMatching(/^acceptance\/RUN001\/check-host.* not-as-planned$/) as string,
    ])
    run.decide(run.pending()[0]?.split(' ')[0] ?? '', 'skip', 'known')
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted-with-exceptions')
    expect(run.site().hosts['RUN001']?.products).toEqual({})
  })

  test('exclude takes the host out for good and lets the others go on; a host that others need cannot be excluded', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001*forever', 'exit-1603@DB01'] })
    expect(await run.run()).toBe('person')
    expect(() => {
      run.decide('prerequisites/DB01/run-installer:postgresql', 'exclude')
    }).toThrow(/Other hosts need DB01/)
    run.decide('prerequisites/DB01/run-installer:postgresql', 'retry')
    expect(await run.run()).toBe('person')
    run.decide(install('RUN001'), 'exclude', 'returned to the vendor')
    const before = run.events().length
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted-with-exceptions')
    expect(
      run
        .events()
        .slice(before)
        .filter((event) => 'step' in event && event.step.includes('RUN001')),
    ).toEqual([])
    expect(run.site().hosts['RUN002']?.products).toHaveProperty('Practice runner (stand-in)')
  })

  test('so many failures that the plan says stop: no further host begins until they are answered', async () => {
    // One of four: 25 %.
    const run = await practiceRun({
      runners: 4,
      faults: ['exit-1603@RUN001*forever'],
      edit: (document) => {
        document.rollout = { stopAtFailedPercent: 25, waves: { runner: { canary: 0, batch: 1 } } }
      },
    })
    expect(await run.run()).toBe('person')
    const begun = () =>
      Object.entries(run.site().hosts).flatMap(([host, { starts }]) =>
        'practice-runner-installer' in starts ? [host] : [],
      )
    expect(begun()).toEqual(['RUN001'])
    run.decide(install('RUN001'), 'exclude', 'broken')
    expect(await run.run()).toBe('finished')
    expect(begun()).toEqual(['RUN001', 'RUN002', 'RUN003', 'RUN004'])
  })

  test('a failed host of a later wave does not hold the others, as long as the plan allows it', async () => {
    const run = await practiceRun({
      runners: 4,
      faults: ['exit-1603@RUN002*forever'],
      edit: (document) => {
        document.rollout = { stopAtFailedPercent: 50, waves: { runner: { canary: 1, batch: 1 } } }
      },
    })
    expect(await run.run()).toBe('person')
    expect(
      Object.values(run.site().hosts).filter(({ products }) => 'Practice runner (stand-in)' in products),
    ).toHaveLength(3)
  })
})

describe('rung 1: pause and cancel', () => {
  test('pause lets what is under way end, begins nothing, and resume goes on', async () => {
    let asked = false
    const run = await practiceRun({
      onEvent: (event, active) => {
        if (asked || event.type !== 'step.applying' || event.ticket === null) return
        asked = true
        queueMicrotask(() => {
          active.request({ kind: 'pause', by: 'ann@test', why: 'lunch' })
        })
      },
    })
    expect(await run.run()).toBe('paused')
    const events = run.events()
    const paused = events.findIndex((event) => event.type === 'run.paused')
    expect(paused).toBeGreaterThan(0)
    expect(events.slice(paused).some((event) => event.type === 'step.attempted')).toBe(false)
    expect(events.slice(paused).some((event) => event.type === 'step.succeeded')).toBe(true)
    run.ask({ kind: 'resume', by: 'ann@test', why: 'back' })
    expect(await run.run()).toBe('finished')
  })

  test('cancel lets the installer under way end, clears what was staged on touched hosts, and touches no other host', async () => {
    let asked = false
    const run = await practiceRun({
      onEvent: (event, active) => {
        if (asked || event.type !== 'step.applying' || event.ticket === null || !event.step.startsWith('hub/')) return
        asked = true
        queueMicrotask(() => {
          active.request({ kind: 'cancel', by: 'ann@test', why: 'wrong weekend' })
        })
      },
    })
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('cancelled')
    const { hosts } = run.site()
    expect(hosts['HUB01']?.products).toHaveProperty('Practice hub (stand-in)')
    expect(hosts['HUB01']?.jobs).toMatchObject([{ state: 'ended', exitCode: 0 }])
    expect(
      Object.values(hosts)
        .flatMap(({ files }) => Object.keys(files))
        .filter((path) => path.includes('\\media\\')),
    ).toEqual([])
    expect(hosts['RUN001']?.starts).toEqual({})
  })

  test('a signal detaches at once; the installer goes on alone and is found again, not started again', async () => {
    const stop = new AbortController()
    const run = await practiceRun({
      onEvent: (event) => {
        if (event.type === 'step.applying' && event.ticket !== null) stop.abort()
      },
    })
    expect(await run.run(stop.signal)).toBe('stopped')
    expect(run.events().at(-1)).toMatchObject({ type: 'step.interrupted' })
    await run.active.close()
    const active = await run.app.executeRun(run.runId, { openGates: true })
    expect(await active.run(new AbortController().signal)).toBe('finished')
    expect(Object.values(run.site().hosts).flatMap(({ starts }) => Object.values(starts))).toEqual([1, 1, 1, 1, 1, 1])
    await active.close()
  })
})

describe('rung 1: work by hand', () => {
  test('shows the instructions, and is done when Rollout sees that it is', async () => {
    const run = await practiceRun({
      edit: ({ installers }) => {
        const { detect } = installers['studio'] ?? {}
        installers['studio'] = { mode: 'by-hand', instructions: ['Insert the medium', 'Press Install'], detect }
      },
    })
    expect(await run.run()).toBe('person')
    const step = 'studio/STU01/by-hand:studio'
    expect(run.failureOf(step)).toMatchObject({
      kind: 'by-hand',
      evidence: ['1. Insert the medium', '2. Press Install'],
    })
    run.decide(step, 'fixed')
    expect(await run.run()).toBe('person')
    expect(run.failureOf(step)).toMatchObject({ code: 'not-proved' })
    run.byHand('STU01', 'practice-studio-installer')
    run.decide(step, 'fixed')
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    expect(run.site().hosts['STU01']?.starts).toEqual({})
  })
})

describe('rung 1: a site that is as planned', () => {
  test('a second run of the same plan starts nothing and leaves every host as it was', async () => {
    const asked: string[] = []
    const reach = standingBetween((_host, session) => ({
      run: (verb, params, options) => {
        asked.push(verb)
        return session.run(verb, params, options)
      },
      put: (...sent) => {
        asked.push('put')
        return session.put(...sent)
      },
    }))
    const run = await practiceRun({ appOptions: { reach } })
    expect(await run.run()).toBe('finished')
    const before = run.site().hosts
    expect(asked).toEqual(
      expect.arrayContaining(['put', 'Start-HostJob', 'Set-FirewallRule', 'Add-TrustedCertificate']),
    )
    asked.length = 0
    await run.again()
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    expect(run.site().hosts).toEqual(before)
    const changing = Object.entries(verbs).flatMap(([name, { changes }]) => (changes ? [name] : []))
    expect(asked.filter((call) => call === 'put' || changing.includes(call))).toEqual([])
    expect(
      run
        .events()
        .filter((event) => event.type === 'step.applying' || (event.type === 'step.succeeded' && event.changed)),
    ).toEqual([])
  })
})

describe('rung 1: what others got wrong', () => {
  test('a retry really runs again: no marker of the failed try makes it pass (Octopus Issues#707)', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001*3'] })
    await run.run()
    for (let starts = 2; starts <= 4; starts++) {
      run.decide(install('RUN001'), 'retry')
      const rest = await run.run()
      expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': starts })
      expect(rest).toBe(starts < 4 ? 'person' : 'finished')
    }
  })

  test('the tenth retry that fails is asked about like the first; it never goes on silently (Issues#2885)', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001*forever'] })
    await run.run()
    for (let i = 0; i < 10; i++) {
      expect(run.pending()).toEqual([`${install('RUN001')} exit-1603`])
      run.decide(install('RUN001'), 'retry')
      expect(await run.run()).toBe('person')
    }
    expect(run.site().hosts['RUN001']).toMatchObject({
      products: {},
      starts: { 'practice-runner-installer': 11 },
      startedTwice: [],
    })
  })

  test('one answer is for one host: the same failure elsewhere is asked about afresh (Issues#6576)', async () => {
    const run = await practiceRun({
      runners: 3,
      faults: ['exit-1603@RUN001', 'exit-1603@RUN002', 'exit-1603@RUN003'],
      edit: (document) => {
        document.rollout = { stopAtFailedPercent: 100 }
      },
    })
    expect(await run.run()).toBe('person')
    run.decide(install('RUN001'), 'skip', 'only this one')
    await run.run()
    expect(run.pending()).toEqual(expect.arrayContaining([`${install('RUN002')} exit-1603`]))
    const skipped = run.events().flatMap((event) => (event.type === 'decision.made' ? [event.step] : []))
    expect(skipped).toEqual([install('RUN001')])
  })

  test('a step is retried alone: what came before it on the host is not done over, other hosts are not touched (semaphore#798, pyinfra#647)', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
    await run.run()
    const before = run.events().length
    run.decide(install('RUN001'), 'retry')
    await run.run()
    const attempted = run
      .events()
      .slice(before)
      .flatMap((event) => (event.type === 'step.attempted' && event.step.includes('/RUN001/') ? [event.step] : []))
    expect(attempted[0]).toBe(install('RUN001'))
    expect(new Set(attempted).size).toBe(attempted.length)
  })

  test('a host that drops out does not stop the others, and what was excluded stays excluded over a retry elsewhere (rundeck#1407, Issues#4132)', async () => {
    const run = await practiceRun({
      runners: 3,
      faults: ['exit-1603@RUN001*forever', 'exit-1603@RUN002', 'unreachable@RUN003*20'],
      edit: (document) => {
        document.rollout = { stopAtFailedPercent: 100 }
      },
    })
    expect(await run.run()).toBe('person')
    run.decide(install('RUN001'), 'exclude', 'gone')
    expect(await run.run()).toBe('person')
    run.decide(install('RUN002'), 'retry')
    expect(await run.run()).toBe('finished')
    expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 1 })
    expect(run.site().hosts['RUN003']?.products).toHaveProperty('Practice runner (stand-in)')
  })
})
