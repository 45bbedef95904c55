/** Shows that a plan is made by hand and by paste, kept through a reload, a crash and a second window, undone, locked only when nothing blocks; and that the first picture needs little. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { axeFindings, overflows, settle } from './looks.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'

const budgetBytes = 400 * 1000

const portField = (page: Page) => page.getByRole('textbox', { name: /^HTTPS port/ })
const planIdOf = (page: Page): string => decodeURIComponent(/#\/plans\/([^/]+)\//.exec(page.url())?.[1] ?? '')

overShells("a plan of one's own", (world) => {
  it('is made from a layout, takes pasted hosts, undoes and redoes them, and is still there after a reload', async () => {
    const { page } = world
    await homePage(page).newPlan('Accra', 'Small team')
    await planPage(page).pasteHosts('RUN003, 10.20.14.3, Runner\nRUN004, 10.20.14.4, Runner')
    await page.getByRole('button', { name: 'RUN004' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('button', { name: 'RUN004' }).count()).resolves.toBe(0)
    await page.getByRole('button', { name: 'Redo' }).click()
    await page.getByRole('button', { name: 'RUN004' }).waitFor()
    await planPage(page).saved()
    await page.reload()
    await page.getByRole('button', { name: 'RUN004' }).waitFor()
  }, 60_000)

  it('says what is wrong with a value, and keeps the last good one', async () => {
    const { page } = world
    await planPage(page).section('Connections & certificate')
    const port = portField(page)
    await port.fill('99999')
    await port.press('Enter')
    await page.getByRole('alert').getByRole('button', { name: 'HTTPS port' }).waitFor()
  }, 60_000)

  it('has edits that could not be saved on screen again after a reload, and after Rollout was killed and begins at another address', async () => {
    const planId = planIdOf(world.page)
    const kept = async () => (await ask(world.page, 'plan.keptEdits', { planId })).edits
    await expect.poll(kept).not.toBeNull()
    await world.page.reload()
    await world.page.getByRole('region', { name: 'Restored edits' }).waitFor()
    await world.restart()
    await homePage(world.page).openPlan('Accra')
    await world.page.getByRole('region', { name: 'Restored edits' }).waitFor()
    await planPage(world.page).section('Connections & certificate')
    expect(await portField(world.page).inputValue()).toBe('99999')
    await world.page.getByRole('button', { name: 'Undo' }).click()
    await planPage(world.page).saved()
    expect(await portField(world.page).inputValue()).toBe('4545')
    await expect.poll(kept).toBeNull()
  }, 60_000)

  it('asks before it writes over what another window has stored meanwhile, also after two reloads, and keeps what the person chooses', async () => {
    const { page } = world
    const second = await world.secondWindow()
    await homePage(second).openPlan('Accra')
    await planPage(second).section('Connections & certificate')
    await portField(page).fill('99999')
    await portField(page).press('Enter')
    await page.getByRole('alert').getByRole('button', { name: 'HTTPS port' }).waitFor()
    await portField(second).fill('4600')
    await portField(second).press('Enter')
    await planPage(second).saved()
    await second.close()
    await portField(page).fill('4700')
    await portField(page).press('Enter')
    const meanwhile = page.getByRole('alert', { name: 'Changed meanwhile' })
    // Nobody has chosen: it asks again however often it is read anew, and what is stored stays.
    for (let times = 0; times < 2; times++) {
      await meanwhile.waitFor()
      await page.reload()
    }
    await meanwhile.waitFor()
    expect(await portField(page).inputValue()).toBe('4700')
    expect((await ask(page, 'plan.read', { planId: planIdOf(page) })).plan.hub.httpsPort).toBe(4600)
    await meanwhile.getByRole('button', { name: 'Show differences' }).click()
    await meanwhile
      .getByRole('listitem')
      .filter({ hasText: 'HTTPS port' })
      .filter({ hasText: '4600' })
      .filter({ hasText: '4700' })
      .waitFor()
    await meanwhile.getByRole('button', { name: 'Keep my version' }).click()
    await planPage(page).saved()
    expect((await ask(page, 'plan.read', { planId: planIdOf(page) })).plan.hub.httpsPort).toBe(4700)
  }, 60_000)

  it('takes the hash of an installer from its file, and says where there is none', async () => {
    const { page } = world
    writeFileSync(join(world.folder, 'hub.msi'), 'stand-in')
    await planPage(page).section('Installers')
    await page
      .getByRole('radiogroup', { name: /^How Hub is installed/ })
      .getByRole('radio', { name: /^Unattended/ })
      .check()
    const file = page.getByRole('textbox', { name: /^File of the Hub installer/ })
    const take = page.getByRole('button', { name: 'Calculate the SHA-256 of the Hub installer from the file' })
    await file.fill(join(world.folder, 'none.msi'))
    await file.press('Enter')
    await take.click()
    await page.getByText(/^Rollout cannot read the file .*none\.msi/).waitFor()
    await file.fill(join(world.folder, 'hub.msi'))
    await file.press('Enter')
    await take.click()
    await expect
      .poll(() => page.getByRole('textbox', { name: /^SHA-256 of the Hub installer/ }).inputValue())
      .toBe(createHash('sha256').update('stand-in').digest('hex'))
    await planPage(page).saved()
  }, 60_000)

  it('shows what blocks instead of steps it does not have', async () => {
    const { page } = world
    await planPage(page).section('Review & lock')
    await page.getByRole('heading', { name: 'There are no steps yet' }).waitFor()
    await settle(page)
    expect(await axeFindings(page)).toEqual([])
    expect(await overflows(page)).toEqual([])
  }, 60_000)

  it('refuses a file that is no plan, with the place of what is wrong', async () => {
    const { page } = world
    await page.getByRole('link', { name: 'Sites' }).click()
    await homePage(page).importPlan('{"format":"exekra-rollout-plan","version":1}')
    await page.getByRole('dialog').getByText('hosts', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
  }, 60_000)

  it('may have one long word for a name: no column of the list is pushed under what stands beside it', async () => {
    const { page } = world
    await page.getByRole('link', { name: 'Sites' }).click()
    await homePage(page).newPlan('Accra_Harbour_Container_Terminal_Second_Quay_Customs_Clearance_Site', 'Enterprise')
    await page.getByRole('link', { name: 'Sites' }).click()
    await homePage(page).isShown()
    await page.setViewportSize({ width: 1280, height: 800 })
    const list = await page.getByRole('region', { name: 'Plans' }).boundingBox()
    const state = await page.getByRole('columnheader', { name: 'State' }).boundingBox()
    if (!list || !state) throw new Error('the list of plans is not shown')
    expect(state.x + state.width).toBeLessThanOrEqual(list.x + list.width)
    // A word that fits is not broken for it.
    const heightOf = (text: string) =>
      page
        .getByText(text, { exact: true })
        .first()
        .evaluate((element) => element.getBoundingClientRect().height)
    expect(await heightOf('Enterprise')).toBe(await heightOf('Small team'))
    expect(await overflows(page)).toEqual([])
  }, 60_000)

  it('needs little for its first picture', () => {
    const screens = join(import.meta.dirname, '..', '..', 'out', 'renderer')
    const html = readFileSync(join(screens, 'index.html'), 'utf8')
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].flatMap(([, file]) => file ?? [])
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(screens, file))).length, 0)
    process.stdout.write(`initial JS: ${Math.round(bytes / 1000)} kB gzip of ${budgetBytes / 1000}\n`)
    expect(scripts.length).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(budgetBytes)
  })
})
