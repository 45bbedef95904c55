/** Shows that a group of failures is decided as one and host by host, that who watches cannot act, and that a run is paused, found through and cancelled by the keys; and that nothing moves where the system asks for that. */
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { holdTo } from './hold-to.ts'
import { motions } from './looks.ts'
import { overShells } from './over-shells.ts'
import { runPage } from './pages/run-page.ts'

overShells('a rollout', (world) => {
  const held = (view: string, page = world.page): Promise<void> =>
    holdTo(page, view, world.shell === 'the browser shell')

  /** Makes a practice site, locks it, starts its run, and shows it. */
  const started = async (site: Parameters<typeof ask<'practice.make'>>[2]): Promise<string> => {
    const { page } = world
    const { planId, revision, folder } = await ask(page, 'practice.make', site)
    await ask(page, 'plan.lock', { planId, revision: revision.revision, hash: revision.hash })
    const { runId } = await ask(page, 'run.start', { planId, revision: revision.revision, folder })
    await shown(page, runId)
    return runId
  }
  const shown = async (page: Page, runId: string): Promise<void> => {
    await page.evaluate((id) => {
      location.hash = `#/runs/${id}`
    }, runId)
    await page.getByRole('list', { name: 'Stages' }).waitFor()
  }

  it('groups failures by cause, the largest first, and says what is seen of them', async () => {
    const { page } = world
    await started({
      layout: 'enterprise',
      runners: 24,
      studios: 1,
      virtual: true,
      faults: ['exit-1603@RUN002', 'exit-1603@RUN003', 'exit-1603@RUN004', 'exit-1603@RUN005', 'disk-full@RUN006'],
    })
    const run = runPage(page)
    for (const gate of [/^Gate Prerequisites/, /^Gate Hub/, /^Gate Studio/]) {
      await run.strip(gate).waitFor()
      await run.openGate()
    }
    await run.strip(/ failed on 4 hosts$/).waitFor({ timeout: 90_000 })
    await page
      .getByRole('group', { name: 'Filter by status' })
      .getByRole('button', { name: /^Failed 5/ })
      .waitFor()
    await run.goToDecision()
    await page.getByRole('group', { name: 'Causes' }).getByRole('button').nth(1).waitFor()
    await page.getByRole('heading', { name: /^Install Runner failed on 4 of \d+ hosts$/ }).waitFor()
    await page.getByRole('heading', { name: /^What differs/ }).waitFor()
    await page.getByRole('list', { name: 'Evidence of RUN002' }).waitFor()
    expect(await page.getByRole('checkbox', { name: /^One host first/ }).isChecked()).toBe(true)
    // Each cause is a problem on the way of F8; a cause of one host offers no first one.
    await page.keyboard.press('F8')
    await page.getByRole('heading', { name: 'Decide for 1 host' }).waitFor()
    await page.keyboard.press('Shift+F8')
    await page.getByRole('heading', { name: 'Decide for 4 hosts' }).waitFor()
    await held('a decision for several causes')
  }, 180_000)

  it('shows another process the same picture, without what acts', async () => {
    const { page } = world
    const watcher = await world.secondProcess()
    await shown(watcher, new URL(page.url()).hash.split('/').at(-1) ?? '')
    await watcher.getByRole('region', { name: 'You are watching' }).waitFor()
    // In 24 hours, whatever the system's own way is.
    await page.getByLabel(/^Window closes/).fill('6 PM')
    expect(await page.getByLabel(/^Window closes/).getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel(/^Window closes/).fill('18:30')
    await page.getByLabel(/^Window closes/).press('Enter')
    await watcher.getByText('18:30', { exact: true }).waitFor()
    await page
      .getByText(/^No new host starts: 5 of 24 failed|^5 of 24 failed/)
      .first()
      .waitFor()
    for (const name of [/^Pause$/, /^Cancel$/, /^Resume$/, /^Decide/, /^Go to gate/])
      expect(await watcher.getByRole('button', { name }).count()).toBe(0)
    await held('watching', watcher)
    // Asked, kept; asked again, handed over; and back.
    const asks = /asks for control$/
    await watcher.getByRole('button', { name: 'Ask for control' }).click()
    await runPage(page).strip(asks).getByRole('button', { name: 'Keep control' }).click()
    await watcher.getByText(/ keeps control\./).waitFor()
    for (const [asker, other] of [
      [watcher, page],
      [page, watcher],
    ] as const) {
      await asker.getByRole('button', { name: 'Ask for control' }).click()
      await runPage(other).strip(asks).getByRole('button', { name: 'Hand over' }).click()
      await other.getByRole('region', { name: 'You are watching' }).waitFor()
      await asker.getByRole('button', { name: 'Cancel', exact: true }).waitFor()
    }
    await watcher.close()
  }, 90_000)

  it('asks for a reason, decides for one host, then for the others, and never for a failure that comes later', async () => {
    const { page } = world
    const run = runPage(page)
    await page.getByRole('radio', { name: /^Exclude/ }).check()
    await page.getByText('Enter a reason.').waitFor()
    expect(await page.getByRole('button', { name: 'Exclude 1 host' }).getAttribute('aria-disabled')).toBe('true')
    // A look at the hosts loses nothing of it, and another cause knows nothing of it.
    const reason = page.getByRole('textbox', { name: /^Reason/ })
    await reason.fill('Half a tho')
    await page.getByRole('group', { name: 'Hosts to decide for' }).getByRole('button', { name: 'RUN004' }).click()
    await page.getByRole('button', { name: 'Back to hosts' }).click()
    await run.goToDecision()
    await page.getByRole('heading', { name: 'Decide for 3 of 4 hosts' }).waitFor()
    expect([await page.getByRole('radio', { name: /^Exclude/ }).isChecked(), await reason.inputValue()]).toEqual([
      true,
      'Half a tho',
    ])
    await page.getByRole('group', { name: 'Causes' }).getByRole('button').nth(1).click()
    await page.getByRole('heading', { name: 'Decide for 1 host' }).waitFor()
    expect([await page.getByRole('radio', { name: /^Retry/ }).isChecked(), await reason.inputValue()]).toEqual([
      true,
      '',
    ])
    await page.getByRole('group', { name: 'Causes' }).getByRole('button').first().click()
    await page.getByRole('button', { name: 'All hosts' }).click()
    await reason.fill('')
    await page.getByRole('radio', { name: /^Retry/ }).check()
    // A slow double click decides once: its second half does not decide for the three that are left.
    await page.getByRole('button', { name: 'Retry on 1 host' }).click({ clickCount: 2, delay: 300 })
    await page.getByRole('heading', { name: 'Decide for 3 hosts' }).waitFor()
    await page.getByRole('group', { name: 'Hosts to decide for' }).getByRole('button', { name: 'RUN005' }).click()
    await page.getByRole('checkbox', { name: /^One host first/ }).uncheck()
    await page.getByRole('button', { name: 'Retry on 2 hosts' }).click()
    await page
      .getByRole('heading', { name: /^Decide for 1 host$/ })
      .first()
      .waitFor()
    // Two causes with one host each are left: what was chosen for the first group holds for neither.
    for (let left = 2; left > 0; left--) {
      await page.getByRole('radio', { name: /^Exclude/ }).check()
      await page.getByRole('textbox', { name: /^Reason/ }).fill('Its drive is being replaced.')
      await page.getByRole('button', { name: 'Exclude 1 host' }).click()
      await (left > 1
        ? page.getByRole('group', { name: 'Causes' }).waitFor({ state: 'detached' })
        : page.getByRole('group', { name: 'Filter by status' }).waitFor())
    }
    await run.strip(/^Gate Runner to Acceptance/).waitFor({ timeout: 90_000 })
    // Nothing begins on hosts that were left out, and nothing was proved there.
    await run
      .strip(/^Gate Runner to Acceptance/)
      .getByRole('button', { name: 'Go to gate' })
      .click()
    await page
      .getByRole('complementary', { name: 'When the gate opens' })
      .getByText('RUN005, RUN006', { exact: true })
      .waitFor()
    await page
      .getByRole('list', { name: 'Checked by Rollout' })
      .getByText(/Excluded before it was verified: RUN005, RUN006$/)
      .first()
      .waitFor()
    await held('a gate after hosts were left out')
    await page.getByRole('button', { name: 'Back to hosts' }).click()
    await run.openGate()
    // What no step has shown is not said: the two that were left out were not looked at, and not all was done.
    await run
      .strip(/^Accepted with exceptions$/)
      .getByText(/ done, 2 excluded in .* hosts were verified after installation\. \d+ of \d+ steps were not done\.$/)
      .waitFor()
    await run
      .strip(/^Accepted with exceptions$/)
      .getByRole('button', { name: 'Acceptance summary' })
      .waitFor()
    await held('accepted with exceptions')
  }, 180_000)

  it('works by keys: search, table, pause, problems, output, help', async () => {
    const { page } = world
    await started({ layout: 'pilot', runners: 3, studios: 1, faults: [], speed: 4 })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search/ }).fill('connect hub01')
    await page
      .getByRole('option', { name: /Connect to the host/ })
      .first()
      .waitFor()
    await held('search')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Lane of HUB01' }).waitFor()
    await page.keyboard.press('F1')
    const help = page.getByRole('complementary', { name: 'Help' })
    await help.getByText('This view: Rollout').waitFor()
    await held('help')
    await page.keyboard.press('F1')
    await help.waitFor({ state: 'detached' })
    for (const view of ['Table', 'Timeline']) {
      await page.getByRole('button', { name: view, exact: true }).click()
      await held(view)
    }
    const runId = new URL(page.url()).hash.split('/').at(-1) ?? ''
    const { graph } = await ask(page, 'run.read', { runId })
    const step = graph.steps.find(({ host, title }) => host === 'RUN001' && /^Connect/.test(title))
    await page.keyboard.press('Control+k')
    await page
      .getByRole('combobox', { name: /^Search/ })
      .fill(`http://127.0.0.1:1/#/runs/${runId}/steps/${encodeURIComponent(step?.id ?? '')}`)
    await page.getByRole('option', { name: /^Open this link/ }).waitFor()
    await page.keyboard.press('Enter')
    await page
      .getByRole('complementary', { name: 'Lane of RUN001' })
      .getByRole('region', { name: `About ${step?.title ?? ''}` })
      .getByRole('button', { name: 'Copy link to this step' })
      .waitFor()
    expect(new URL(page.url()).hash).toBe(`#/runs/${runId}`)
    const output = page.getByRole('region', { name: 'Output' })
    await output.getByRole('button', { name: /^Output/ }).click()
    await output.getByRole('combobox', { name: 'Output of' }).selectOption('All hosts')
    await output.getByRole('button', { name: 'Wrap lines' }).click()
    await output
      .getByRole('log', { name: 'Output of all hosts' })
      .getByText('HUB01')
      .first()
      .waitFor({ timeout: 60_000 })
    await held('output of all hosts')
    await page.keyboard.press('F9')
    await page.getByText(/^Paused by /).waitFor()
    await held('paused')
  }, 120_000)

  it('asks before it cancels, and offers to pause instead', async () => {
    const { page } = world
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Pause after current steps' }).waitFor()
    await held('cancel?')
    await page.getByRole('dialog').getByRole('textbox').fill('The window closes.')
    await page.getByRole('button', { name: 'Cancel rollout' }).click()
    await runPage(page)
      .strip(/^Cancelled$/)
      .waitFor({ timeout: 60_000 })
    await held('cancelled')
  }, 120_000)

  it('moves nothing where the system asks for less motion', async () => {
    const { page } = world
    const run = runPage(page)
    await started({ layout: 'pilot', runners: 4, studios: 1, faults: [], speed: 20 })
    const through = async (gate: RegExp): Promise<void> => {
      await run.strip(gate).waitFor()
      await run.openGate()
      for (const view of ['Farm', 'Table', 'Timeline', 'Map'])
        await page.getByRole('button', { name: view, exact: true }).click()
    }
    expect(
      await motions(page, async () => {
        for (const gate of [/^Gate Prerequisites/, /^Gate Hub/]) await through(gate)
      }),
      'what moves is seen',
    ).not.toEqual([])
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(
      await motions(page, async () => {
        await through(/^Gate Studio/)
        await page.locator('[data-status="running"]').first().waitFor()
        await page.getByRole('button', { name: 'Farm', exact: true }).click()
        await through(/^Gate Runner/)
        await run.finished().waitFor()
      }),
    ).toEqual([])
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  }, 180_000)

  it('never lets a decision grow while it is thought about: who fails meanwhile is shown, and picked only by hand', async () => {
    const { page } = world
    const runId = await started({
      layout: 'enterprise',
      runners: 8,
      studios: 1,
      speed: 60,
      faults: ['exit-1603@RUN002', 'exit-1603@RUN006'],
    })
    const run = runPage(page)
    for (const gate of [/^Gate Prerequisites/, /^Gate Hub/, /^Gate Studio/]) {
      await run.strip(gate).waitFor({ timeout: 60_000 })
      await run.openGate()
    }
    await run.strip(/ failed on 1 host$/).waitFor({ timeout: 60_000 })
    await ask(page, 'run.pause', { runId, why: '' })
    await run.goToDecision()
    await page.getByRole('radio', { name: /^Skip/ }).check()
    await page.getByRole('textbox', { name: /^Reason/ }).fill('Its owner installs it.')
    await ask(page, 'run.resume', { runId })
    await page.getByText('1 host has failed since you opened this page.').waitFor({ timeout: 60_000 })
    await page.getByRole('heading', { name: 'Decide for 1 of 2 hosts' }).waitFor()
    await held('a failure that came while another was decided')
    await page.getByRole('button', { name: 'Skip on 1 host' }).click()
    await page.getByRole('heading', { name: 'Decide for 1 host' }).waitFor()
    expect(await page.getByRole('group', { name: 'Hosts to decide for' }).innerText()).toBe('RUN006')
    expect(await page.getByRole('textbox', { name: /^Reason/ }).inputValue()).toBe('')
    await ask(page, 'run.cancel', { runId, why: 'seen' })
    await run.strip(/^Cancelled$/).waitFor({ timeout: 60_000 })
  }, 180_000)
})
