/**
 * Runs from the command line: events as they are committed, the exit code of every way to stop, requests of other
 * processes, and Ctrl-C.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../../../main/store/store.ts'
import { inspectWorld } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { practiceSite, rollout, rolloutIntoFull, scratch, start } from './rollout.ts'

const running = (line: string) => line.includes('"step.applying"') && !line.includes('"ticket":null')

/** All of the log as `events --json` tells it. */
async function logOf(db: string, ...more: string[]) {
  const { code, json } = await rollout(['events', 'last', '--db', db, '--json', ...more])
  expect(code).toBe(0)
  return json()
}

function expectGapless(events: readonly Record<string, unknown>[], from = 1): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => from + i))
  expect(new Set(events.map(({ run }) => run)).size).toBe(1)
}

/** Every attempt has its outcome, and at least one was interrupted. Which event comes last depends on the host that answers last. */
function expectNothingInFlight(events: readonly Record<string, unknown>[]): void {
  const open = new Set<unknown>()
  for (const { type, step } of events) {
    if (type === 'step.attempted') open.add(step)
    if (type === 'step.succeeded' || type === 'step.failed' || type === 'step.interrupted') open.delete(step)
  }
  expect([...open]).toEqual([])
  expect(events.filter(({ type }) => type === 'step.interrupted').length).toBeGreaterThan(0)
}

