/**
 * The service for windows: no plan is lost, one engine at a time continues by itself, secrets are asked for in time.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { members } from '../../../../domain/run/lane-sets.ts'
import { contract, type Api, type Contract } from '../../../../domain/contract/api.ts'
import { onHost } from '../../../../domain/base/subject.ts'
import type { OutputOf } from '../../../../domain/contract/define.ts'
import type { Frame } from '../../../../domain/contract/wire.ts'
import { proveFlows } from '../../../../domain/checks/flow-proof.ts'
import { FailureError } from '../../../../domain/base/failure.ts'
import { mediaOf } from '../../../../domain/plan/media.ts'
import { fold, startState } from '../../../../domain/run/run.ts'
import { createAppService, type AppService } from '../../../../main/app/service/app-service.ts'
import { windowVault } from '../../../../main/app/service/vault.ts'
import { openStore } from '../../../../main/store/store.ts'

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'service-'))
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

/** A service over the database of that folder; closed when the test ends, if not before. */
function open(dir = folder(), by = 'anna@ws') {
  const service = createAppService({
    dbFile: join(dir, 'rollout.db'),
    by,
    vault: windowVault(join(dir, 'vault.json')),
    dataFolder: join(dir, 'data'),
    version: '0',
    pollMs: 10,
  })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= service.close())
  onTestFinished(close)
  return { ...service, dir, close, call: calling(service.api) }
}

type Calling = { readonly [Name in keyof Api]: (input: object) => Promise<OutputOf<Contract, Name>> }
// As dispatch does: input is read, so that defaults are filled in.
function calling(api: Api): Calling {
  return Object.fromEntries(
    Object.entries(api).map(([name, method]) => [
      name,
      (input: object) => (method as (read: unknown) => unknown)(contract[name as keyof Api].in.parse(input)),
    ]),
  ) as unknown as Calling
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (thrown: unknown) => {
      if (thrown instanceof FailureError) return thrown.failure.code
      throw thrown
    },
  )
}

async function lockedSite(call: Calling, more: object = {}) {
  const { planId, revision, plan, folder: media } = await call['practice.make']({ runners: 2, virtual: true, ...more })
  const { locked } = await call['plan.lock']({ planId, revision: revision.revision, hash: revision.hash })
  if (!locked) throw new Error('the practice plan is blocked')
  return { planId, revision: locked.revision, plan, folder: media }
}

function until({ hub }: Pick<AppService, 'hub'>, runId: string, is: (frame: Frame) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = hub.subscribe(runId, 0, (frame) => {
      if (!is(frame)) return
      subscription.close()
      resolve()
    })
  })
}
const has = (type: string) => (frame: Frame) =>
  frame.kind === 'events' && frame.events.some((event) => event.type === type)

