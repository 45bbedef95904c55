/** The small judgements of the engine: exit codes, installed products, and requests of a person. */
import { describe, expect, test } from 'vitest'
import { judgeRequest } from '../../../domain/run/request.ts'
import { applyEvent, startState } from '../../../domain/run/run.ts'
import { createEngine } from '../../../main/engine/engine.ts'
import { meaningOf } from '../../../main/engine/steps/exit-code.ts'
import { judgeProduct } from '../../../main/engine/steps/product.ts'
import { virtualClock } from '../../../main/app/workstation/clock.ts'
import { loadCatalogue } from '../../../main/app/workstation/catalogue-file.ts'
import { thisProcess } from '../../../main/store/lease.ts'
import { openTransports } from '../../../main/transports/registry.ts'
import { createSignIns } from '../../../main/transports/shared/sign-ins.ts'
import { worldTime } from '../../../main/transports/simulated/verbs/inspect.ts'
import { documentVault } from '../../../main/vault/env-vault.ts'
import { practiceRun } from './practice-run.ts'

const codes = { success: [0], reboot: [3010], rebooting: [1641], retry: [1618] }

describe('meaningOf', () => {
  test.each([
    [0, 'done'],
    [3010, 'reboot'],
    [1641, 'rebooting'],
  ] as const)('%i is a success: %s', (code, verdict) => {
    expect(meaningOf(code, codes).verdict).toBe(verdict)
  })

  test.each([
    [1603, 'never', 'fatal error'],
    [1618, 'backoff', 'another installation'],
    [3017, 'after-reboot', 'restart is required'],
    [112, 'never', 'disk is full'],
    [-1, 'never', 'does not know'],
    [-1073741819, 'never', 'does not know'],
  ] as const)('%i is a failure, retry %s', (code, retry, text) => {
    expect(meaningOf(code, codes)).toMatchObject({
      verdict: 'failed',
      retry,
      text: expect.stringContaining(text) as string,
    })
  })

  test("the plan's lists come first: a code it calls a success is one, a code it took off the list is none", () => {
    expect(meaningOf(1638, { ...codes, success: [0, 1638] }).verdict).toBe('done')
    expect(meaningOf(3010, { ...codes, reboot: [] })).toMatchObject({ verdict: 'failed', retry: 'never' })
    expect(meaningOf(1603, { ...codes, retry: [1603] })).toMatchObject({ retry: 'backoff' })
    expect(meaningOf(0, { ...codes, success: [] }).verdict).toBe('failed')
  })
})

describe('judgeProduct', () => {
  const nothing = { uninstall: null, file: null, service: null } as unknown as Parameters<typeof judgeProduct>[1]
  const detect = { uninstallName: 'Thing', minVersion: '2.0', file: 'C:\\thing.exe', service: 'thing' }
  const found = (changes: object) =>
    ({
      ...nothing,
      uninstall: { displayName: 'Thing', version: '2.1' },
      file: { exists: true },
      service: { exists: true },
      ...changes,
    }) as unknown as Parameters<typeof judgeProduct>[1]

  test('everything named must hold', () => {
    expect(judgeProduct(detect, found({})).state).toBe('satisfied')
    expect(judgeProduct(detect, nothing).state).toBe('absent')
    for (const missing of [
      { file: { exists: false } },
      { service: { exists: false } },
      { uninstall: null },
      { file: null },
    ])
      expect(judgeProduct(detect, found(missing)).state).toBe('partial')
  })

  test('a product of this account alone counts with a warning, one of another account does not count', () => {
    const detected = (scope: string) =>
      judgeProduct(
        { uninstallName: 'Thing', minVersion: '2.0' },
        found({ uninstall: { displayName: 'Thing', version: '2.1', scope, account: 'SITE\\a' } }),
      )
    expect(detected('own-account')).toEqual({
      state: 'satisfied',
      evidence: [
        'Installed programs list "Thing", version 2.1',
        'Warning: "Thing" is installed for the account SITE\\a only, so other users do not have it. ' +
          'Install it for all users: most MSI packages take the argument ALLUSERS=1.',
        'Version 2.1, required: 2.0 or later',
      ],
    })
    expect(detected('other-account')).toEqual({
      state: 'absent',
      evidence: [
        'Installed programs list "Thing", version 2.1',
        '"Thing" is installed for the account SITE\\a only, which does not count.',
      ],
    })
    expect(detected('machine').evidence).toHaveLength(2)
  })

  test('an older version, or one that nobody states, is not the product; 2.10 is newer than 2.9', () => {
    const only = { uninstallName: 'Thing', minVersion: '2.9' }
    const at = (version: string | null) =>
      judgeProduct(only, found({ uninstall: { displayName: 'Thing', version } })).state
    expect([at('2.10'), at('2.9.0'), at('2.8.99'), at(null), at('unknown')]).toEqual([
      'satisfied',
      'satisfied',
      'partial',
      'partial',
      'partial',
    ])
  })

  test('says what it saw, line by line', () => {
    expect(judgeProduct(detect, found({ service: { exists: false } })).evidence).toEqual([
      'Installed programs list "Thing", version 2.1',
      'Version 2.1, required: 2.0 or later',
      'C:\\thing.exe exists',
      'Service thing does not exist',
    ])
  })
})

