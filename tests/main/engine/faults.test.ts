/** Every fault, from the host that shows it to the end of the run: what stops, what continues, what a person can do. */
import { describe, expect, test } from 'vitest'
import { failed } from '../../../domain/base/failure.ts'
import { practiceRun, standingBetween } from './practice-run.ts'

const install = 'runner/RUN001/run-installer:runner'

describe('rung 1: faults that pass by themselves', () => {
  test('a host that does not answer pauses its own lane; the others go on, and it catches up', async () => {
    const run = await practiceRun({ runners: 3, faults: ['unreachable@RUN002*4'] })
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    const story = run.story('RUN002').map(({ type }) => type)
    expect(story.filter((type) => type === 'host.unreachable')).toHaveLength(4)
    expect(story.filter((type) => type === 'host.reached')).toHaveLength(1)
    const events = run.events()
    const lost = events.findIndex((event) => event.type === 'host.unreachable')
    const back = events.findIndex((event) => event.type === 'host.reached')
    expect(
      events.slice(lost, back).some((event) => event.type === 'step.succeeded' && !event.step.includes('RUN002')),
    ).toBe(true)
    // Pauses grow: 2, 4, 8 seconds and on.
    const tries = events.flatMap((event) => (event.type === 'host.unreachable' ? [event.nextTryAt - event.at] : []))
    expect(tries).toEqual([2000, 4000, 8000, 16_000])
  })

  test('an installer that finds another at work (1618) is tried again by itself, with a new job each time', async () => {
    const run = await practiceRun({ faults: ['exit-1618@RUN001*2'] })
    expect(await run.run()).toBe('finished')
    const failures = run.story(install).filter((event) => event.type === 'step.failed')
    expect(failures).toMatchObject([
      { failure: { code: 'exit-1618', retry: 'backoff' } },
      { failure: { code: 'exit-1618' } },
    ])
    expect(run.events().some((event) => event.type === 'decision.made')).toBe(false)
    expect(run.site().hosts['RUN001']).toMatchObject({ starts: { 'practice-runner-installer': 3 }, startedTwice: [] })
  })

  test('1618 for ever: after five automatic retries a person is asked, and nothing goes on silently', async () => {
    const run = await practiceRun({ faults: ['exit-1618@RUN001*forever'] })
    expect(await run.run()).toBe('person')
    expect(run.pending()).toEqual([`${install} exit-1618`])
    expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 6 })
  })

  test.each(['exit-3010', 'exit-1641'])('%s: the restart that is wanted is made or awaited, once', async (kind) => {
    const run = await practiceRun({ faults: [`${kind}@RUN001`] })
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    const { boots, pendingReboot, starts } = run.site().hosts['RUN001'] ?? {}
    expect({ boots, pendingReboot, starts }).toEqual({
      boots: 2,
      pendingReboot: [],
      starts: { 'practice-runner-installer': 1 },
    })
    expect(run.site().hosts['RUN002']?.boots).toBe(1)
  })

  test('3017: the host is restarted before the installer is tried again, and nobody has to be asked', async () => {
    // The practice site ends with 1603 where this host says 3017.
    const reach = standingBetween((_host, session) => ({
      run: async (verb, params, options) => {
        const answer = await session.run(verb, params, options)
        return typeof answer === 'object' && 'exitCode' in answer && answer.exitCode === 1603
          ? { ...answer, exitCode: 3017 }
          : answer
      },
    }))
    const run = await practiceRun({ faults: ['exit-1603@RUN001'], appOptions: { reach } })
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    expect(run.story(install).filter((event) => event.type === 'step.failed')).toMatchObject([
      { failure: { code: 'exit-3017', retry: 'after-reboot' } },
    ])
    expect(run.site().hosts['RUN001']).toMatchObject({
      boots: 2,
      starts: { 'practice-runner-installer': 2 },
      startedTwice: [],
    })
    expect(run.events().some((event) => event.type === 'decision.made')).toBe(false)
  })

  test.each(['stage-artefact', 'run-installer', 'open-port', 'trust-certificate'])(
    'a link that breaks in %s: the attempt is interrupted, looked at again, and done once',
    async (step) => {
      const host = step === 'open-port' ? 'HUB01' : 'RUN001'
      const run = await practiceRun({ faults: [`drop@${host}:${step}`] })
      expect(await run.run()).toBe('finished')
      expect(run.active.state().outcome).toBe('accepted')
      expect(run.events().filter((event) => event.type === 'step.interrupted')).toMatchObject([
        { step: expect.stringContaining(step) as string },
      ])
      const { starts, startedTwice } = run.site().hosts[host] ?? {}
      expect(Object.values(starts ?? {})).toEqual([1])
      expect(startedTwice).toEqual([])
    },
  )
})