describe('plans', () => {
  test('a draft is kept under its plan whatever its name becomes; an edit after the lock is a new revision; looking makes none', async () => {
    const { call } = open()
    const made = await call['plan.new']({ layout: 'pilot', name: 'Harbour' })
    const { plan } = made
    const { planId } = made
    const renamed = { ...plan, name: 'Harbour north' }
    const saved = await call['plan.saveDraft']({ planId, document: renamed, basedOn: made.revision?.hash })
    expect(saved).toMatchObject({ ok: true, revision: { planId, revision: 1, state: 'draft' } })
    expect((await call['plan.new']({ layout: 'pilot', name: 'Harbour' })).planId).toBe(`${planId}-2`)
    expect((await call['plan.read']({ planId })).plan.name).toBe('Harbour north')

    const site = await lockedSite(call)
    expect(await call['plan.saveDraft']({ planId: site.planId, document: site.plan })).toMatchObject({
      revision: { revision: 1, state: 'locked' },
    })
    expect(
      await call['plan.saveDraft']({ planId: site.planId, document: { ...site.plan, name: 'Edited' } }),
    ).toMatchObject({ revision: { revision: 2, state: 'draft' } })
    expect((await call['plan.revisions']({ planId: site.planId })).revisions.map(({ state }) => state)).toEqual([
      'locked',
      'draft',
    ])
  })
  test('of two windows that edit the same draft, the second is told; what is no plan is never stored', async () => {
    const { call } = open()
    const { planId, plan, revision } = await call['plan.new']({ layout: 'pilot' })
    const basedOn = revision?.hash
    expect(await call['plan.saveDraft']({ planId, document: { ...plan, name: 'First' }, basedOn })).toMatchObject({
      ok: true,
    })
    expect(await codeOf(call['plan.saveDraft']({ planId, document: { ...plan, name: 'Second' }, basedOn }))).toBe(
      'draft-changed',
    )
    expect(await call['plan.saveDraft']({ planId, document: { name: 'nonsense' } })).toMatchObject({ ok: false })
    expect((await call['plan.read']({ planId })).plan.name).toBe('First')
    expect(await codeOf(call['plan.read']({ planId: 'none' }))).toBe('unknown-plan')
    expect(await codeOf(call['plan.lock']({ planId, revision: 1, hash: basedOn }))).toBe('draft-changed')
  })
  test('a file or a text is read and judged, and nothing is stored until somebody says so', async () => {
    const { call, dir } = open()
    const { plan } = await call['plan.new']({ layout: 'pilot', name: 'Other' })
    writeFileSync(join(dir, 'site.json'), `\uFEFF${JSON.stringify({ ...plan, name: 'From a file' })}`)
    expect(await call['plan.open']({ path: join(dir, 'site.json') })).toMatchObject({
      ok: true,
      revision: null,
      folder: dir,
      plan: { name: 'From a file' },
    })
    expect(await call['plan.open']({ path: 'site.json' })).toMatchObject({ ok: false })
    expect(await call['plan.import']({ text: readFileSync(join(dir, 'site.json'), 'utf8') })).toMatchObject({
      ok: true,
      folder: null,
    })
    expect(await call['plan.import']({ text: '{' })).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('not JSON: it ends in the middle') as string }],
    })
    expect((await call.home({})).plans.map(({ name }) => name)).toEqual(['Other'])
  })
  test('media are looked at where they lie, and again when they change; what blocks holds back the lock and the run', async () => {
    const { call } = open()
    const site = await lockedSite(call)
    const document = { ...site.plan, name: 'Edited' }
    const blocks = async () => {
      const checked = await call['plan.check']({ document, of: { planId: site.planId, revision: site.revision } })
      return checked.ok
        ? checked.findings.filter(({ severity }) => severity === 'block').map(({ check }) => check)
        : ['no plan']
    }
    expect(await blocks()).toEqual([])
    const file = join(site.folder, 'media', 'practice-runner-installer.exe')
    const bytes = readFileSync(file)
    writeFileSync(file, 'something else')
    expect(await blocks()).toEqual(['media-hash'])
    const saved = await call['plan.saveDraft']({ planId: site.planId, document })
    if (!saved.ok) throw new Error('not saved')
    expect(await call['plan.lock']({ planId: site.planId, revision: 2, hash: saved.revision.hash })).toMatchObject({
      locked: null,
    })
    expect(await codeOf(call['run.start']({ planId: site.planId, revision: site.revision }))).toBe('blocked')
    writeFileSync(file, bytes)
    expect(await blocks()).toEqual([])
    expect(await codeOf(call['run.start']({ planId: site.planId, revision: 2 }))).toBe('not-locked')
  })
})