describe('judgeRequest', () => {
  const ann = { by: 'ann', why: 'because' }

  test('offers only what can be: nothing to pause before the start, nothing after the end, no gate that does not wait', async () => {
    const run = await practiceRun()
    const state = run.active.state()
    const verdict = (request: Parameters<typeof judgeRequest>[1], of = state) => judgeRequest(of, request)
    expect(verdict({ kind: 'pause', ...ann })).toMatchObject({
      ok: false,
      message: expect.stringContaining('created') as string,
    })
    expect(verdict({ kind: 'resume', ...ann })).toMatchObject({ ok: false })
    expect(verdict({ kind: 'decide', target: 'gate:hub', choice: 'open', ...ann })).toMatchObject({
      ok: false,
      message: expect.stringContaining('is not waiting') as string,
    })
    expect(verdict({ kind: 'decide', target: 'nowhere', choice: 'retry', ...ann })).toMatchObject({
      ok: false,
      message: expect.stringContaining('no step nowhere') as string,
    })
    expect(verdict({ kind: 'decide', target: 'prerequisites/DB01/reach-host', choice: 'retry', ...ann })).toMatchObject(
      { ok: false, message: expect.stringContaining('no decision to make') as string },
    )
    expect(verdict({ kind: 'cancel', ...ann })).toMatchObject({
      ok: true,
      events: [{ type: 'run.cancel-requested', ...ann }],
    })
    const over = applyEvent(startState(run.app.store.runs.graph(run.runId)), {
      type: 'run.finished',
      outcome: 'accepted',
      seq: 1,
      at: 0,
    })
    for (const kind of ['cancel', 'pause', 'resume'] as const)
      expect(verdict({ kind, ...ann }, over)).toEqual({
        ok: false,
        message: 'The run is over.',
        hint: 'Start a new run.',
      })
  })

  test('what leaves something out for good needs a reason; a refusal names what is offered instead', async () => {
    const run = await practiceRun({ faults: ['exit-1603@DB01'] })
    await run.run()
    const state = run.active.state()
    const target = 'prerequisites/DB01/run-installer:postgresql'
    for (const choice of ['skip', 'exclude', 'abort'] as const)
      expect(judgeRequest(state, { kind: 'decide', target, choice, by: 'ann', why: '  ' })).toMatchObject({
        ok: false,
        message: `${choice} needs a reason.`,
      })
    expect(judgeRequest(state, { kind: 'decide', target, choice: 'retry', by: 'ann', why: '' })).toMatchObject({
      ok: true,
    })
    expect(judgeRequest(state, { kind: 'decide', target, choice: 'exclude', ...ann })).toMatchObject({
      ok: false,
      hint: 'You can choose: retry, fixed, skip.',
    })
  })
})

describe('tick', () => {
  test('rung 1: one round writes ahead what it begins, does nothing while nothing is due, and goes on as time is moved by hand', async () => {
    const run = await practiceRun({ faults: ['unreachable@DB01*1'] })
    const { plan } = run.app.readRun(run.runId)
    await run.active.close()
    run.app.store.lease.acquire(thisProcess('tick@test', Date.now()), Date.now())
    const clock = virtualClock(worldTime(run.siteFile).lastAt, { auto: false })
    const transports = await openTransports({
      plan,
      clock,
      siteFile: run.siteFile,
      trust: run.app.store.pins.forSession('tick@test', () => clock.now()),
      signIns: createSignIns(),
    })
    const engine = createEngine({
      runId: run.runId,
      plan,
      catalogue: loadCatalogue(),
      store: run.app.store.runs,
      transports,
      vault: documentVault('{}'),
      clock,
      by: 'tick@test',
      localPath: (file) => `${run.dir}/${file}`,
      output: () => undefined,
    })
    expect(engine.tick()).toBe(false)
    engine.submit([{ type: 'run.started', by: 'tick@test' }])
    expect(engine.tick()).toBe(true)
    expect(run.events().at(-1)).toMatchObject({ type: 'wave.opened' })
    expect(engine.tick()).toBe(true)
    // In the log before anything was sent: time has not moved, so no host can have been reached.
    const begun = run.events().filter((event) => event.type === 'step.attempted')
    expect(begun.map(({ step }) => step)).toContain('prerequisites/DB01/reach-host')
    expect(engine.state().inFlight).toBe(begun.length)
    expect(engine.tick()).toBe(false)
    await clock.advance(10_000)
    await engine.idle()
    expect(run.events().filter((event) => event.type === 'host.unreachable')).toMatchObject([
      { host: 'DB01', nextTryAt: expect.any(Number) as number },
    ])
    const next = run.events().flatMap((event) => (event.type === 'host.unreachable' ? [event.nextTryAt] : []))[0] ?? 0
    expect(clock.now()).toBeGreaterThan(next)
    engine.tick()
    expect(
      run.events().filter((event) => event.type === 'step.attempted' && event.step === 'prerequisites/DB01/reach-host'),
    ).toHaveLength(2)
    await clock.advance(10_000)
    await engine.idle()
    await transports.close()
  })
})
