/** Shows what is left of a rollout: its acceptance summary, the plan's history with what an edit changed, and the audit. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { holdTo } from './hold-to.ts'
import { focused } from './looks.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'
import { runPage } from './pages/run-page.ts'

overShells('hand over', (world) => {
  const held = (view: string, page = world.page): Promise<void> =>
    holdTo(page, view, world.shell === 'the browser shell')

  it('has no summary before acceptance has run, and one afterwards that can be taken along', async () => {
    const { page } = world
    const { planId, revision } = await ask(page, 'practice.make', {
      layout: 'pilot',
      runners: 2,
      studios: 1,
      faults: [],
      virtual: true,
    })
    await ask(page, 'plan.lock', { planId, revision: revision.revision, hash: revision.hash })
    await homePage(page).openPlan('Practice pilot')
    await planPage(page).section('Acceptance summary')
    await page.getByRole('heading', { name: 'Available once acceptance has run' }).waitFor()
    await held('summary before the run')
    await planPage(page).section('Rollout')
    await page.getByRole('button', { name: 'Start rollout' }).click()
    const run = runPage(page)
    for (const gate of [/^Gate Prerequisites/, /^Gate Hub/, /^Gate Studio/, /^Gate Runner/]) {
      await run.strip(gate).waitFor()
      await run.openGate(
        gate.source.includes('Hub')
          ? { name: 'activation.txt', mimeType: 'text/plain', buffer: Buffer.from('active') }
          : undefined,
      )
    }
    await run.finished().waitFor()
    await page.getByRole('navigation').locator('a[href$="/dossier"]').click()
    const paper = page.getByRole('article', { name: 'Acceptance summary' })
    await paper.getByText('Accepted', { exact: true }).waitFor()
    await paper.getByText('HUB01').first().waitFor()
    await paper.getByText(/^Evidence: activation\.txt, 6 bytes, SHA-256 /).waitFor()
    await page
      .getByRole('list', { name: 'Evidence' })
      .getByRole('button', { name: /^activation\.txt/ })
      .waitFor()
    await held('summary')
    await paper.getByText('Draft: not signed yet').waitFor()
    await page
      .getByRole('navigation', { name: 'Contents' })
      .getByRole('button', { name: /^Signatures/ })
      .click()
    for (const [name, here] of [
      ['A. Mensah', 'Sign here'],
      ['E. Addo', 'Add line for paper'],
    ] as const) {
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByLabel('Role', { exact: true }).fill('Operator')
      await page.getByRole('button', { name: here }).click()
      await page.getByRole('list', { name: 'Signatures' }).getByText(name).waitFor()
    }
    const nameField = page.getByLabel('Name', { exact: true })
    await nameField.fill('K. Boateng')
    await page.getByLabel('Role', { exact: true }).fill('Nobody any more')
    await page.getByRole('button', { name: 'Add line for paper' }).click()
    await page.getByRole('button', { name: 'Remove line of K. Boateng' }).press('Enter')
    await page.getByRole('button', { name: 'Remove line of K. Boateng' }).waitFor({ state: 'detached' })
    await focused(nameField)
    await paper.getByText('Signed in Rollout').waitFor()
    await paper.getByText('Draft: not signed yet').waitFor({ state: 'detached' })
    await held('signed summary')
    // What is printed: more than one page, with whoever signs on it.
    const pdf = world.shell === 'Electron' ? null : (await page.pdf({ format: 'A4' })).toString('latin1')
    if (pdf !== null) expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByText('Exekra Rollout', { exact: true }).first().isVisible()).resolves.toBe(false)
    // Nothing of the paper is cut: the page is at least as long as it.
    await expect(
      paper.evaluate(
        (element) => document.documentElement.scrollHeight >= Math.floor(element.getBoundingClientRect().height),
      ),
    ).resolves.toBe(true)
    await page.emulateMedia({ media: 'screen' })
    // The file has the parts that the page shows, with the steps and without.
    for (const everyStep of [false, true]) {
      await page.getByRole('checkbox', { name: 'Every step and timing' }).setChecked(everyStep)
      const shown = await paper.getByRole('heading', { level: 3 }).allInnerTexts()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'HTML' }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^acceptance-run-.*\.html$/)
      // Elsewhere it is the system that saves, and the file is not ours to read.
      if (world.shell !== 'the browser shell') continue
      const titles = [...readFileSync(await download.path(), 'utf8').matchAll(/<h2 id="[a-z]+">\d+ ([^<]+)</g)].map(
        ([, title]) => title,
      )
      expect(titles).toEqual(shown.map((title) => title.replace(/^\d+\s*/, '')))
      expect(titles.includes('Every step')).toBe(everyStep)
    }
  }, 180_000)

  it('keeps every revision and says what differs between any two', async () => {
    const { page } = world
    await planPage(page).section('History')
    await page.getByText('There is only one revision').waitFor()
    await planPage(page).section('Connections & certificate')
    await page.getByRole('button', { name: /^Edit as draft/ }).click()
    const port = page.getByRole('textbox', { name: /^HTTPS port/ })
    await port.fill('4646')
    await port.press('Enter')
    await planPage(page).saved()
    await planPage(page).section('History')
    await page.getByRole('heading', { name: 'From r1 to r2: 1 difference' }).waitFor()
    await page.getByRole('row', { name: /Plan HTTPS port 4545 4646/ }).waitFor()
    await page.getByRole('cell', { name: 'Accepted', exact: true }).waitFor()
    await held('history')
  }, 90_000)

  it('shows every run and the audit, verified', async () => {
    const { page } = world
    await page.getByRole('link', { name: 'Sites' }).click()
    await page.getByRole('navigation').locator('a[href$="/runs"]').click()
    await page.getByRole('table').getByText('Practice pilot').waitFor()
    await held('runs')
    await page.getByRole('navigation').locator('a[href$="/audit"]').click()
    await page.getByText(/^Verified: \d+ rows/).waitFor()
    await page
      .getByRole('row', { name: /gate.opened/ })
      .first()
      .waitFor()
    await held('audit')
  }, 90_000)
})