describe('what reviewers and windows leave with a plan', () => {
  test('approvals stand with the locked revision of that hash, for whoever opens the database next, and in the audit; a draft has none', async () => {
    const first = open()
    const { planId, revision } = await first.call['practice.make']({ layout: 'pilot', runners: 1 })
    const word = {
      planId,
      revision: 1,
      hash: revision.hash,
      verdict: 'approved',
      who: 'E. Addo',
      of: 'firewall matrix',
      why: 'letter of 22 Nov',
    } as const
    expect(await codeOf(first.call['plan.approve'](word))).toBe('not-locked')
    await first.call['plan.lock']({ planId, revision: 1, hash: revision.hash })
    expect(await codeOf(first.call['plan.approve']({ ...word, hash: 'another' }))).toBe('draft-changed')
    expect(await codeOf(first.call['plan.approve']({ ...word, verdict: 'withdrawn' }))).toBe('no-such-approval')
    await first.call['plan.approve'](word)
    await first.close()
    const { call } = open(first.dir, 'ben@ws')
    expect((await call['plan.approvals']({ planId, revision: 1 })).approvals).toMatchObject([
      { who: 'E. Addo', of: 'firewall matrix', why: 'letter of 22 Nov', by: 'anna@ws', hash: revision.hash },
    ])
    const { approvals } = await call['plan.approve']({ ...word, verdict: 'withdrawn', why: 'wrong site' })
    expect(approvals.map(({ verdict, by }) => `${verdict} ${by}`)).toEqual(['approved anna@ws', 'withdrawn ben@ws'])
    expect((await call['audit.read']({})).rows.map(({ action }) => action).slice(0, 2)).toEqual([
      'approval.withdrawn',
      'plan.approved',
    ])
    expect((await call['plan.approvals']({ planId, revision: 2 })).approvals).toEqual([])
  })

  test('a plan whose newest revision is not what was written is said to be so, and takes no other plan with it', async () => {
    const { call, dir, close } = open()
    const [good, bad] = [
      await call['practice.make']({ layout: 'pilot', runners: 1 }),
      await call['practice.make']({ layout: 'pilot', runners: 2 }),
    ]
    await close()
    const store = openStore(join(dir, 'rollout.db'))
    store.database.run('UPDATE plan_revisions SET changed_at = changed_at + 1 WHERE plan_id = ?', bad.planId)
    store.close()
    const again = open(dir)
    const { plans } = await again.call['home']({})
    expect(plans.map(({ planId, unreadable }) => [planId, unreadable?.code ?? 'whole']).toSorted()).toEqual(
      [
        [good.planId, 'whole'],
        [bad.planId, 'corrupted'],
      ].toSorted(),
    )
    expect(
      await codeOf(
        again.call['plan.saveDraft']({ planId: bad.planId, document: bad.plan, basedOn: bad.revision.hash }),
      ),
    ).toBe('corrupted')
  })

  test('who asks for control is told to the window of the process that executes the run', async () => {
    const dir = folder()
    const told: { role: string; by: string | undefined; mine: boolean | undefined }[] = []
    const anna = createAppService({
      dbFile: join(dir, 'rollout.db'),
      by: 'anna@ws',
      vault: windowVault(join(dir, 'vault.json')),
      dataFolder: join(dir, 'data'),
      version: '0',
      pollMs: 10,
      shell: {
        onEvent: () => undefined,
        onEngine: ({ role, asked }) => told.push({ role, by: asked?.by, mine: asked?.mine }),
      },
    })
    onTestFinished(() => anna.close())
    const { planId, revision, folder: media } = await lockedSite(calling(anna.api))
    const { runId } = await anna.api['run.start']({ planId, revision, folder: media })
    // As another process of this machine asks.
    const other = openStore(join(dir, 'rollout.db'))
    onTestFinished(() => {
      other.close()
    })
    other.control.ask({ holder: 'ben@ws', pid: process.ppid, host: hostname(), boot: '' }, Date.now())
    await expect.poll(() => told).toContainEqual({ role: 'executor', by: 'ben@ws', mine: false })
    expect((await anna.api['engine.state']({})).run).toBe(runId)
  })

  test('edits that are no plan yet outlive the process, until they are forgotten', async () => {
    const first = open()
    const { planId, revision, plan } = await first.call['practice.make']({ layout: 'pilot', runners: 1 })
    const half = { ...plan, hub: { ...plan.hub, httpsPort: '99999 or so' } }
    expect(await first.call['plan.keptEdits']({ planId })).toEqual({ edits: null })
    await first.call['plan.keepEdits']({ planId, basedOn: 'an older one', document: plan })
    await first.call['plan.keepEdits']({ planId, basedOn: revision.hash, document: half })
    expect(await codeOf(first.call['plan.keepEdits']({ planId: 'none', basedOn: '', document: half }))).toBe(
      'unknown-plan',
    )
    await first.close()
    const { call } = open(first.dir)
    expect((await call['plan.keptEdits']({ planId })).edits).toMatchObject({ basedOn: revision.hash, document: half })
    expect((await call['plan.read']({ planId })).plan.hub.httpsPort).toBe(plan.hub.httpsPort)
    await call['plan.forgetEdits']({ planId })
    expect(await call['plan.keptEdits']({ planId })).toEqual({ edits: null })
  })
})