describe('rung 1: faults that a person answers', () => {
  test('1603: the reason and the output are there; retry runs a new job and the run ends well', async () => {
    const run = await practiceRun({ faults: ['exit-1603@RUN001'] })
    expect(await run.run()).toBe('person')
    expect(run.failureOf(install)).toMatchObject({
      kind: 'installer',
      code: 'exit-1603',
      retry: 'never',
      evidence: expect.arrayContaining(['exit code 1603']) as string[],
    })
    expect(run.failureOf(install)?.hint).toContain('Return value 3')
    run.decide(install, 'retry')
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
    const output = run.app.store.output
      .read(run.runId, install, 1)
      .chunks.map(({ text }) => text)
      .join('')
    expect(output).toContain('Fatal error during installation')
  })

  test('a file that arrives wrong is not published and not run; retry sends it again', async () => {
    const stage = 'runner/RUN001/stage-artefact:runner'
    const run = await practiceRun({ faults: ['wrong-hash@RUN001'] })
    expect(await run.run()).toBe('person')
    expect(run.failureOf(stage)).toMatchObject({ code: 'hash-mismatch' })
    expect(run.site().hosts['RUN001']?.starts).toEqual({})
    run.decide(stage, 'retry')
    expect(await run.run()).toBe('finished')
  })

  test('a file that is changed on the host after it was sent is a matter of trust; retry sends the pinned one', async () => {
    const verify = 'runner/RUN001/verify-artefact:runner'
    const run = await practiceRun({ faults: ['wrong-hash@RUN001:verify-artefact+1'] })
    expect(await run.run()).toBe('person')
    expect(run.failureOf(verify)).toMatchObject({ kind: 'trust', code: 'hash-mismatch' })
    run.decide(verify, 'retry')
    expect(await run.run()).toBe('finished')
  })

  test('a service that never starts: "fixed" is not believed before it is seen, and is once it is true', async () => {
    const service = 'hub/HUB01/await-service:ExekraHubService'
    const run = await practiceRun({ faults: ['service-never-starts@HUB01'] })
    expect(await run.run()).toBe('person')
    const [waiting = ''] = run.pending()
    expect(waiting).toContain('await-service')
    const step = waiting.split(' ')[0] ?? service
    run.decide(step, 'fixed')
    expect(await run.run()).toBe('person')
    expect(run.failureOf(step)).toMatchObject({ kind: 'finding', code: 'not-proved' })
    // To prove is only to look: the service was not started meanwhile.
    expect(run.site().hosts['HUB01']?.services['ExekraHubService']).toBe('stopped')
    run.mend('HUB01')
    run.byHand('HUB01', 'practice-hub-installer')
    run.decide(step, 'retry')
    expect(await run.run()).toBe('finished')
    expect(run.active.state().outcome).toBe('accepted')
  })

  test('another certificate than the plan pins stops before anybody trusts it', async () => {
    const run = await practiceRun({ faults: ['wrong-certificate@HUB01'] })
    expect(await run.run()).toBe('person')
    const [waiting = ''] = run.pending()
    expect(waiting).toMatch(/^hub\/HUB01\/await-endpoint.* wrong-certificate$/)
    expect(Object.values(run.site().hosts).filter(({ starts }) => 'practice-runner-installer' in starts)).toEqual([])
    run.mend('HUB01')
    run.decide(waiting.split(' ')[0] ?? '', 'retry')
    expect(await run.run()).toBe('finished')
  })

  test('a full disk: said as such; with space again retry goes on', async () => {
    const run = await practiceRun({ faults: ['disk-full@RUN001'] })
    expect(await run.run()).toBe('person')
    const [waiting = ''] = run.pending()
    expect(waiting).toBe('runner/RUN001/stage-artefact:runner disk-full')
    run.mend('RUN001')
    run.decide('runner/RUN001/stage-artefact:runner', 'retry')
    expect(await run.run()).toBe('finished')
  })

  test.each([
    ['wrong-password', 'credential'],
    ['host-key-changed', 'trust'],
  ] as const)(
    '%s stops the lane at once and is tried exactly once: accounts are not locked out',
    async (fault, kind) => {
      const run = await practiceRun({ faults: [`${fault}@RUN001`] })
      expect(await run.run()).toBe('person')
      const [waiting = ''] = run.pending()
      const step = waiting.split(' ')[0] ?? ''
      expect(run.failureOf(step)).toMatchObject({ kind, retry: 'never' })
      expect(run.site().faults).toMatchObject([{ shown: 1 }])
      // Whole hours later it still was one try.
      expect(run.unreachable()).toEqual([])
      run.decide(step, 'retry')
      expect(await run.run()).toBe('person')
      expect(run.site().faults).toMatchObject([{ shown: 2 }])
      run.mend('RUN001')
      run.decide(step, 'retry')
      expect(await run.run()).toBe('finished')
    },
  )

  test.each([1, 2, 3, 4, 5, 6])(
    'a restart in the middle of an install (seed %i): never run again blindly',
    async (seed) => {
      const run = await practiceRun({ seed, faults: ['reboot-during-install@RUN001'] })
      const rest = await run.run()
      const there = run.site().hosts['RUN001']?.products['Practice runner (stand-in)'] !== undefined
      expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 1 })
      if (there) expect(rest).toBe('finished')
      else {
        expect(run.failureOf(install)).toMatchObject({ kind: 'uncertain', code: 'installer-lost' })
        run.decide(install, 'retry')
        expect(await run.run()).toBe('finished')
        expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 2 })
      }
      expect(run.active.state().outcome).toBe('accepted')
    },
  )

  test('an old Windows and a wrong clock are findings on the host, before anything is changed there', async () => {
    const run = await practiceRun({ faults: ['old-os@RUN001'] })
    expect(await run.run()).toBe('person')
    expect(
      run.failureOf('prerequisites/RUN001/check-host:before') ?? run.failureOf(run.pending()[0]?.split(' ')[0] ?? ''),
    ).toMatchObject({ kind: 'finding' })
    expect(run.site().hosts['RUN001']?.starts).toEqual({})
    run.mend('RUN001')
    run.decide(run.pending()[0]?.split(' ')[0] ?? '', 'retry')
    expect(await run.run()).toBe('finished')
  })
})

