/** Shows that Help opens by F1 and by the rail, finds words, opens pages and closes again, by keys alone. */
import { expect, it } from 'vitest'
import { holdTo } from './hold-to.ts'
import { overShells } from './over-shells.ts'
import { helpPane } from './pages/help-pane.ts'

overShells('Help', (world) => {
  const held = (view: string): Promise<void> => holdTo(world.page, view, world.shell === 'the browser shell')

  it('opens by F1 at the page of the view, and leaves the focus where it was', async () => {
    const { page } = world
    const { pane, article } = helpPane(page)
    const plan = page.getByRole('button', { name: 'New plan' })
    await plan.focus()
    await page.keyboard.press('F1')
    await article('Getting started').getByText('This view: Sites').waitFor()
    await expect(plan.evaluate((button) => button === document.activeElement)).resolves.toBe(true)
    await held('help')
    await page.keyboard.press('F1')
    await pane.waitFor({ state: 'detached' })
  }, 120_000)

  it('finds a word, opens its page, follows a link and goes back', async () => {
    const { page } = world
    const { pane, field, results, article, goToField } = helpPane(page)
    await page.keyboard.press('F1')
    await pane.waitFor()
    await goToField()
    await page.keyboard.type('account lockout')
    await results.first().getByText('Credentials and the vault').waitFor()
    await held('help, results')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const vault = article('Credentials and the vault')
    await vault.waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'The rule against account lockout')
    await held('help, a page')
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(field.inputValue()).resolves.toBe('account lockout')
    await results.first().waitFor()
    await goToField()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('xyzzy')
    await pane.getByText('No page contains "xyzzy".').waitFor()
    await page.keyboard.press('Escape')
    await expect(field.inputValue()).resolves.toBe('')
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
  }, 120_000)

  it('opens by the rail with the focus in the search, and gives the focus back', async () => {
    const { page } = world
    const { pane, field, article } = helpPane(page)
    const entry = page.getByRole('navigation').getByRole('button', { name: 'Help' })
    await entry.focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search')
    await pane.getByRole('button', { name: 'All pages' }).press('Enter')
    const link = article('Guide').getByRole('button', { name: 'ssh' })
    await link.press('Enter')
    await article('SSH').waitFor()
    await pane.getByRole('button', { name: 'Keys' }).press('Enter')
    await article('Keys').getByText('Ctrl+Shift+D').waitFor()
    await held('help, keys')
    await field.press('Escape')
    await pane.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.textContent.includes('Help') === true)
  }, 120_000)

  it('follows the view', async () => {
    const { page } = world
    const { article } = helpPane(page)
    await page.keyboard.press('F1')
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).press('Enter')
    await article('Credentials and the vault').getByText('This view: Vault').waitFor()
    await page.keyboard.press('F1')
  }, 120_000)
})