describe('rung 1: the engine kept running', () => {
  test('however many windows press Start, one run begins', async () => {
    const { call } = open()
    const [one, two] = [await lockedSite(call), await lockedSite(call)]
    const results = await Promise.all(
      [one, one, two, two].map(({ planId, revision }) => codeOf(call['run.start']({ planId, revision }))),
    )
    expect(results.filter((code) => code === 'done')).toHaveLength(1)
    for (const code of results) expect(['done', 'engine-busy', 'run-unfinished']).toContain(code)
    expect((await call.home({})).runs.filter(({ status }) => status !== 'created')).toHaveLength(1)
  })
  test('gates opened by several windows at the same moment are opened once, and the run goes on by itself to the end', async () => {
    const service = open()
    const { call, hub } = service
    const { planId, revision } = await lockedSite(call)
    const { runId } = await call['run.start']({ planId, revision })
    const codes: Promise<string>[] = []
    const follow = hub.subscribe(runId, 0, (frame) => {
      if (frame.kind !== 'events') return
      for (const event of frame.events)
        if (event.type === 'gate.raised')
          codes.push(...[1, 2, 3].map(() => codeOf(call['run.openGate']({ runId, gate: event.gate, why: 'looked' }))))
    })
    await until(service, runId, has('run.finished'))
    follow.close()
    const answers = await Promise.all(codes)
    expect(answers.filter((code) => code === 'done')).toHaveLength(answers.length / 3)
    await until(
      service,
      runId,
      (frame) => (frame.kind === 'hello' || frame.kind === 'engine') && frame.engine.role === 'free',
    )
  })
  test('asking something of one run never takes the lease from another that is being executed', async () => {
    const service = open()
    const { call } = service
    const [one, two] = [await lockedSite(call), await lockedSite(call)]
    const first = await call['run.start']({ planId: one.planId, revision: one.revision })
    await call['run.pause']({ runId: first.runId })
    await until(
      service,
      first.runId,
      (frame) => (frame.kind === 'hello' || frame.kind === 'engine') && frame.engine.role === 'free',
    )
    const second = await call['run.start']({ planId: two.planId, revision: two.revision })
    expect(await codeOf(call['run.pause']({ runId: first.runId }))).toBe('refused')
    expect(await codeOf(call['run.cancel']({ runId: first.runId, why: 'wrong' }))).toBe('engine-busy')
    await until(service, second.runId, has('gate.raised'))
    expect(await call['engine.state']({})).toMatchObject({ role: 'executor', run: second.runId, failure: null })
  })
  test('the end interrupts what is under way, gives the database back, and the next start goes on with it', async () => {
    const { call, hub, close, dir } = open()
    const { planId, revision } = await lockedSite(call, { virtual: false, speed: 60 })
    const { runId } = await call['run.start']({ planId, revision })
    await until({ hub }, runId, has('step.applying'))
    await close()
    const next = open(dir, 'ben@ws')
    expect(await next.call['engine.state']({})).toMatchObject({ role: 'free', run: null, holder: null })
    const { events } = await next.call['run.events']({ runId, limit: 5000 })
    const { graph } = await next.call['run.read']({ runId })
    const state = fold(startState(graph), events)
    expect([...members(state.running)]).toEqual([])
    expect(events.map((event) => event.type)).toContain('step.interrupted')
    expect((await next.call.home({})).attention).toMatchObject([{ kind: 'not-driven', runId }])
    await next.call['run.resume']({ runId })
    await until(
      next,
      runId,
      (frame) =>
        frame.kind === 'events' &&
        frame.events.some((event) => event.type === 'step.attempted' && event.seq > state.seq),
    )
  })
  test('the time at the site is told with its speed; where it jumps, it is that of the last event', async () => {
    const { call } = open()
    const real = await lockedSite(call, { virtual: false, speed: 50 })
    const { runId } = await call['run.start']({ planId: real.planId, revision: real.revision })
    expect((await call['run.read']({ runId })).time.speed).toBe(50)
    const service = open()
    const virtual = await lockedSite(service.call)
    const started = await service.call['run.start']({ planId: virtual.planId, revision: virtual.revision })
    const { time, summary } = await service.call['run.read']({ runId: started.runId })
    expect(time).toEqual({ now: summary.lastAt, speed: 0 })
    await service.close()
    // The log of a practice site that somebody threw away can still be read.
    rmSync(virtual.folder, { recursive: true })
    expect((await open(service.dir).call['run.read']({ runId: started.runId })).time.speed).toBe(0)
  })
})