describe('rung 1: a start that failed for us and not for the host', () => {
  test.each([
    ['backoff', 'well', [], { products: 1, boots: 1 }],
    ['never', 'well', ['exit-3010@RUN001'], { products: 1, boots: 2 }],
  ] as const)(
    '(%s) the installer that runs already is found on retry and not started beside itself',
    async (retry, _end, faults, expected) => {
      let failedOnce = false
      const reach = standingBetween((host, session) => ({
        run: async (verb, params, options) => {
          const answer = await session.run(verb, params, options)
          if (verb !== 'Start-HostJob' || host !== 'RUN001' || failedOnce) return answer
          failedOnce = true
          throw failed('host', 'script-timeout', 'Start-HostJob did not end in time.', 'Retry.', retry)
        },
      }))
      const run = await practiceRun({ faults, appOptions: { reach } })
      if ((await run.run()) === 'person') {
        run.decide(install, 'retry')
        expect(await run.run()).toBe('finished')
      }
      expect(run.active.state().outcome).toBe('accepted')
      const { starts, products, boots } = run.site().hosts['RUN001'] ?? {}
      expect(starts).toEqual({ 'practice-runner-installer': 1 })
      expect({ products: Object.keys(products ?? {}).length, boots }).toEqual(expected)
    },
  )

  test('when it then ends badly, that is the failure which is told, and the retry after it runs anew', async () => {
    let failedOnce = false
    const reach = standingBetween((host, session) => ({
      run: async (verb, params, options) => {
        const answer = await session.run(verb, params, options)
        if (verb !== 'Start-HostJob' || host !== 'RUN001' || failedOnce) return answer
        failedOnce = true
        throw failed('host', 'script-timeout', 'Start-HostJob did not end in time.', 'Retry.', 'backoff')
      },
    }))
    const run = await practiceRun({ faults: ['exit-1603@RUN001'], appOptions: { reach } })
    expect(await run.run()).toBe('person')
    expect(run.pending()).toEqual([`${install} exit-1603`])
    run.decide(install, 'retry')
    expect(await run.run()).toBe('finished')
    expect(run.site().hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 2 })
  })
})