describe('rung 1: run, at rest', () => {
  test('0: done; run --json tells each event once, with its run and without a gap, and events repeats exactly that', async () => {
    const { plan, db } = await practiceSite()
    const ran = await rollout(['run', plan, '--db', db, '--yes', '--json'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const told = ran.json()
    expectGapless(told)
    expect(told[0]).toMatchObject({ type: 'run.created' })
    expect(told.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'accepted' })
    expect(await logOf(db)).toEqual(told)
    expect(await logOf(db, '--after', '100')).toEqual(told.slice(100))
    expect((await rollout(['show', 'last', '--db', db])).stdout).toMatch(/accepted\. (\d+) of \1 steps/)
    // A run that is over is no error to resume, and is not done again.
    expect((await rollout(['resume', 'last', '--db', db])).code).toBe(0)
    expect(await logOf(db)).toHaveLength(told.length)
  }, 30_000)

  test.skipIf(!existsSync('/dev/full'))(
    'where what is printed goes to a full disk, it is said once, without a trace, and a run goes on from there (needs /dev/full)',
    async () => {
      const { plan, db } = await practiceSite()
      const said =
        /^The output of Rollout cannot be written: ENOSPC[^\n]*\.\nFree disk space, or send the output elsewhere\. The log of a run contains every change on its hosts\.\n/
      for (const words of [
        ['plan', 'check', plan],
        ['plan', 'check', plan, '--json'],
      ]) {
        const { code, stderr } = rolloutIntoFull(words)
        expect(code).toBe(3)
        expect(stderr).toMatch(new RegExp(`${said.source}$`))
      }
      const run = rolloutIntoFull(['run', plan, '--db', db, '--yes'])
      expect([run.code === 0, run.stderr]).toEqual([false, expect.stringMatching(said)])
      expect(run.stderr).not.toMatch(/ {4}at /)
      expect((await rollout(['resume', 'last', '--db', db, '--yes'])).code).toBe(0)
      expect(await rollout(['dossier', 'last', '--db', db, '--out', '/dev/full', '--force'])).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/could not be written completely: ENOSPC/) as string,
      })
    },
    60_000,
  )

  test('the acceptance summary is written when the run is over: as a page or as JSON, to a file that is not there yet or to standard output', async () => {
    const { dir, plan, db } = await practiceSite()
    expect((await rollout(['run', plan, '--db', db])).code).toBe(4)
    const page = join(dir, 'acceptance.html')
    const dossier = (...more: string[]) => rollout(['dossier', 'last', '--db', db, ...more])
    expect(await dossier('--out', page)).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringMatching(/^Run run-\S+ has not finished\.\n/) as string,
    })
    expect((await dossier('--json')).json()).toMatchObject([{ failure: { code: 'run-unfinished' } }])
    expect(existsSync(page)).toBe(false)
    const ended = await rollout(['resume', 'last', '--db', db, '--yes'])
    expect(ended.stdout).toMatch(/exekra-rollout dossier run-\S+ --db \S+ --out acceptance-run-\S+\.html\n/)
    expect(await dossier('--out', page)).toMatchObject({ code: 0, stdout: `Wrote ${page}.\n`, stderr: '' })
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s)
    expect((await dossier()).stdout).toBe(readFileSync(page, 'utf8'))
    writeFileSync(page, 'mine')
    expect(await dossier('--out', page)).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('exists already. Overwrite it with --force') as string,
    })
    expect(readFileSync(page, 'utf8')).toBe('mine')
    expect((await dossier('--out', page, '--force', '--json')).json()).toMatchObject([{ out: page, written: 'html' }])
    expect(readFileSync(page, 'utf8')).toContain('<!doctype html>')
    const file = join(dir, 'acceptance.json')
    expect((await dossier('--out', file)).code).toBe(0)
    const written = JSON.parse(readFileSync(file, 'utf8')) as unknown
    expect(written).toMatchObject({
      format: 'exekra-rollout-dossier',
      run: { outcome: 'accepted' },
      sealed: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    })
    expect((await dossier('--json')).json()).toEqual([written])
    expect(JSON.parse((await dossier('--format', 'json')).stdout)).toEqual(written)
    for (const words of [
      ['--format', 'pdf'],
      ['--format', 'html', '--json'],
      ['--out', join(dir, 'no', 'x.html')],
    ])
      expect((await dossier(...words)).code).toBe(3)
  }, 60_000)

  test('4: at every gate, until a person opens it; the log says who and why', async () => {
    const { plan, db } = await practiceSite()
    const at = await rollout(['run', plan, '--db', db])
    expect(at.code).toBe(4)
    expect(at.stdout).toMatch(/Gate gate:hub.*Confirm/s)
    for (const gate of ['gate:hub', 'gate:studio', 'gate:runner', 'gate:acceptance']) {
      expect((await rollout(['resume', 'last', '--db', db])).code).toBe(4)
      expect((await rollout(['decide', 'last', gate, 'open', '--reason', `looked at ${gate}`, '--db', db])).code).toBe(
        0,
      )
    }
    expect((await rollout(['resume', 'last', '--db', db])).code).toBe(0)
    expect((await logOf(db)).filter(({ type }) => type === 'gate.opened')).toMatchObject(
      ['hub', 'studio', 'runner', 'acceptance'].map((name) => ({
        gate: `gate:${name}`,
        why: `looked at gate:${name}`,
        by: expect.stringContaining('@') as string,
      })),
    )
  }, 30_000)

  test('1: a failure waits for a decision, which --yes does not answer; decided by another process, it goes on', async () => {
    const { plan, db, site } = await practiceSite({ faults: ['exit-1603@RUN001'] })
    const step = 'runner/RUN001/run-installer:runner'
    const failed = await rollout(['run', plan, '--db', db, '--yes'])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain(`exekra-rollout decide`)
    expect(failed.stdout).toContain('ended with 1603')
    expect((await rollout(['resume', 'last', '--db', db, '--yes'])).code).toBe(1)
    expect((await rollout(['show', 'last', '--db', db, '--json'])).json()).toMatchObject([
      { decisions: [{ step, failure: { code: 'exit-1603' } }] },
    ])
    expect((await rollout(['decide', 'last', step, 'retry', '--reason', 'disk was full', '--db', db])).code).toBe(0)
    expect((await rollout(['resume', 'last', '--db', db, '--yes'])).code).toBe(0)
    expect(inspectWorld(site).hosts['RUN001']?.starts).toEqual({ 'practice-runner-installer': 2 })
    expect((await rollout(['show', 'last', '--db', db, '--output', step])).stdout).toMatch(
      /Attempt 1:.*Fatal error during installation.*Attempt 2:.*Recording the product/s,
    )
  }, 30_000)

  test('5: cancelled, and resumed to the end of that; 6: the plan has a run that is not over', async () => {
    const { plan, db } = await practiceSite()
    expect((await rollout(['run', plan, '--db', db])).code).toBe(4)
    const second = await rollout(['run', plan, '--db', db])
    expect(second).toMatchObject({ code: 6, stderr: expect.stringMatching(/of this plan has not finished/) as string })
    expect((await rollout(['cancel', 'last', '--reason', 'wrong weekend', '--db', db])).code).toBe(0)
    expect((await rollout(['resume', 'last', '--db', db])).code).toBe(5)
    expect((await rollout(['resume', 'last', '--db', db])).code).toBe(5)
    expect((await rollout(['run', plan, '--db', db])).code).toBe(4)
  }, 30_000)
})