describe('rung 1: the survey', () => {
  async function surveyed(call: Calling, { planId, revision }: { planId: string; revision: number }, hosts?: string[]) {
    await call['survey.start']({ planId, revision, ...(hosts ? { hosts } : {}) })
    const look = async () => (await call['survey.result']({ planId, revision })) ?? expect.unreachable()
    await vi.waitUntil(async () => (await look()).status !== 'running', { timeout: 20_000, interval: 20 })
    return look()
  }
  test('stands in the findings, holds back the lock until somebody accepts it by name, and is still there for the next process', async () => {
    const first = open()
    const {
      planId,
      revision,
      folder: media,
    } = await first.call['practice.make']({ runners: 2, virtual: true, faults: ['unreachable@RUN002'] })
    const of = { planId, revision: revision.revision }
    const before = await first.call['plan.check']({ document: (await first.call['plan.read'](of)).plan, of })
    expect(before.ok && before.findings.map(({ check }) => check)).not.toContain('host-reached')
    const result = await surveyed(first.call, of)
    expect(result).toMatchObject({ status: 'done', by: 'anna@ws', planChanged: false, visiting: [] })
    expect(result.hosts).toHaveLength(result.total)
    // The practice site's network team has opened some paths already; the others are those that a rollout opens itself, and RUN002 says nothing.
    const drawn = await first.call['plan.topology']({ document: (await first.call['plan.read'](of)).plan })
    const proven = drawn.ok
      ? proveFlows(
          (await first.call['plan.read'](of)).plan,
          drawn.topology.flows,
          new Map(result.hosts.map((host) => [host.host, host])),
        )
      : []
    expect(Object.fromEntries(proven.map(({ flow, proof }) => [flow.id, proof.state]))).toMatchObject({
      'HUB01>DB01:5432': 'refused',
      'HUB01>REDIS01:6379': 'refused',
      'STU01>HUB01:4545': 'refused',
      'RUN001>HUB01:4545': 'not-yet',
      'RUN002>HUB01:4545': 'not-tested',
    })
    expect(await first.call['plan.lock']({ ...of, hash: revision.hash })).toMatchObject({
      locked: null,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: 'host-reached', severity: 'block', subject: onHost('RUN002'), waiver: null }),
      ]) as unknown,
    })
    await first.close()

    const { call } = open(first.dir, 'ben@ws')
    expect((await call['survey.result'](of))?.hosts).toEqual(result.hosts)
    await call['plan.waive']({ ...of, check: 'host-reached', subject: onHost('RUN002'), reason: 'back on Monday' })
    const { locked, findings } = await call['plan.lock']({ ...of, hash: revision.hash })
    expect(locked).toMatchObject({ state: 'locked' })
    expect(findings.find(({ check }) => check === 'host-reached')?.waiver).toMatchObject({
      by: 'ben@ws',
      reason: 'back on Monday',
    })
    expect(await codeOf(call['run.start']({ ...of, folder: media }))).toBe('done')
  })
  test('asks chosen hosts again and keeps the others with their age; facts are judged against the plan as it is now', async () => {
    const { call } = open()
    const { planId, revision, plan } = await call['practice.make']({ runners: 2, virtual: true, faults: [] })
    const of = { planId, revision: revision.revision }
    const first = await surveyed(call, of)
    const again = await surveyed(call, of, ['RUN002'])
    expect(again.hosts.map(({ host }) => host)).toEqual([
      ...first.hosts.map(({ host }) => host).filter((host) => host !== 'RUN002'),
      'RUN002',
    ])
    expect(again.hosts.slice(0, -1)).toEqual(first.hosts.filter(({ host }) => host !== 'RUN002'))
    expect(
      (await call['survey.result']({ ...of, after: again.hosts.at(-2)?.number }))?.hosts.map(({ host }) => host),
    ).toEqual(['RUN002'])
    expect(await codeOf(call['survey.start']({ ...of, hosts: ['NONE'] }))).toBe('unknown-host')
    const wrong = {
      ...plan,
      hosts: plan.hosts.map((host) => (host.name === 'HUB01' ? { ...host, os: 'windows-server-2019' } : host)),
    }
    const judged = await call['plan.check']({ document: wrong, of })
    expect(judged.ok && judged.findings.find(({ check }) => check === 'os-matches')).toMatchObject({
      subject: onHost('HUB01'),
    })
    const saved = await call['plan.saveDraft']({ planId, document: wrong })
    expect(saved.ok && (await call['survey.result'](of))?.planChanged).toBe(true)
  })
})

