/** Shows that a fresh start leads through the practice site to acceptance, and from there to a plan of one's own. */
import { expect, it } from 'vitest'
import { holdTo } from './hold-to.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'
import { runPage } from './pages/run-page.ts'

overShells('the first run', (world) => {
  const held = (view: string, page = world.page): Promise<void> =>
    holdTo(page, view, world.shell === 'the browser shell')

  it('opens on the practice site', async () => {
    const { page } = world
    await expect(page.getByText('No machine is touched').count()).resolves.toBe(1)
    await held('home on a fresh start')
    await homePage(page).startPractice()
    await expect(page.getByText('Practice · no machine is touched').isVisible()).resolves.toBe(true)
  }, 60_000)

  it('shows the plan from every side', async () => {
    for (const section of [
      'Hosts',
      'Connections & certificate',
      'Rollout policy',
      'Licence',
      'Findings',
      'Firewall matrix',
      'Rollout',
      'Review & lock',
    ] as const) {
      await planPage(world.page).section(section)
      await held(section)
    }
  }, 120_000)

  it('locks and starts', async () => {
    const { page } = world
    await planPage(page).lock()
    await planPage(page).start()
    await runPage(page)
      .strip(/^Gate .* waits for you$/)
      .waitFor({ timeout: 60_000 })
    expect(await page.title()).toBe('(1) Rollout')
    await held('rollout at a gate')
  }, 120_000)

  it('keeps what was written at a gate over going back to the hosts, and over a reload', async () => {
    const { page } = world
    const gate = runPage(page)
      .strip(/^Gate .* waits for you$/)
      .getByRole('button', { name: 'Go to gate' })
    const whole = page.getByRole('textbox', { name: 'Note on this gate (recorded in the log)' })
    const ofItem = page.getByRole('textbox', { name: 'Note on item 1' })
    await gate.click()
    await page.getByRole('button', { name: 'Add note' }).first().press('Enter')
    // The field that opened has the focus already.
    await page.keyboard.type('read twice')
    await whole.fill('the change board knows')
    await page.getByRole('button', { name: 'Back to hosts' }).click()
    await gate.click()
    expect([await ofItem.inputValue(), await whole.inputValue()]).toEqual(['read twice', 'the change board knows'])
    await page.reload()
    await gate.click()
    expect([await ofItem.inputValue(), await whole.inputValue()]).toEqual(['read twice', 'the change board knows'])
    await page.getByRole('button', { name: 'Back to hosts' }).click()
  }, 60_000)

  it('opens gates, loses nothing by a reload, decides the failure, and is accepted', async () => {
    const { page } = world
    const run = runPage(page)
    await run.openGate()
    await run.strip(/^Gate Hub to Studio/).waitFor({ timeout: 90_000 })
    // The next gate begins with nothing of the last one.
    await run
      .strip(/^Gate Hub to Studio/)
      .getByRole('button', { name: 'Go to gate' })
      .click()
    expect(
      await page
        .getByRole('textbox', { name: /^Note on/ })
        .evaluateAll((notes) => notes.map((note) => (note as HTMLInputElement).value)),
    ).toEqual([''])
    await page.getByRole('button', { name: 'Back to hosts' }).click()
    const before = await run.settled()
    await page.reload()
    await run.strip(/^Gate Hub to Studio/).waitFor()
    expect(await run.settled()).toBe(before)
    await run.openGate()
    await run.strip(/^Gate Studio to Runner/).waitFor({ timeout: 90_000 })
    await run.openGate()
    await run.strip(/^Install Runner failed on 1 host$/).waitFor({ timeout: 120_000 })
    await held('rollout with a failure')
    await run.goToDecision()
    await held('decision')
    await expect(page.getByText('Rollout checked again: the step is not done.').isVisible()).resolves.toBe(true)
    await run.decide('Retry', /^Retry on 1 host$/)
    await run.strip(/^Gate Runner to Acceptance/).waitFor({ timeout: 180_000 })
    await run.openGate()
    await run.finished().waitFor({ timeout: 120_000 })
    await held('rollout at its end')
    expect(await page.title()).toBe('Rollout')
  }, 600_000)

  it("leads from the acceptance summary to a plan of one's own", async () => {
    const { page } = world
    const guide = page.getByRole('region', { name: 'Practice guide' })
    await guide.getByRole('button', { name: 'Acceptance summary' }).click()
    await page.getByRole('article', { name: 'Acceptance summary' }).getByText('Accepted', { exact: true }).waitFor()
    await guide.getByRole('button', { name: 'Plan your own site' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor()
    await homePage(page).newPlan('Accra', 'Small team')
    await page.getByText('Draft r1', { exact: true }).waitFor()
    expect(await page.getByText('Practice · no machine is touched').count()).toBe(0)
    expect(await guide.count()).toBe(0)
  }, 60_000)
})
