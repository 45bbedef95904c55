/** Shows that a plan is made by hand and by paste, kept through a reload, undone, locked only when nothing blocks; and that the first picture needs little. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { axeFindings, overflows, settle } from './looks.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'

const budgetBytes = 400 * 1000

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
    const port = page.getByRole('textbox', { name: /^HTTPS port/ })
    await port.fill('99999')
    await port.press('Enter')
    await page.getByRole('alert').getByText('hub.httpsPort').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await planPage(page).saved()
    expect(await port.inputValue()).toBe('4545')
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