describe('the vault', () => {
  test('a locked vault is asked for before a run or a survey begins, not by every host in turn; each change is in the audit by its name', async () => {
    const first = open()
    const site = await lockedSite(first.call)
    const { practice: _, ...plan } = site.plan
    const document = {
      ...plan,
      name: 'Real',
      hosts: plan.hosts.map((host) => ({ ...host, reach: { kind: 'ssh', port: 22 } })),
      defaultCredential: 'site-admin',
    }
    const saved = await first.call['plan.saveDraft']({ planId: null, document, folder: site.folder })
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
    const { planId, revision, hash } = saved.revision
    expect(await first.call['plan.lock']({ planId, revision, hash })).toMatchObject({ locked: { state: 'locked' } })
    await first.call['vault.unlock']({ passphrase: 'long and winding' })
    await first.call['vault.set']({
      name: 'site-admin',
      entry: { kind: 'password', user: 'anna', password: 'Correct-Horse-7' },
    })
    await first.close()

    const { call, close } = open(first.dir)
    expect(await call['vault.list']({})).toMatchObject({ state: 'locked', entries: [] })
    expect(await codeOf(call['run.start']({ planId, revision }))).toBe('vault-locked')
    expect(await codeOf(call['survey.start']({ planId, revision }))).toBe('vault-locked')
    expect((await call.home({})).runs).toEqual([])
    expect(await codeOf(call['vault.unlock']({ passphrase: 'wrong one' }))).toBe('vault-wrong-passphrase')
    expect(await call['vault.state']({})).toMatchObject({ state: 'locked' })
    expect(await call['vault.unlock']({ passphrase: 'long and winding' })).toMatchObject({ state: 'unlocked' })
    expect(await codeOf(call['vault.unlock']({ passphrase: 'wrong one' }))).toBe('vault-wrong-passphrase')
    await call['vault.remove']({ name: 'site-admin' })
    expect(await codeOf(call['vault.remove']({ name: 'site-admin' }))).toBe('credential-unknown')
    expect((await call['vault.list']({})).entries).toEqual([])
    await close()
    const store = openStore(join(first.dir, 'rollout.db'), { readonly: true })
    onTestFinished(() => {
      store.close()
    })
    expect(
      store.audit
        .entries()
        .filter(({ action }) => action.startsWith('vault.'))
        .map(({ by, action, subject }) => [by, action, subject]),
    ).toEqual([
      ['anna@ws', 'vault.set', 'site-admin'],
      ['anna@ws', 'vault.removed', 'site-admin'],
    ])
  })
})