test('rung 1: a practice site is not replaced while a run of it is not over, wherever its database lies and the site is moved to', async () => {
  const { dir, plan, db } = await practiceSite()
  const elsewhere = join(scratch(), 'else where.db')
  for (const database of [db, elsewhere]) expect((await rollout(['run', plan, '--db', database])).code).toBe(4)
  const again = (folder: string) => rollout(['practice', '--out', folder, '--virtual', '--runners', '1'])
  const before = readFileSync(plan)
  const refused = await again(dir)
  expect(refused).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringMatching(
      /belongs to run run-\S+ of .*, which has not finished\. Nothing there was changed\.\nName another folder\. .*exekra-rollout resume run-.*exekra-rollout cancel run-/,
    ) as string,
  })
  expect(readFileSync(plan)).toEqual(before)
  rmSync(elsewhere)
  const moved = join(scratch(), 'moved')
  renameSync(dir, moved)
  expect(await again(moved)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(join(moved, 'site.db')) as string,
  })
  renameSync(moved, dir)
  // Nothing was lost: the run goes on to its end.
  expect((await rollout(['cancel', 'last', '--reason', 'enough', '--db', db])).code).toBe(0)
  expect((await again(dir)).code).toBe(3)
  expect((await rollout(['resume', 'last', '--db', db])).code).toBe(5)
  expect(await again(dir)).toMatchObject({ code: 0, stderr: '' })
}, 60_000)

