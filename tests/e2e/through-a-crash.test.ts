/** Shows that every window sees the same run, that who only watches cannot act, and that a run goes on to its end after Rollout was killed in the middle of it; and what a window says whose application is gone. */
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { holdTo } from './hold-to.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'
import { runPage } from './pages/run-page.ts'

overShells('a run through a crash, seen by several', (world) => {
  let runId = ''
  let reader: Page
  const goToRun = async (page: Page): Promise<void> => {
    await page.evaluate((id) => {
      location.hash = `#/runs/${id}`
    }, runId)
    await page.getByRole('list', { name: 'Stages' }).waitFor()
  }

  it('a second window shows the same, and what it does is seen in the first', async () => {
    const { page } = world
    const {
      planId,
      revision: { revision, hash },
    } = await ask(page, 'practice.make', { layout: 'pilot', runners: 3, faults: [], speed: 60 })
    await ask(page, 'plan.lock', { planId, revision, hash })
    ;({ runId } = await ask(page, 'run.start', { planId, revision }))
    await goToRun(page)
    const second = await world.secondWindow()
    await goToRun(second)
    for (const one of [page, second])
      await runPage(one)
        .strip(/^Gate .* waits for you$/)
        .waitFor()
    expect(await runPage(second).settled()).toBe(await runPage(page).settled())
    await runPage(second).openGate()
    await runPage(page)
      .strip(/^Gate .* waits for you$/)
      .waitFor({ state: 'detached' })
    await second.close()
  }, 120_000)

  it('another process watches: it says who executes the run, shows what happens, and offers nothing that acts', async () => {
    reader = await world.secondProcess()
    await goToRun(reader)
    await reader.getByText('You are watching.').waitFor()
    await runPage(reader)
      .strip(/^Gate Hub to Studio/)
      .waitFor({ timeout: 60_000 })
    await expect(reader.getByRole('button', { name: /^(Go to gate|Pause|Cancel|Resume)/ }).count()).resolves.toBe(0)
    await runPage(world.page)
      .strip(/^Gate Hub to Studio/)
      .waitFor()
    expect(await runPage(reader).settled()).toBe(await runPage(world.page).settled())
  }, 120_000)

  it('killed while hosts are worked on, it is found again, and nothing of it is lost', async () => {
    await runPage(world.page).openGate()
    const before = await runPage(reader).settled()
    await expect.poll(() => runPage(reader).settled(), { timeout: 60_000 }).toBeGreaterThan(before)
    await world.kill()
    const { lastSeq } = await ask(reader, 'run.events', { runId, limit: 1 })
    await world.restart()
    await homePage(world.page).attention().getByText('no process is running this rollout').waitFor({ timeout: 60_000 })
    expect((await ask(world.page, 'run.events', { runId, limit: 1 })).lastSeq).toBe(lastSeq)
    await homePage(world.page).attention().getByRole('button', { name: 'Go to run' }).click()
    await world.page.getByRole('button', { name: 'Resume' }).click()
    await runPage(world.page)
      .strip(/^Gate Studio to Runner/)
      .waitFor({ timeout: 60_000 })
  }, 180_000)

  it('goes on to its end, and the watcher sees the same end', async () => {
    await runPage(world.page).openGate()
    await runPage(world.page)
      .strip(/^Gate Runner to Acceptance/)
      .waitFor({ timeout: 90_000 })
    await runPage(world.page).openGate()
    for (const one of [world.page, reader]) await runPage(one).finished().waitFor({ timeout: 90_000 })
    expect(await runPage(reader).settled()).toBe(await runPage(world.page).settled())
    // No installer was started twice: one that ran when Rollout was killed is found by the ticket it had.
    const { events } = await ask(world.page, 'run.events', { runId, limit: 5000 })
    const jobs = events.flatMap((event) => (event.type === 'step.applying' && event.ticket !== null ? [event] : []))
    expect(jobs.length).toBeGreaterThan(0)
    expect(new Set(jobs.map(({ step, ticket }) => JSON.stringify([step, ticket]))).size).toBe(
      new Set(jobs.map(({ step }) => step)).size,
    )
    expect(events.filter((event) => event.type === 'step.failed')).toEqual([])
  }, 240_000)
})

overShells('a window whose application is gone', (world) => {
  it('says how old its picture is, and a view that was never loaded takes no other with it', async ({ skip }) => {
    if (world.shell !== 'the browser shell') skip('a window of the desktop program ends with its application')
    const { page } = world
    await homePage(page).startPractice()
    await planPage(page).section('Hosts')
    await world.kill()
    await page
      .getByRole('region', { name: /does not answer/ })
      .getByText(/You see the state of \d\d:\d\d:\d\d\./)
      .waitFor()
    await holdTo(page, 'a plan without its application', true)
    await planPage(page).section('Topology map')
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: 'Rollout could not show this view' }).waitFor()
    await main.getByText('this view could not be loaded').waitFor()
    // There is nothing to read again: the page that is there must not be given up for none.
    await main.getByRole('button', { name: 'Try again' }).click()
    await planPage(page).section('Hosts')
    await planPage(page).host('HUB01').waitFor()
    // Nor is a part of the screens with styles of its own a bug.
    await planPage(page).section('History')
    await main.getByText('this view could not be loaded').waitFor()
  }, 90_000)

  it('says nothing of it once there is an application again', async ({ skip }) => {
    if (world.shell !== 'the browser shell') skip('a window of the desktop program ends with its application')
    await world.restart()
    await homePage(world.page).openPlan('Practice')
    expect(await world.page.getByRole('region', { name: /does not answer/ }).count()).toBe(0)
  }, 90_000)
})