describe('what lies on this workstation', () => {
  test('media of every plan are told as they lie there, where somebody said they lie', async () => {
    const { call } = open()
    const site = await lockedSite(call)
    const states = async () =>
      (await call['media.list']({})).plans.map(({ planId, files }) => [planId, files.map(({ state }) => state)])
    const right = mediaOf(site.plan).map(() => 'right')
    expect(await states()).toEqual([[site.planId, right]])
    writeFileSync(join(site.folder, 'media', 'practice-runner-installer.exe'), 'something else')
    rmSync(join(site.folder, 'media', 'practice-studio-installer.exe'))
    expect(
      (await states())
        .flat(2)
        .filter((state) => state !== 'right')
        .sort(),
    ).toEqual(['another', 'missing', site.planId].sort())
    await call['media.setFolder']({ planId: site.planId, folder: join(site.folder, 'elsewhere') })
    expect((await call['media.list']({})).plans[0]).toMatchObject({
      folder: join(site.folder, 'elsewhere'),
      chosen: true,
      files: right.map(() => ({ state: 'missing' })),
    })
    expect(await codeOf(call['media.setFolder']({ planId: site.planId, folder: 'media' }))).toBe('not-a-whole-path')
    expect(await codeOf(call['media.setFolder']({ planId: 'none', folder: '/media' }))).toBe('unknown-plan')
  })
  test('pins are listed, imported for the hosts of a plan, and removed with a reason that the audit keeps', async () => {
    const { call } = open()
    const { planId, revision } = await call['plan.new']({ layout: 'pilot' })
    const of = { planId, revision: revision?.revision }
    const { pinned, unknown } = await call['trust.import']({
      ...of,
      text: `hub01.site.example ssh-ed25519 ${Buffer.concat([Buffer.from('0000000b', 'hex'), Buffer.from('ssh-ed25519'), Buffer.from('00000020', 'hex'), Buffer.alloc(32, 7)]).toString('base64')}\n`,
    })
    expect(pinned.map(({ address }) => address)).toEqual(['hub01.site.example'])
    expect(unknown).toContain('RUN001')
    expect((await call['trust.list']({})).pins).toMatchObject([
      { address: 'hub01.site.example', port: 22, by: 'anna@ws' },
    ])
    await call['trust.remove']({ address: 'hub01.site.example', port: 22, why: 'installed afresh' })
    expect((await call['trust.list']({})).pins).toEqual([])
    expect(await codeOf(call['trust.remove']({ address: 'hub01.site.example', port: 22, why: 'again' }))).toBe(
      'unknown-pin',
    )
    const { rows, verdict } = await call['audit.read']({})
    expect(verdict).toMatchObject({ ok: true, rows: 2 })
    expect(rows[0]).toMatchObject({ action: 'host-key.removed', by: 'anna@ws', why: 'installed afresh' })
    expect((await call['audit.read']({ before: 2 })).rows.map(({ number }) => number)).toEqual([1])
  })
  test('a copy of the database is whole, is written once, and holds what was there', async () => {
    const { call, dir } = open()
    const { planId } = await call['plan.new']({ layout: 'pilot' })
    const to = join(dir, 'copy.db')
    expect(await call['database.backup']({ to })).toEqual({ kind: 'consistent', files: [to] })
    expect(await codeOf(call['database.backup']({ to }))).toBe('backup-exists')
    expect(await codeOf(call['database.backup']({ to: 'copy.db' }))).toBe('not-a-whole-path')
    const copy = openStore(to, { readonly: true })
    onTestFinished(() => {
      copy.close()
    })
    expect(copy.plans.revisions().map((revision) => revision.planId)).toEqual([planId])
  })
  test('an audit that somebody rewrote is said to be so, with the row, and shows nothing', async () => {
    const first = open()
    await lockedSite(first.call)
    await first.close()
    const store = openStore(join(first.dir, 'rollout.db'))
    const sql =
      store.database.get<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = 'audit_kept'")?.sql ?? ''
    store.database.exec("DROP TRIGGER audit_kept; UPDATE audit SET body = replace(body, 'anna', 'hans');")
    store.database.exec(sql)
    store.close()
    expect(await open(first.dir).call['audit.read']({})).toEqual({
      rows: [],
      verdict: { ok: false, row: 1, why: 'the row changed after Rollout wrote it' },
    })
  })
})