describe('rung 1: run, at work', () => {
  test('another process decides, pauses and cancels through the inbox, and follows the log to its end', async () => {
    const { dir, plan, db } = await practiceSite({ speed: 12, faults: ['exit-1603@REDIS01'] })
    const engine = start(['run', plan, '--db', db, '--yes', '--json'])
    await engine.line((line) => line.includes('"step.failed"'))
    const following = start(['events', 'last', '--db', db, '--json', '--follow'])
    const decided = await rollout([
      'decide',
      'last',
      'prerequisites/REDIS01/run-installer:redis',
      'retry',
      '--reason',
      'seen',
      '--db',
      db,
    ])
    expect(decided).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The process that is running the run recorded it') as string,
    })
    const refused = await rollout(['decide', 'last', 'gate:runner', 'open', '--reason', 'early', '--db', db])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('is not waiting') as string })
    expect((await rollout(['run', plan, '--db', db])).code).toBe(6)
    expect(await rollout(['practice', '--out', dir])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('is running on the practice site') as string,
    })
    expect((await rollout(['window', 'last', '18:75', '--db', db])).code).toBe(3)
    expect((await rollout(['window', 'last', '18:00', '--db', db])).stdout).toContain(
      'The process that is running the run recorded it',
    )
    expect((await rollout(['pause', 'last', '--reason', 'switch works', '--db', db])).code).toBe(0)
    const paused = await engine.ended
    expect(paused.code).toBe(4)
    expectGapless(paused.json())
    expect(paused.json().filter(({ type }) => type === 'decision.made' || type === 'run.paused')).toMatchObject([
      { choice: 'retry', why: 'seen' },
      { why: 'switch works' },
    ])
    const closes = new Date(Number(paused.json().find(({ type }) => type === 'run.window-set')?.['closesAt']))
    expect([closes.getHours(), closes.getMinutes()]).toEqual([18, 0])
    const shown = (await rollout(['show', 'last', '--db', db])).stdout
    expect(shown).toMatch(/: paused\. .*\nPaused by \S+@\S+, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: switch works\n/)
    expect(shown).toMatch(/The change window closes \d{4}-\d\d-\d\d 18:00:00, as set by \S+@\S+\./)
    expect((await rollout(['show', 'last', '--db', db, '--json'])).json()).toMatchObject([
      { pause: { why: 'switch works', at: expect.any(Number) as number }, driven: false },
    ])
    expect((await rollout(['runs', '--db', db])).stdout).toMatch(/ paused .* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d /)
    const again = start(['resume', 'last', '--db', db, '--yes', '--json'])
    await again.line((line) => line.includes('"run.resumed"'))
    expect((await rollout(['cancel', 'last', '--reason', 'enough', '--db', db])).stdout).toContain(
      'The process that is running the run recorded it',
    )
    expect((await again.ended).code).toBe(5)
    const followed = await following.ended
    expect(followed.code).toBe(0)
    expect(followed.json()).toEqual(await logOf(db))
  }, 60_000)

  test('Ctrl-C pauses with 4 when what is under way has ended; twice detaches; resume finishes, nothing was started twice', async () => {
    const { plan, db, site } = await practiceSite({ speed: 60 })
    const first = start(['run', plan, '--db', db, '--yes', '--json'])
    await first.line(running)
    first.child.kill('SIGINT')
    const paused = await first.ended
    expect(paused.code).toBe(4)
    expect(paused.stderr).toContain('Ctrl-C again to detach')
    const types = paused.json().map(({ type }) => type)
    expect(types).toContain('run.paused')
    expect(types.slice(types.indexOf('run.paused'))).not.toContain('step.attempted')
    expect(types).not.toContain('step.interrupted')

    const second = start(['resume', 'last', '--db', db, '--yes', '--json'])
    await second.line(running)
    second.child.kill('SIGINT')
    await second.line((line) => line.includes('"run.paused"'))
    second.child.kill('SIGINT')
    const detached = await second.ended
    expect(detached.code).toBe(4)
    expectNothingInFlight(await logOf(db))

    const last = await rollout(['resume', 'last', '--db', db, '--yes'])
    expect(last.code).toBe(0)
    const hosts = Object.values(inspectWorld(site).hosts)
    expect(hosts.flatMap(({ starts }) => Object.values(starts)).every((count) => count === 1)).toBe(true)
    expectGapless(await logOf(db))
  }, 60_000)

  test('a survey that is interrupted ends with 5 and says how far it came, never with 0', async () => {
    const { plan, db } = await practiceSite({ speed: 1, runners: 40 })
    const survey = start(['survey', plan, '--db', db])
    await survey.line((line) => /^[A-Z]+\d+ +Microsoft/.test(line))
    survey.child.kill('SIGINT')
    const { code, stderr } = await survey.ended
    expect(code).toBe(5)
    expect(stderr).toMatch(/Interrupted: visited \d+ of 44 hosts\. The others were not checked\./)
  }, 60_000)

  test('a terminal that is closed detaches; an engine that was killed is not taken for one at work', async () => {
    // An installer must outlast the start of two commands, on a busy machine too.
    const { plan, db } = await practiceSite({ speed: 20 })
    const first = start(['run', plan, '--db', db, '--yes', '--json'])
    await first.line(running)
    expect((await rollout(['show', 'last', '--db', db])).stdout).toContain(': running.')
    expect((await rollout(['runs', '--db', db])).stdout).toMatch(/^run-\S+ +running /m)
    first.child.kill('SIGHUP')
    const detached = await first.ended
    expect(detached).toMatchObject({ code: 4, signal: null })
    expectNothingInFlight(detached.json())
    const second = start(['resume', 'last', '--db', db, '--yes', '--json'])
    await second.line(running)
    second.child.kill('SIGKILL')
    await second.ended
    expect((await rollout(['show', 'last', '--db', db])).stdout).toMatch(
      /: interrupted, no process is running it\. .*\nResume with: exekra-rollout resume/,
    )
    expect((await rollout(['runs', '--db', db])).stdout).toMatch(/^run-\S+ +interrupted, no process is running it /m)
    expect((await rollout(['runs', '--db', db, '--json'])).json()).toMatchObject([
      { runs: [{ status: 'running', driven: false }] },
    ])
    expect((await rollout(['resume', 'last', '--db', db, '--yes'])).code).toBe(0)
  }, 60_000)

  test('a reader that goes away is no crash: looking ends with 0, a run is detached from with 4 and goes on when resumed', async () => {
    const { plan, db } = await practiceSite({ speed: 200 })
    const run = start(['run', plan, '--db', db, '--yes', '--json'])
    await run.line(() => true)
    run.child.stdout.destroy()
    expect(await run.ended).toMatchObject({ code: 4, stderr: '' })
    expect((await rollout(['resume', 'last', '--db', db, '--yes'])).code).toBe(0)
    const events = start(['events', 'last', '--db', db, '--json'])
    events.child.stdout.destroy()
    expect(await events.ended).toMatchObject({ code: 0, stderr: '' })
  }, 60_000)

  test('piped output is plain lines, without a colour and without a picture to redraw', async () => {
    const { plan, db } = await practiceSite()
    const { stdout } = await rollout(['run', plan, '--db', db, '--yes'], { env: { TERM: 'xterm-256color' } })
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toMatch(/Practice site: every host is simulated/)
    expect(stdout).toMatch(/\d\d:\d\d:\d\d {2}RUN001 {5}Install Runner {2}done/)
  })
})

test('rung 1: a survey of the command line is kept for every window, and overwrites no draft', async () => {
  const { plan, db } = await practiceSite({ faults: ['unreachable@RUN001'] })
  expect((await rollout(['survey', plan, '--db', db])).code).toBe(2)
  const store = openStore(db)
  const [revision, ...others] = store.plans.revisions()
  if (!revision) throw new Error('the survey has no revision')
  expect(others).toEqual([])
  expect(store.surveys.survey(revision)).toMatchObject({ status: 'done', planHash: revision.hash })
  expect(
    store.surveys.answers(revision).find(({ answer }) => answer.host === 'RUN001')?.answer.unreached,
  ).toMatchObject({ kind: 'link' })
  const { plan: document } = store.plans.plan(revision.planId, revision.revision)
  store.plans.saveDraft(
    revision.planId,
    { ...document, site: { ...document.site, internet: true } },
    { by: 'anna@ws', at: 1 },
  )
  store.close()
  const again = await rollout(['survey', plan, '--db', db])
  expect(again.stdout).toContain('This survey is not stored')
  const after = openStore(db, { readonly: true })
  expect(after.plans.plan(revision.planId, revision.revision).plan.site.internet).toBe(true)
  after.close()
}, 30_000)
